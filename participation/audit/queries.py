"""Reading the log: its entries, its head, its proofs."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
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


def public_things(session: Session, ids: set[int]) -> dict[int, Thing]:
    """Those of these subjects that everybody may see, by id."""
    statement = select(Subject.id, Subject.kind, Subject.title).where(
        Subject.id.in_(ids), Subject.published_at.is_not(None), Subject.hidden_at.is_(None)
    )
    return {id: Thing(kind, title) for id, kind, title in session.execute(statement)}
