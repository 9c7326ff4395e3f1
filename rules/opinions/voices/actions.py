"""Making a light voice public, liking it, taking a like back. Each: ensure, change, record."""

from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from rules.opinions.cases import case_by_id
from rules.opinions.models import Opinion
from rules.opinions.voices.events import VoiceLiked, VoiceLikeWithdrawn
from rules.opinions.voices.models import Voice, VoiceLike
from rules.opinions.voices.policy import may_like

KIND = "voice"


def show_voice(session: Session, opinion: Opinion, nickname: str, now: datetime) -> Voice:
    """Everybody reads the opinion from now on, under the nickname. The caller has asked who may send it."""
    more = {"author_id": opinion.account_id, "locale": opinion.locale, "published": True}
    own = create_subject(session, KIND, title="", now=now, **more)
    voice = Voice(id=own.id, opinion_id=opinion.id, nickname=nickname, likes_count=0)
    session.add(voice)
    session.flush()
    return voice


def like_voice(session: Session, actor: Actor, voice_id: int, *, now: datetime) -> int:
    """At most one like per account; liking again changes nothing. Returns the number of likes."""
    voice = _likeable(session, actor, voice_id, now)
    statement = insert_ignore(VoiceLike, dialect_name(session)).returning(VoiceLike.voice_id)
    if session.execute(statement, {"voice_id": voice.id, "account_id": actor.id, "at": now}).first() is None:
        return voice.likes_count
    record(session, VoiceLiked(voice_id=voice.id), actor=actor, subject_id=voice.id, now=now)
    return _count(session, voice, +1)


def withdraw_like(session: Session, actor: Actor, voice_id: int, *, now: datetime) -> int:
    """Take one's like back; without one nothing changes. Returns the number of likes."""
    voice = _likeable(session, actor, voice_id, now)
    own = (VoiceLike.voice_id == voice.id, VoiceLike.account_id == actor.id)
    if session.execute(delete(VoiceLike).where(*own).returning(VoiceLike.voice_id)).first() is None:
        return voice.likes_count
    record(session, VoiceLikeWithdrawn(voice_id=voice.id), actor=actor, subject_id=voice.id, now=now)
    return _count(session, voice, -1)


def _likeable(session: Session, actor: Actor, voice_id: int, now: datetime) -> Voice:
    row = session.execute(
        select(Voice, Opinion, Subject)
        .join(Opinion, Opinion.id == Voice.opinion_id)
        .join(Subject, Subject.id == Voice.id)
        .where(Voice.id == voice_id)
    ).first()
    case = case_by_id(session, row.Opinion.public_comment_id) if row else None
    if row is None or case is None:
        raise NotFound
    ensure(may_like(actor, row.Subject, row.Opinion, case, now))
    voice: Voice = row.Voice
    return voice


def _count(session: Session, voice: Voice, by: int) -> int:
    moved = (
        update(Voice)
        .where(Voice.id == voice.id)
        .values(likes_count=Voice.likes_count + by)
        .returning(Voice.likes_count)
        .execution_options(synchronize_session=False)
    )
    count = session.execute(moved).scalar_one()
    session.expire(voice)
    return count
