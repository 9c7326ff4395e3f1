"""Numbering: audited events become entries of the log after their commit, so that no vote ever waits for another."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from participation.audit import heads, store
from participation.db import dialect_name
from participation.events import Event
from participation.services import Services

BATCH = 500  # entries per transaction: few milliseconds, because SQLite's other writes wait for it
ROUNDS = 20  # then the worker's other jobs have their turn, however long the backlog
LATE = timedelta(minutes=1)
ADVISORY_LOCK = 0x53414E50  # "SANP"; any fixed number that nothing else in this database locks


def keep_log(services: Services, now: datetime) -> None:
    """The worker's job: number whatever waits, then sign a head when one is due."""
    with services.db.read() as session:
        waiting, due = something_waits(session), heads.is_due(session, now)
    rounds = 0
    while waiting and rounds < ROUNDS:
        waiting, rounds, due = services.db.write(number_entries, wake=False) == BATCH, rounds + 1, True
    if due:
        signer = heads.signer(services.settings)
        services.db.write(lambda session: heads.sign_if_due(session, signer, now), wake=False)


def probe(services: Services, now: datetime) -> list[tuple[str, str]]:
    """What `/readyz` says of the log: degraded when an event has waited for its number for longer than a minute."""
    with services.db.read() as session:
        oldest = session.scalar(select(func.min(Event.at)).where(*_waiting()))
    late = oldest is not None and now - oldest > LATE
    return [("degraded", "audit log: entries wait for their numbers")] if late else []


def something_waits(session: Session) -> bool:
    """Whether an audited event has no number yet."""
    return session.scalar(select(Event.id).where(*_waiting()).limit(1)) is not None


def number_entries(session: Session, limit: int = BATCH) -> int:
    """Give the next numbers, without gaps, to up to `limit` waiting events and put them into the tree; how many.

    Only one worker does so at a time: SQLite has one writer, on PostgreSQL the others find the lock taken and get 0.
    """
    if not _alone(session):
        return 0
    base = store.size(session)
    number = func.row_number().over(order_by=Event.id) - 1 + base
    waiting = select(Event.id, number.label("seq")).where(*_waiting()).order_by(Event.id).limit(limit).subquery()
    session.execute(
        update(Event).where(Event.id == waiting.c.id).values(seq=waiting.c.seq),
        execution_options={"synchronize_session": False},
    )
    numbered = session.scalars(select(Event.leaf_hash).where(Event.seq >= base).order_by(Event.seq)).all()
    return store.append(session, numbered) - base


def _waiting() -> tuple:
    return Event.seq.is_(None), Event.leaf_hash.is_not(None)


def _alone(session: Session) -> bool:
    if dialect_name(session) != "postgresql":
        return True
    return bool(session.scalar(text("SELECT pg_try_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK}))
