"""Whoever said something is told what it led to."""

from sqlalchemy.orm import Session

from consortium.voices.queries import authors_of
from participation.events import StoredEvent
from participation.notifications.port import NoticeRule, Wave
from participation.policy import N_
from participation.subjects import Subject


def voice_rules() -> dict[str, NoticeRule]:
    return {"voice.linked": NoticeRule(_linked, N_("“%(title)s” takes up what you said."))}


def _linked(session: Session, event: StoredEvent) -> list[Wave]:
    """Nobody hears of a draft: what it becomes is told when it is public."""
    target_id, source_id = event.body["target_id"], event.body["source_id"]
    target = session.get(Subject, target_id)
    if target is None or not target.visible:
        return []
    return [Wave(authors_of(source_id), target_id, target_id, direct=True)]
