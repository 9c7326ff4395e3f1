"""Reading the log: its entries, its head, its proofs."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.events import Event, EventPrivate, microseconds
from participation.subjects import Subject

MOST = 1000


@dataclass(frozen=True)
class Entry:
    """One entry as everybody may see it: all of its leaf, nothing of the private part that the leaf commits to."""

    seq: int
    uid: str
    type: str
    at: datetime
    actor: str | None
    subject: int | None
    body: dict[str, Any]
    private: str | None
    hash: bytes

    def leaf(self) -> dict[str, Any]:
        """The object whose RFC 8785 text is the leaf."""
        return {
            "actor": self.actor,
            "at": microseconds(self.at),
            "body": self.body,
            "private": self.private,
            "subject": self.subject,
            "type": self.type,
            "uid": self.uid,
        }


_COLUMNS = (
    Event.seq, Event.uid, Event.type, Event.at, Event.actor_ref, Event.subject_id, Event.body, Event.commitment,
    Event.leaf_hash,
)  # fmt: skip


def entries(session: Session, first: int, count: int) -> list[Entry]:
    """`count` entries from number `first` on, in their order."""
    statement = select(*_COLUMNS).where(Event.seq >= first, Event.seq < first + count).order_by(Event.seq)
    return [_entry(row) for row in session.execute(statement)]


def _entry(row: Any) -> Entry:
    seq, uid, kind, at, actor, subject, body, commitment, digest = row
    return Entry(seq, uid, kind, at, actor, subject, json.loads(body), commitment, digest)


def count_about(session: Session, subject_id: int) -> int:
    """How many entries are about this subject."""
    counted = select(func.count()).select_from(Event)
    return session.scalar(counted.where(Event.subject_id == subject_id, Event.seq.is_not(None))) or 0


def newest_about(session: Session, subject_id: int, count: int, offset: int) -> list[Entry]:
    """The entries about this subject, newest first."""
    about = select(*_COLUMNS).where(Event.subject_id == subject_id, Event.seq.is_not(None))
    return [_entry(row) for row in session.execute(about.order_by(Event.id.desc()).limit(count).offset(offset))]


def newest(session: Session, size: int, count: int, offset: int) -> list[Entry]:
    """Entries of a log of this size, newest first; numbers have no gaps, so no row is skipped over."""
    last = max(0, size - offset)
    first = max(0, last - count)
    return entries(session, first, last - first)[::-1] if last else []


def number_of(session: Session, uid: str) -> int | None:
    """The number of the entry that an event became; None when there is none (yet)."""
    return session.scalar(select(Event.seq).where(Event.uid == uid, Event.leaf_hash.is_not(None)))


def has_private(session: Session, uid: str) -> bool:
    """Whether the private part of this entry is still kept."""
    return session.scalar(select(EventPrivate.uid).where(EventPrivate.uid == uid)) is not None


@dataclass(frozen=True)
class Thing:
    """What an entry is about, as far as everybody may see it."""

    kind: str
    title: str
    locale: str


def public_things(session: Session, ids: set[int]) -> dict[int, Thing]:
    """Those of these subjects that everybody may see, by id."""
    statement = select(Subject.id, Subject.kind, Subject.title, Subject.locale).where(
        Subject.id.in_(ids), Subject.published_at.is_not(None), Subject.hidden_at.is_(None)
    )
    return {id: Thing(kind, title, locale) for id, kind, title, locale in session.execute(statement)}
