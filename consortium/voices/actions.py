"""Naming voices as what something came from. Each: ensure, change, record.

Whoever may change a thing may name its voices: the package of that thing asks its own policy before it calls these.
"""

from datetime import datetime

from sqlalchemy import delete, literal, select
from sqlalchemy.orm import Session

from consortium.voices.events import VoiceLinked, VoiceUnlinked
from consortium.voices.models import VoiceLink
from consortium.voices.policy import may_link, may_unlink
from consortium.voices.queries import voice
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure


def link_voice(session: Session, actor: Actor, target_id: int, source_id: int, *, now: datetime) -> bool:
    """Name the words `source_id` as a voice behind `target_id`; naming them twice changes nothing and returns False.

    Raises:
        Refused: nobody, or an auditor, asks; or the words are no longer there for everybody to read.
    """
    ensure(may_link(actor, target_id, source_id, voice(session, source_id) is not None))
    row = {"target_id": target_id, "source_id": source_id, "added_by_id": actor.id, "at": now}
    statement = insert_ignore(VoiceLink, dialect_name(session)).values(row).returning(VoiceLink.source_id)
    if session.execute(statement).first() is None:
        return False
    fact = VoiceLinked(target_id=target_id, source_id=source_id)
    record(session, fact, actor=actor, subject_id=target_id, now=now)
    return True


def unlink_voice(session: Session, actor: Actor, target_id: int, source_id: int, *, now: datetime) -> bool:
    """Take a voice away that was named by mistake; False where it was not named."""
    ensure(may_unlink(actor))
    named = (VoiceLink.target_id == target_id, VoiceLink.source_id == source_id)
    gone = delete(VoiceLink).where(*named).returning(VoiceLink.source_id)
    if session.execute(gone.execution_options(synchronize_session=False)).first() is None:
        return False
    fact = VoiceUnlinked(target_id=target_id, source_id=source_id)
    record(session, fact, actor=actor, subject_id=target_id, now=now)
    return True


def move_voices(session: Session, from_id: int, to_id: int) -> None:
    """What one thing was named to come from, the other is: each voice once. Part of a merge, which records the fact."""
    moved = select(literal(to_id), VoiceLink.source_id, VoiceLink.added_by_id, VoiceLink.at)
    moved = moved.where(VoiceLink.target_id == from_id, VoiceLink.source_id != to_id)
    names = ["target_id", "source_id", "added_by_id", "at"]
    session.execute(insert_ignore(VoiceLink, dialect_name(session)).from_select(names, moved))
    left = delete(VoiceLink).where(VoiceLink.target_id == from_id)
    session.execute(left, execution_options={"synchronize_session": False})
