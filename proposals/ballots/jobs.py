"""What the worker does for ballots: close them at their time, count what is closed, keep running counts, remind."""

from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.component import Job
from participation.events import Event, record
from participation.services import Services
from proposals.ballots.closing import close_ballot, count, keep_result, keep_running
from proposals.ballots.events import BallotReminderDue, VoteCast
from proposals.ballots.models import Ballot, BallotResult, CastBallot, CountedBallot, RunningCount, State

VACUUM = "VACUUM ballot_cast, ballot_key, ballot_request"
REMINDED = timedelta(hours=24)  # before the close


def close_due(services: Services, now: datetime) -> None:
    """Close every ballot whose time is over, each in a transaction of its own."""
    due = select(Ballot.id).where(Ballot.state == State.OPEN, Ballot.closes_at <= now)
    with services.db.read() as session:
        ids = session.scalars(due).all()
    for ballot_id in ids:
        services.db.write(lambda session, ballot_id=ballot_id: close_ballot(session, None, ballot_id, now=now))


def clear_away(services: Services, now: datetime) -> None:
    """What the close deletes stays in PostgreSQL's pages until a VACUUM, which runs outside of every transaction;
    SQLite has overwritten it already. After a restart what ended within a day is cleared away once more."""
    if services.db.sqlite:
        return
    ended = func.max(func.coalesce(Ballot.closed_at, Ballot.called_off_at))
    with services.db.read() as session:
        newest = session.scalar(select(ended))
    if newest is not None and newest > services.extras.get("ballots_cleared", now - timedelta(days=1)):
        with services.db.engines.write.connect() as connection:
            connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql(VACUUM)
        services.extras["ballots_cleared"] = newest


def count_closed(services: Services, now: datetime) -> None:
    """Count what is closed, outside of every transaction that writes: nobody's vote waits for a count."""
    uncounted = select(BallotResult.ballot_id).where(BallotResult.ballot_id == Ballot.id).exists()
    with services.db.read() as session:
        ids = session.scalars(select(Ballot.id).where(Ballot.state == State.CLOSED, ~uncounted)).all()
    for ballot_id in ids:
        with services.db.read() as session:
            result, seed = count(session, session.get_one(Ballot, ballot_id), CountedBallot)
        services.db.write(
            lambda session, ballot_id=ballot_id, result=result, seed=seed: keep_result(
                session, ballot_id, result, seed, now=now
            )
        )


def count_running(services: Services, now: datetime) -> None:
    """The counts so far of open ballots that are not hidden, for those where somebody has voted since."""
    voted_since = (
        select(Event.id)
        .where(Event.subject_id == Ballot.id, Event.type == VoteCast.TYPE, Event.at > RunningCount.at)
        .exists()
    )
    stale = (
        select(Ballot.id)
        .outerjoin(RunningCount, RunningCount.ballot_id == Ballot.id)
        .where(Ballot.state == State.OPEN, Ballot.hidden.is_(False), Ballot.frozen_at.is_not(None))
        .where(RunningCount.ballot_id.is_(None) | voted_since)
    )
    with services.db.read() as session:
        ids = session.scalars(stale).all()
    for ballot_id in ids:
        with services.db.read() as session:
            result, _ = count(session, session.get_one(Ballot, ballot_id), CastBallot)
        services.db.write(
            lambda session, ballot_id=ballot_id, result=result: keep_running(session, ballot_id, result, now=now),
            wake=False,
        )


def remind(services: Services, now: datetime) -> None:
    """A day before the close, once for each close, for ballots that are open for longer than two days."""
    near = select(Ballot.id, Ballot.opens_at, Ballot.closes_at).where(
        Ballot.state == State.OPEN, Ballot.closes_at > now, Ballot.closes_at <= now + REMINDED
    )
    with services.db.read() as session:
        found = [row for row in session.execute(near) if row.closes_at - row.opens_at > 2 * REMINDED]
        found = [row.id for row in found if not _reminded(session, row.id, row.closes_at)]
    for ballot_id in found:
        services.db.write(lambda session, ballot_id=ballot_id: _remind(session, ballot_id, now))


def _remind(session: Session, ballot_id: int, now: datetime) -> None:
    ballot = session.get_one(Ballot, ballot_id, with_for_update=True)  # several workers: one of them reminds
    if ballot.closes_at and not _reminded(session, ballot_id, ballot.closes_at):
        record(session, BallotReminderDue(ballot_id=ballot_id), actor=None, subject_id=ballot_id, now=now)


def _reminded(session: Session, ballot_id: int, closes_at: datetime) -> bool:
    """Whether people heard of it within the day before this close; of one that was put off they may hear again."""
    seen = select(Event.id).where(Event.subject_id == ballot_id, Event.type == BallotReminderDue.TYPE)
    return session.execute(seen.where(Event.at >= closes_at - REMINDED).limit(1)).first() is not None


JOBS = (
    Job("clear away what ballots deleted", clear_away, every=timedelta(minutes=1)),
    Job("close ballots", close_due, every=timedelta(seconds=1)),
    Job("count ballots", count_closed, every=timedelta(seconds=1)),
    Job("count ballots so far", count_running, every=timedelta(seconds=15)),
    Job("remind of ballots", remind, every=timedelta(minutes=10)),
)
