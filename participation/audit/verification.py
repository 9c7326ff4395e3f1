"""The check of the log in the database: every row, every private part, the whole tree, every signed head."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from participation.audit.checkpoint import BadCheckpoint, VerifierKey, read_head
from participation.audit.events import PrivacyErased
from participation.audit.examination import Broken, Examination, Report
from participation.audit.models import AuditHead, AuditNode
from participation.db import dialect_name
from participation.events import Event, EventPrivate, canonical, commit_to, leaf_bytes, leaf_hash

BATCH = 1000
UNREADABLE = (ValueError, TypeError, AttributeError, DBAPIError)  # what a row gives that was not written by us
_LEAF = (
    Event.seq, Event.uid, Event.type, Event.at, Event.actor_ref, Event.subject_id, Event.body, Event.commitment,
    Event.leaf_hash,
)  # fmt: skip
_ENTRIES = (
    select(*_LEAF, EventPrivate.salt, EventPrivate.body.label("private"))
    .outerjoin(EventPrivate, EventPrivate.uid == Event.uid)
    .order_by(Event.seq)
)


def verify_database(
    session: Session,
    keys: Sequence[VerifierKey],
    witnessed: Iterable[str] = (),
    progress: Callable[[int], None] = lambda checked: None,
) -> Report:
    """Check the whole log as it is at this moment, while others go on writing.

    `witnessed` are signed heads that somebody kept elsewhere; `progress` is told of every so many checked entries.
    The session must be fresh. Raises Broken at the first entry that fails.
    """
    if dialect_name(session) == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    examination = Examination([*_notes(session), *witnessed], keys)
    forgotten = _forgotten(session)
    erased = 0
    for rows in _batches(session):
        erased += _check(session, rows, examination, forgotten)
        progress(len(rows))
    size = examination.size
    if session.scalar(select(func.count()).select_from(AuditNode)) != 2 * size - size.bit_count():
        raise Broken(size, f"entry {size} is missing: the tree was built over more entries than there are")
    return examination.finish(erased=erased, waiting=_check_waiting(session))


def _notes(session: Session) -> Iterator[str]:
    statement = select(AuditHead.size, AuditHead.root, AuditHead.at, AuditHead.note)
    for row in _readable(session, statement, "a stored head"):
        try:
            head = read_head(row.note)
        except (BadCheckpoint, *UNREADABLE) as error:
            raise Broken(0, f"the stored head of {row.size} entries cannot be read: {error}") from error
        if (head.size, head.root, head.at) != (row.size, row.root, row.at):
            raise Broken(0, f"the stored head of {row.size} entries differs from its signed text")
        yield row.note


def _forgotten(session: Session) -> set[str]:
    """The uids that recorded erasures name; whether those records are genuine, their own turn will show."""
    bodies = session.scalars(select(Event.body).where(Event.type == PrivacyErased.TYPE, Event.leaf_hash.is_not(None)))
    return {uid for body in bodies for uid in re.findall(r"[0-9a-f]{32}", str(body))}


def _readable(session: Session, statement: Any, what: str) -> list[Any]:
    try:
        return list(session.execute(statement))
    except UNREADABLE as error:
        raise Broken(-1, f"{what} cannot be read any more") from error


def _batches(session: Session) -> Iterator[list[Any]]:
    after = -1
    while rows := _rows(session, after, BATCH):
        yield rows
        after = rows[-1].seq


def _rows(session: Session, after: int, count: int) -> list[Any]:
    try:
        return list(session.execute(_ENTRIES.where(Event.seq > after).limit(count)))
    except UNREADABLE as error:
        if count == 1:
            raise Broken(after + 1, f"entry {after + 1} cannot be read any more") from error
        return _rows(session, after, 1)


def _check(session: Session, rows: list[Any], examination: Examination, forgotten: set[str]) -> int:
    completed: dict[int, tuple[bytes, int]] = {}
    erased = 0
    try:
        for row in rows:
            nodes = examination.take(row.seq, row.at, _leaf(row), row.leaf_hash or b"")
            completed |= {number: (digest, row.seq) for number, digest in nodes}
            erased += _check_private(row, forgotten)
    except Broken:
        _check_nodes(session, completed)
        raise
    _check_nodes(session, completed)
    return erased


def _leaf(row: Any) -> bytes:
    try:
        if canonical(json.loads(row.body)) != row.body:
            return b""
        return leaf_bytes(row.uid, row.type, row.at, row.actor_ref, row.subject_id, row.body, row.commitment)
    except UNREADABLE:
        return b""  # no recorded fact has an empty leaf: such a row is refused as changed


def _check_private(row: Any, forgotten: set[str]) -> int:
    if row.commitment is None:
        return 0
    if row.salt is None and row.private is None:
        if row.uid not in forgotten:
            raise Broken(row.seq, f"the private part of entry {row.seq} is gone, and no erasure of it was recorded")
        return 1
    try:
        kept = commit_to(row.private, row.salt) == row.commitment
    except UNREADABLE:
        kept = False
    if not kept:
        raise Broken(row.seq, f"the private part of entry {row.seq} is not what was recorded")
    return 0


def _check_nodes(session: Session, completed: dict[int, tuple[bytes, int]]) -> None:
    statement = select(AuditNode.number, AuditNode.hash).where(AuditNode.number.in_(list(completed)))
    stored = {number: digest for number, digest in session.execute(statement)}
    for number, (digest, seq) in completed.items():
        if stored.get(number) != digest:
            raise Broken(seq, f"entry {seq} is not the one that the tree was built over")


def _check_waiting(session: Session) -> int:
    statement = select(*_LEAF).where(Event.seq.is_(None), Event.leaf_hash.is_not(None))
    rows = _readable(session, statement, "an event that waits for its number")
    for row in rows:
        if leaf_hash(_leaf(row)) != row.leaf_hash or not _leaf(row):
            raise Broken(-1, f"the event {row.uid}, which waits for its number, is not what was recorded")
    return len(rows)
