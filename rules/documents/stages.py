"""What stage a version is at on a given day, and what it may move to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol, TypeVar

from participation.policy import N_
from participation.states import may_move
from participation.web.i18n import ZONE
from rules.documents.models import FIRST, TRANSITIONS, Kind, Stage


class Dated(Protocol):
    """What a version needs to be placed: any row or view of it."""

    number: int
    stage: str
    published_at: datetime | None
    in_force_from: date | None


V = TypeVar("V", bound=Dated)
LABELS = {
    Stage.OUTLINE: N_("Outline"),
    Stage.FIRST_DRAFT: N_("First draft"),
    Stage.DRAFT: N_("Draft (for comment)"),
    Stage.ADOPTED: N_("Adopted"),
    Stage.IN_FORCE: N_("In force"),
    Stage.SUPERSEDED: N_("Superseded"),
}
RULE_DRAFT = N_("Draft of a rule")
TO_COME = N_("Published, not yet in force")
MOODS = {Stage.ADOPTED: "good", Stage.IN_FORCE: "good", Stage.SUPERSEDED: "", Stage.DRAFT: "open"}
KINDS = {Kind.VISION: N_("Vision"), Kind.PLAN: N_("Plan"), Kind.RULE: N_("Rule")}


def today(now: datetime) -> date:
    """The day in the city."""
    return now.astimezone(ZONE).date()


def in_force_on(versions: Sequence[V], day: date) -> V | None:
    """The version of a rule that binds on `day`: of those that have come into force, the latest."""
    usable = [each for each in versions if each.published_at and each.in_force_from and each.in_force_from <= day]
    return max(usable, key=lambda each: (each.in_force_from or day, each.number), default=None)


def stage_on(kind: Kind, version: Dated, versions: Sequence[Dated], day: date) -> Stage:
    """By the calendar for rules, as recorded for visions and plans. `versions` are all of the document."""
    if kind != Kind.RULE or version.published_at is None:
        return Stage(version.stage)
    if version.in_force_from is None or version.in_force_from > day:
        return Stage.DRAFT
    binding = in_force_on(versions, day)
    return Stage.IN_FORCE if binding is not None and binding.number == version.number else Stage.SUPERSEDED


def label(kind: Kind, stage: Stage, *, published: bool) -> str:
    """The name of a stage as a message id."""
    if kind == Kind.RULE and stage == Stage.DRAFT:
        return TO_COME if published else RULE_DRAFT
    return LABELS[stage]


def next_stages(kind: Kind, last: Stage | None) -> tuple[Stage, ...]:
    """What the next publication may be: after the stage `last`, or as the first one. In the order of the way."""
    if kind == Kind.RULE:
        return (Stage.DRAFT,)
    if last is None:
        return FIRST[kind]
    return tuple(stage for stage in Stage if may_move(TRANSITIONS[kind], last, stage))
