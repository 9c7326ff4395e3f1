"""Who takes part, follows."""

from sqlalchemy.orm import Session

from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part
from participation.subjects import Subject


def commenter_follows(session: Session, event: StoredEvent) -> None:
    if session.get_one(Subject, event.body["on_id"]).kind in ("proposal", "process"):
        follow_by_taking_part(session, event.actor_id, event.body["on_id"], event.at)
