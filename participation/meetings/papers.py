"""Documents of a meeting, or of the body itself: links and texts, for everybody or for members."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.component import Registry
from participation.db import Localized
from participation.events import record
from participation.meetings.events import PaperAdded, PaperRemoved
from participation.meetings.models import Access, Meeting, Paper
from participation.meetings.policy import may_lead, sees_inside
from participation.meetings.port import bodies
from participation.policy import Actor, ensure
from participation.subjects import Subject
from participation.web.errors import NotFound


@dataclass(frozen=True)
class Holder:
    """What a paper lies on: a meeting, or a body itself."""

    id: int
    title: Localized
    path: str
    body_id: int
    body_kind: str
    access: Access  # of the meeting; a body is public
    visible: bool


def holder(session: Session, registry: Registry, on_id: int) -> Holder:
    """What a paper may lie on. Raises NotFound."""
    subject = session.get(Subject, on_id)
    if subject is None:
        raise NotFound
    meeting = session.get(Meeting, on_id)
    if meeting is not None:
        about = (meeting.body_id, meeting.body_kind, Access(meeting.access), subject.visible)
        return Holder(on_id, meeting.title, f"/meetings/{on_id}", *about)
    body = bodies(session, registry, [on_id]).get(on_id)
    if body is None:
        raise NotFound
    return Holder(on_id, body.name, body.path, on_id, body.kind, Access.PUBLIC, subject.visible)


def may_read_paper(actor: Actor, on: Holder, access: str) -> bool:
    """Public ones of public meetings everybody; all others the people of the body."""
    if sees_inside(actor, on.body_kind, on.body_id):
        return True
    return on.visible and on.access == Access.PUBLIC and access == Access.PUBLIC


def add_paper(
    session: Session,
    actor: Actor,
    on: Holder,
    title: Localized,
    access: Access,
    *,
    url: str = "",
    text: str = "",
    now: datetime,
) -> Paper:
    """Put a link or a text of our own beside a meeting or a body."""
    ensure(may_lead(actor, on.body_kind, on.body_id))
    row = Paper(on_id=on.id, title=title, url=url, text=text, access=access, added_by_id=actor.id, added_at=now)
    session.add(row)
    session.flush()
    fact = PaperAdded(on_id=on.id, paper=row.id, access=access)
    record(session, fact, actor=actor, subject_id=on.id, now=now)
    return row


def remove_paper(session: Session, actor: Actor, on: Holder, paper: Paper, *, now: datetime) -> None:
    """Take it away again; that it was there stays in the audit log."""
    ensure(may_lead(actor, on.body_kind, on.body_id))
    session.delete(paper)
    record(session, PaperRemoved(on_id=on.id, paper=paper.id), actor=actor, subject_id=on.id, now=now)
