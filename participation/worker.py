"""What happens later: events to their subscribers, and the periodic jobs of the components. One loop, one thread.

Delivery and its mark are one transaction, so a subscriber's changes happen exactly once. A subscriber that fails is set
aside for that event and tried again with growing pauses, without holding up the others. Several workers (PostgreSQL)
share the events by SKIP LOCKED.
"""

import json
import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Index, Integer, String, Text, delete, insert, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from participation.component import Job, Registry
from participation.db import Base, BigId, UTCDateTime, dialect_name
from participation.events import Event, StoredEvent
from participation.services import Services

log = logging.getLogger("sanpo.worker")
BATCH = 200
TICK = 0.2  # seconds
GATHER = 0.1  # seconds
MAX_TRIES = 12


class FailedDelivery(Base):
    """An event that one subscriber could not take yet."""

    __tablename__ = "failed_delivery"
    __table_args__ = (Index("ix_failed_delivery_due_at", "due_at"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInteger)
    subscriber: Mapped[str] = mapped_column(String(120))
    tries: Mapped[int] = mapped_column(Integer, default=1)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(Text)


class Worker:
    """`start()` runs the loop in a thread; `step(now)` does one round, for tests and commands."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self._wake, self._stop = threading.Event(), threading.Event()
        self._last: dict[str, datetime] = {}
        self._thread = threading.Thread(target=self._loop, name="worker", daemon=True)
        services.db.on_commit = self._wake.set

    def start(self) -> None:
        self.services.extras["worker"] = self  # what takes several turns may be begun
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join(timeout=30)

    def step(self, now: datetime) -> int:
        """Deliver what is waiting and run the jobs that are due; returns how many events were delivered."""
        total = 0
        while count := deliver(self.services, now):
            total += count
        retry_failed(self.services, now)
        for job in self.services.registry.jobs:
            self._run(job, now)
        return total

    def _run(self, job: Job, now: datetime) -> None:
        last = self._last.get(job.name)
        if last is not None and now - last < job.every:
            return
        self._last[job.name] = now
        try:
            job.run(self.services, now)
        except Exception:
            log.exception("job %s failed; it is tried again at its next turn", job.name)

    def _loop(self) -> None:
        while not self._stop.is_set():
            self._wake.wait(TICK)
            self._stop.wait(GATHER)  # under load one round serves many commits instead of following each
            self._wake.clear()
            try:
                self.step(self.services.clock())
            except Exception:
                log.exception("the worker's round failed; trying again")
                self._stop.wait(1)


_WAITING = (
    select(Event.id, Event.uid, Event.type, Event.at, Event.actor_id, Event.subject_id, Event.body)
    .where(Event.delivered_at.is_(None))
    .order_by(Event.id)
    .limit(BATCH)
)


def deliver(services: Services, now: datetime) -> int:
    """Hand one batch of waiting events to their subscribers; returns how many there were."""
    with services.db.read() as session:  # nothing is written while nothing waits
        if session.execute(_WAITING.limit(1)).first() is None:
            return 0

    def work(session: Session) -> int:
        waiting = _WAITING.with_for_update(skip_locked=True) if dialect_name(session) == "postgresql" else _WAITING
        rows = session.execute(waiting).all()
        for row in rows:
            _hand_out(session, services.registry, _stored(row), now)
        done = update(Event).where(Event.id.in_([row.id for row in rows])).values(delivered_at=now)
        session.execute(done, execution_options={"synchronize_session": False})
        return len(rows)

    return services.db.write(work, wake=False)


def _stored(row: Any) -> StoredEvent:
    return StoredEvent(row.id, row.uid, row.type, row.at, row.actor_id, row.subject_id, json.loads(row.body))


def _hand_out(session: Session, registry: Registry, event: StoredEvent, now: datetime) -> None:
    for subscriber in registry.subscriptions.get(event.type, ()):
        name = f"{subscriber.__module__}.{subscriber.__qualname__}"
        try:
            with session.begin_nested():
                subscriber(session, event)
        except Exception as error:
            log.exception("subscriber %s failed on event %s", name, event.id)
            session.execute(
                insert(FailedDelivery).values(
                    event_id=event.id,
                    subscriber=name,
                    tries=1,
                    due_at=now + timedelta(seconds=10),
                    error=str(error)[:500],
                )
            )


def retry_failed(services: Services, now: datetime) -> None:
    """Try again the deliveries whose pause is over; after a dozen tries they stay for a person to look at."""
    due = select(FailedDelivery.id).where(FailedDelivery.due_at <= now, FailedDelivery.tries < MAX_TRIES).limit(BATCH)
    with services.db.read() as session:
        ids = session.scalars(due).all()
    for failed_id in ids:
        services.db.write(
            lambda session, failed_id=failed_id: _retry(session, services.registry, failed_id, now), wake=False
        )


def _retry(session: Session, registry: Registry, failed_id: int, now: datetime) -> None:
    failed = session.get(FailedDelivery, failed_id, with_for_update={"skip_locked": True})
    if failed is None:
        return
    row = session.execute(
        select(Event.id, Event.uid, Event.type, Event.at, Event.actor_id, Event.subject_id, Event.body).where(
            Event.id == failed.event_id
        )
    ).one()
    event = _stored(row)
    for subscriber in registry.subscriptions.get(event.type, ()):
        if f"{subscriber.__module__}.{subscriber.__qualname__}" != failed.subscriber:
            continue
        try:
            with session.begin_nested():
                subscriber(session, event)
        except Exception as error:
            failed.tries += 1
            failed.due_at, failed.error = now + timedelta(seconds=10 * 2**failed.tries), str(error)[:500]
            return
    session.execute(delete(FailedDelivery).where(FailedDelivery.id == failed_id))
