"""Yearly reports of the story: their days follow the calendar of the reports, whatever the day of loading is."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from consortium.demo.scenes import Scene
from consortium.demo.stage import Turn
from participation.web.i18n import ZONE
from rules.checks.reporting.actions import review, submit
from rules.checks.reporting.calendar import Year
from rules.checks.reporting.models import ReportState
from rules.checks.reporting.queries import asked_of_everybody, queue

SETTLED = timedelta(days=20)  # so long the reports of a year have come in when the story tells of them


def report_scenes(organisations: Sequence[Mapping[str, Any]], today: date) -> Iterator[Scene]:
    """`filed` and `accepted` are days after the reports of a year opened, the others days before today."""
    day = today - SETTLED
    year = Year(day.year - 1 if day >= date(day.year, 4, 1) else day.year - 2)
    opened = (year.opens_at.astimezone(ZONE).date() - today).days
    for told in organisations:
        if (report := told.get("report")) is None:
            continue
        key, about = told["key"], {"year": year.number, **report}
        yield Scene(opened + report["filed"], "report", told["by"], key, about)
        if "accepted" in report:
            yield Scene(opened + report["accepted"], "review_report", "secretariat", key, {"to": "accepted"})
        if "returned" in report:
            why = {"to": "returned", "reason": report["returned"]["reason"]}
            yield Scene(report["returned"]["at"], "review_report", "secretariat", key, why)
        if "again" in report:
            yield Scene(report["again"]["at"], "report", told["by"], key, {**about, **report["again"]})


def report(turn: Turn) -> None:
    """On every article that asks for it."""
    number, told = turn.stage.organisations[turn.on], turn.detail
    for asked in list(asked_of_everybody(turn.session, turn.stage.registry, turn.now, number)):
        if asked.year.number == told["year"]:
            submit(turn.session, turn.actor, asked, told["text"], told.get("links", ()), now=turn.now)


def review_report(turn: Turn) -> None:
    to, reason = ReportState(turn.detail["to"]), turn.detail.get("reason", "")
    for line in queue(turn.session, ReportState.SUBMITTED, "ja"):
        if line.organisation_id == turn.stage.organisations[turn.on]:
            review(turn.session, turn.actor, line.id, to, reason, now=turn.now)


REPORT_VERBS = {"report": report, "review_report": review_report}
