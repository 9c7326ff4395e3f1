"""Who is to be told of an event, and who follows by taking part."""

from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part
from participation.notifications.models import NoticeWave
from participation.subjects import Subject


def note_waves(session: Session, event: StoredEvent) -> None:
    """Subscriber of every event with a rule: remembers that its people have to be told."""
    session.execute(insert_ignore(NoticeWave, dialect_name(session)).values(event_id=event.id, number=0, after_id=0))


def commenter_follows(session: Session, event: StoredEvent) -> None:
    if session.get_one(Subject, event.body["on_id"]).kind in ("proposal", "process"):
        follow_by_taking_part(session, event.actor_id, event.body["on_id"], event.at)
