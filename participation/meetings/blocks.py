"""What the page of a body shows of its meetings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from participation.meetings.policy import may_lead, may_plan
from participation.meetings.port import bodies
from participation.meetings.queries import meeting_lines, outcomes, papers_on
from participation.meetings.views import ActionView, DecisionView, MeetingLine, PaperView
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context
from participation.web.i18n import ZONE

SHOWN = 5  # meetings and decisions on the page of their body; all others a link away


@dataclass(frozen=True, kw_only=True)
class BodyBlock:
    id: int
    path: str
    upcoming: tuple[MeetingLine, ...]
    past: tuple[MeetingLine, ...]
    more: bool
    decisions: tuple[DecisionView, ...]
    actions: tuple[ActionView, ...]  # those that are not done
    papers: tuple[PaperView, ...]
    today: date
    leads: Verdict
    plannable: Verdict


def body_block(ctx: Context, subject: Subject) -> BodyBlock | None:
    """Meetings, decisions, tasks and papers of a body; nothing on the pages of other things."""
    registry = ctx.services.registry
    if subject.kind not in kinds_that_meet(ctx):
        return None
    body = bodies(ctx.session, registry, [subject.id]).get(subject.id)
    if body is None:
        return None
    lines = meeting_lines(ctx.session, registry, ctx.actor, body_id=body.id)
    decisions, actions = outcomes(ctx.session, lines, ctx.actor)
    past = tuple(line for line in lines if line.ends_at <= ctx.now)
    return BodyBlock(
        id=body.id,
        path=body.path,
        upcoming=tuple(line for line in reversed(lines) if line.ends_at > ctx.now),
        past=past[:SHOWN],
        more=len(past) > SHOWN,
        decisions=decisions,
        actions=tuple(each for each in actions if each.done_at is None),
        papers=papers_on(ctx.session, ctx.actor, body.id, _Scope(body.kind, body.id)),
        today=ctx.now.astimezone(ZONE).date(),
        leads=may_lead(ctx.actor, body.kind, body.id),
        plannable=may_plan(ctx.actor, body.kind, body.id, body.at_work),
    )


@dataclass(frozen=True)
class _Scope:
    body_kind: str
    body_id: int


def kinds_that_meet(ctx: Context) -> set[Any]:
    """The kinds of subject that can meet."""
    return {kind for kinds in ctx.services.registry.hooks("meeting_kinds") for kind in kinds()}
