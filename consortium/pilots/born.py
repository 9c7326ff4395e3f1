"""On the page of a service: the pilot that it grew out of. On that of a working group: its pilots."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from consortium.groups.models import GroupState, WorkingGroup
from consortium.groups.policy import SCOPE, may_lead_group
from consortium.pilots.models import Pilot
from consortium.pilots.queries import Line, lines_of
from participation.subjects import Subject
from participation.web import Context


@dataclass(frozen=True)
class Born:
    path: str
    title: str
    locale: str


@dataclass(frozen=True)
class GroupPilots:
    slug: str
    lines: tuple[Line, ...]
    leads: bool  # whether the reader may begin one for the group


def born_block(ctx: Context, subject: Any) -> Born | None:
    """One query on the page of a service, none elsewhere."""
    if subject.kind != "service":
        return None
    wanted = select(Pilot.id, Subject.title, Subject.locale).join(Subject, Subject.id == Pilot.id)
    row = ctx.session.execute(wanted.where(Pilot.service_id == subject.id, Subject.hidden_at.is_(None))).first()
    return Born(f"/pilots/{row[0]}", row[1], row[2]) if row else None


def group_block(ctx: Context, subject: Any) -> GroupPilots | None:
    """The public pilots of a working group, the newest first; those that are written and reviewed for its leads."""
    if subject.kind != SCOPE:
        return None
    row = ctx.session.get_one(WorkingGroup, subject.id)
    leads = bool(may_lead_group(ctx.actor, row.id))
    lines = lines_of(ctx.session, Pilot.working_group_id == row.id)
    shown = tuple(line for line in reversed(lines) if line.visible or leads)
    begins = leads and row.state == GroupState.ACTIVE
    return GroupPilots(row.slug, shown, begins) if shown or begins else None
