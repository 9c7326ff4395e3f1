"""A scene of the story, and those of the organisations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from participation.web.i18n import ZONE


@dataclass(frozen=True)
class Scene:
    """`who` (a person's key) does `verb` to the proposal `on`, `day` days from the day of loading."""

    day: int
    verb: str
    who: str
    on: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def midnight(today: date, day: int) -> datetime:
    """The beginning of a day of the story, in the city's time zone."""
    return datetime.combine(today + timedelta(days=day), time(), ZONE)


def organisation_scenes(organisations: Sequence[Mapping[str, Any]]) -> Iterator[Scene]:
    """What each organisation does, and what the secretariat decides about it."""
    for told in organisations:
        key = told["key"]
        yield Scene(told["applied"], "apply_to_join", told["by"], key, told)
        if "approved" in told:
            yield Scene(told["approved"], "decide_member", "secretariat", key, {"to": "approved"})
        if "signatory" in told:
            yield Scene(told["approved"] + 1, "appoint_signatory", told["signatory"], key)
        for rule, days in told.get("signs", {}).items():
            yield from (Scene(day, "sign_rule", told["signatory"], key, {"rule": rule}) for day in days)
        for to in ("returned", "suspended"):
            if to in told:
                detail = {"to": to, "reason": told[to]["reason"]}
                yield Scene(told[to]["at"], "decide_member", "secretariat", key, detail)
        if "left" in told:
            yield Scene(told["left"]["at"], "leave_council", told["by"], key, told["left"])
