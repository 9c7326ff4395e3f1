"""On a person's own page: the meetings that lie before them, and what they took upon them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from participation.meetings.blocks import kinds_that_meet
from participation.meetings.models import Attendance, MeetingState
from participation.meetings.policy import ROLES
from participation.meetings.port import Body, bodies
from participation.meetings.queries import coming_lines, open_tasks
from participation.meetings.views import ActionView, MeetingLine
from participation.web import Context
from participation.web.i18n import ZONE


@dataclass(frozen=True)
class Coming:
    line: MeetingLine
    answer: bool | None  # of the reader; none is asked for before the invitation
    asked: bool


@dataclass(frozen=True, kw_only=True)
class Mine:
    groups: tuple[Body, ...]
    meetings: tuple[Coming, ...]
    tasks: tuple[ActionView, ...]
    today: date


def own_meetings(ctx: Context) -> Mine | None:
    """Nothing for whoever belongs to no group and took nothing upon them. Seven queries at most."""
    kinds = kinds_that_meet(ctx)
    groups = [scope for role, kind, scope in ctx.actor.roles if role in ROLES and kind in kinds]
    lines = coming_lines(ctx.session, ctx.services.registry, ctx.actor, groups, ctx.now) if groups else ()
    known = bodies(ctx.session, ctx.services.registry, groups) if groups else {}
    tasks = open_tasks(ctx.session, ctx.actor.id or 0)
    if not groups and not tasks:
        return None
    answers = _answers(ctx, [line.id for line in lines])
    coming = (
        Coming(line, answers.get(line.id), line.state == MeetingState.INVITED and line.starts_at > ctx.now)
        for line in lines
    )
    today = ctx.now.astimezone(ZONE).date()
    return Mine(groups=tuple(known.values()), meetings=tuple(coming), tasks=tasks, today=today)


def _answers(ctx: Context, meeting_ids: Sequence[int]) -> dict[int, bool | None]:
    own = (Attendance.account_id == ctx.actor.id, Attendance.meeting_id.in_(meeting_ids))
    rows = ctx.session.execute(select(Attendance.meeting_id, Attendance.answer).where(*own)) if meeting_ids else ()
    return {number: answer for number, answer in rows}
