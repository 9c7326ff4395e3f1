"""One event row per change, written in the transaction of the change.

The same row is the outbox (the worker delivers it to subscribers) and, for audited facts, the leaf of the audit log.
Bodies hold ids, integers and short strings, never personal data or free text: those go into `private`, of which the
leaf holds only a salted commitment, so that an erasure keeps the log verifiable.
"""

import hashlib
import hmac
import json
import secrets
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from participation.db import Base, BigId, UTCDateTime
from participation.policy import Actor


class Event(Base):
    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_delivered_at_id", "delivered_at", "id"),
        Index("ix_event_subject_id_id", "subject_id", "id"),
        Index("ix_event_actor_id_id", "actor_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    type: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    actor_ref: Mapped[str | None] = mapped_column(String(32))  # see `mark_of`
    subject_id: Mapped[int | None] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(Text)
    commitment: Mapped[str | None] = mapped_column(String(64))
    leaf_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    seq: Mapped[int | None] = mapped_column(BigInteger, unique=True)
    delivered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class EventPrivate(Base):
    """What an audited event knows of a person or a text: deleted on erasure, together with its salt."""

    __tablename__ = "event_private"

    uid: Mapped[str] = mapped_column(String(32), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))
    body: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Base of the events that packages declare: frozen, past tense, ids only.

    A field `account_ref` takes the `ref` of the person that an audited fact is about; what is recorded is their mark.
    """

    TYPE: ClassVar[str]
    AUDITED: ClassVar[bool] = False
    SAYS: ClassVar[str] = ""  # message id: what happened, in plain words, for the page of the audit log


@dataclass(frozen=True)
class StoredEvent:
    """An event as its subscribers receive it."""

    id: int
    uid: str
    type: str
    at: datetime
    actor_id: int | None
    subject_id: int | None
    body: dict[str, Any]


def stored_event(session: Session, event_id: int) -> StoredEvent:
    """The event with this id, for whoever works through events by themselves. One query."""
    columns = (Event.id, Event.uid, Event.type, Event.at, Event.actor_id, Event.subject_id, Event.body)
    *row, body = session.execute(select(*columns).where(Event.id == event_id)).one()
    return StoredEvent(*row, json.loads(body))


def canonical(value: Any) -> str:
    """RFC 8785 text of a value made of objects with ASCII keys, arrays, strings, integers, booleans and null."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def leaf_bytes(
    uid: str, type: str, at: datetime, actor_ref: str | None, subject_id: int | None, body: str, commitment: str | None
) -> bytes:
    """The bytes that the audit log commits to; `at` counts microseconds since 1970 (UTC)."""
    return canonical(
        {
            "actor": actor_ref,
            "at": microseconds(at),
            "body": json.loads(body),
            "private": commitment,
            "subject": subject_id,
            "type": type,
            "uid": uid,
        }
    ).encode()


def microseconds(at: datetime) -> int:
    delta = at.astimezone(UTC) - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def leaf_hash(data: bytes) -> bytes:
    """RFC 9162 section 2.1.1: the hash of a leaf."""
    return hashlib.sha256(b"\0" + data).digest()


def mark_of(ref: str, uid: str) -> str:
    """The mark of a person in one entry. Only who knows the person's random `ref` can tell whose mark it is, or that
    two entries have the same person: a published log does not show who supports what."""
    return hmac.digest(ref.encode(), uid.encode(), "sha256").hex()[:32]


def _marked(body: dict[str, Any], uid: str) -> dict[str, Any]:
    if body.get("account_ref"):
        body["account_ref"] = mark_of(body["account_ref"], uid)
    return body


def commit_to(private_body: str, salt: bytes) -> str:
    return hmac.new(salt, private_body.encode(), hashlib.sha256).hexdigest()


# of the tables: the object layer's way in costs several times the insert
_INSERT = insert(Event.__table__).inline()
_INSERT_PRIVATE = insert(EventPrivate.__table__).inline()


def record(
    session: Session,
    fact: Fact,
    *,
    actor: Actor | None,
    now: datetime,
    subject_id: int | None = None,
    private: dict[str, Any] | None = None,
) -> str:
    """Write the event of a change into the change's own transaction; one insert (two with `private`).

    Returns the event's uid. `actor` is None for what the platform does by itself.
    """
    uid = secrets.token_hex(16)
    body = canonical(_marked(asdict(fact), uid))
    commitment = None
    if private is not None:
        salt, text = secrets.token_bytes(32), canonical(private)
        commitment = commit_to(text, salt)
        session.connection().execute(_INSERT_PRIVATE, {"uid": uid, "salt": salt, "body": text})
    ref = mark_of(actor.ref, uid) if actor and actor.ref else None
    leaf = None
    if fact.AUDITED:
        leaf = leaf_hash(leaf_bytes(uid, fact.TYPE, now, ref, subject_id, body, commitment))
    session.connection().execute(
        _INSERT,
        {
            "uid": uid,
            "type": fact.TYPE,
            "at": now,
            "actor_id": actor.id if actor else None,
            "actor_ref": ref,
            "subject_id": subject_id,
            "body": body,
            "commitment": commitment,
            "leaf_hash": leaf,
        },
    )
    return uid
