"""On the page of a service: the pilot that it grew out of. On that of a working group: its pilots."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

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


def born_block(ctx: Context, subject: Any) -> Born | None:
    """One query on the page of a service, none elsewhere."""
    if subject.kind != "service":
        return None
    wanted = select(Pilot.id, Subject.title, Subject.locale).join(Subject, Subject.id == Pilot.id)
    row = ctx.session.execute(wanted.where(Pilot.service_id == subject.id, Subject.hidden_at.is_(None))).first()
    return Born(f"/pilots/{row[0]}", row[1], row[2]) if row else None


def group_block(ctx: Context, subject: Any) -> GroupPilots | None:
    """The public pilots of a working group, the newest first."""
    if subject.kind != "working_group":
        return None
    lines = [line for line in lines_of(ctx.session, Pilot.working_group_id == subject.id) if line.visible]
    return GroupPilots(lines[0].group.slug, tuple(reversed(lines))) if lines and lines[0].group else None
