"""The end of a ballot: one transaction that parts who from what for good and seals both; then the count; then the
publication. Counting happens in the worker (`jobs.py`), never in a request."""

import json
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from participation.db import dialect_name
from participation.events import canonical, record
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.web import NotFound
from proposals.ballots.cases import ballot_case
from proposals.ballots.casting import voter_tag
from proposals.ballots.counting import Ballot as Counted
from proposals.ballots.counting import Option, Result, Rules, tally
from proposals.ballots.eligible import eligible_count
from proposals.ballots.events import BallotClosed, BallotCounted, BallotPublished
from proposals.ballots.models import (
    Ballot,
    BallotKey,
    BallotOption,
    BallotResult,
    CastBallot,
    CastRequest,
    CountedBallot,
    RunningCount,
    State,
    Turnout,
)
from proposals.ballots.policy import may_close, may_publish
from proposals.ballots.ruling import rules_text, sha256
from proposals.ballots.sealing import seal_of, tie_seed

PART = 1_000  # rows at once
WITHOUT = (CastBallot, CastRequest, BallotKey, RunningCount)


def close_ballot(session: Session, actor: Actor | None, ballot_id: int, *, now: datetime, reason: str = "") -> None:
    """No more votes: the ballots are written anew in the order of their receipts, the key is deleted, the digests of
    the roll, the ballots and the rules go into the audit log. All of it or nothing.

    `actor` is None for the worker, which closes at the announced time. Closed already: nothing happens then.

    Raises:
        NotFound, Refused: see `may_close`.
    """
    ballot = _held(session, ballot_id)
    if actor is not None:
        ensure(may_close(actor, ballot_case(session, ballot_id, now), now, reason))
    elif ballot.state != State.OPEN or ballot.closes_at is None or now < ballot.closes_at:
        return
    forget_for_good(session)
    _part(session, ballot)
    early = ballot.closes_at is not None and now < ballot.closes_at
    ballot.state, ballot.closed_at, ballot.end_reason = State.CLOSED, now, reason.strip() if early else ""
    session.flush()
    for table in WITHOUT:
        session.execute(delete(table).where(table.ballot_id == ballot_id))
    seal = seal_of(session, ballot)
    fact = BallotClosed(
        ballot_id=ballot_id,
        ballots=seal.ballots,
        roll_sha256=seal.roll_sha256,
        ballots_sha256=seal.ballots_sha256,
        rules_sha256=sha256(rules_text(session, ballot)),
        early=early,
    )
    record(session, fact, actor=actor, subject_id=ballot_id, now=now)
    mark_for_indexing(session, ballot_id, now)


def forget_for_good(session: Session) -> None:
    """SQLite overwrites what this connection deletes (sqlite.org/pragma.html#pragma_secure_delete); PostgreSQL gives
    the space back at the next VACUUM."""
    if dialect_name(session) == "sqlite":
        session.connection().exec_driver_sql("PRAGMA secure_delete=ON")


def _part(session: Session, ballot: Ballot) -> None:
    """Write the cast ballots as counted ones, in the order of the receipts: chance, so that nothing of the order in
    which they came is left. Only where the ballot was never secret the person stands beside it."""
    voters = {} if ballot.secret else _voters(session, ballot.id)
    cast = (
        select(CastBallot.receipt, CastBallot.choice, CastBallot.voter_tag)
        .where(CastBallot.ballot_id == ballot.id)
        .order_by(CastBallot.receipt)
    )
    rows = [
        {"ballot_id": ballot.id, "receipt": receipt, "choice": choice, "account_id": voters.get(bytes(tag))}
        for receipt, choice, tag in session.execute(cast)
    ]
    for start in range(0, len(rows), PART):
        session.execute(insert(CountedBallot), rows[start : start + PART])


def _voters(session: Session, ballot_id: int) -> dict[bytes, int]:
    key = session.scalar(select(BallotKey.key).where(BallotKey.ballot_id == ballot_id)) or b""
    people = session.scalars(select(Turnout.account_id).where(Turnout.ballot_id == ballot_id))
    return {voter_tag(key, account_id): account_id for account_id in people}


def count(session: Session, ballot: Ballot, table: type[CountedBallot] | type[CastBallot]) -> tuple[Result, str]:
    """The tally over the counted ballots (or, of a ballot that is not hidden, over those cast so far), and the seed
    of its tie-break. Takes as long as the method takes: never in a request."""
    rows = session.execute(select(table.receipt, table.choice).where(table.ballot_id == ballot.id)).all()
    options = session.execute(
        select(BallotOption.key, BallotOption.cost)
        .where(BallotOption.ballot_id == ballot.id)
        .order_by(BallotOption.position)
    )
    seed = tie_seed(ballot.seed, list_digest(session, ballot, table))
    rules = Rules.from_json({**ballot.rules, "method": ballot.method, "seed": seed})
    choices = [Counted(json.loads(choice)) for _, choice in rows]
    return tally(choices, [Option(key, cost) for key, cost in options], rules), seed


def list_digest(session: Session, ballot: Ballot, table: type[CountedBallot] | type[CastBallot]) -> str:
    """The digest of the counted ballots; of those still being cast nothing is told, not even by a tie."""
    return seal_of(session, ballot).ballots_sha256 if table is CountedBallot else ""


def keep_running(session: Session, ballot_id: int, result: Result, *, now: datetime) -> None:
    """Store the count so far, over the one before; of a ballot that is hidden or not open any more, nothing."""
    ballot = _held(session, ballot_id)
    if ballot.state != State.OPEN or ballot.hidden:
        return
    kept = {"result": canonical(result.to_json()), "ballots": result.ballots, "at": now}
    session.merge(RunningCount(ballot_id=ballot_id, **kept))
    session.flush()


def keep_result(session: Session, ballot_id: int, result: Result, seed: str, *, now: datetime) -> None:
    """Store what the count gave, once, and publish it if the ballot says so. The quorum is looked at with those who
    may vote today."""
    ballot = _held(session, ballot_id)
    if ballot.state != State.CLOSED or session.get(BallotResult, ballot_id) is not None:
        return
    text, eligible = canonical(result.to_json()), eligible_count(session, ballot)
    counted = select(func.count()).select_from(CountedBallot).where(CountedBallot.ballot_id == ballot_id)
    voted = session.scalar(counted) or 0
    figures = {"ballots": voted, "eligible": eligible, "valid": reached(ballot, voted, eligible), "tie_seed": seed}
    session.add(BallotResult(ballot_id=ballot_id, result=text, counted_at=now, **figures))
    session.flush()
    fact = BallotCounted(ballot_id=ballot_id, result_sha256=sha256(text), **figures)
    record(session, fact, actor=None, subject_id=ballot_id, now=now)
    if ballot.self_publishing:
        _publish(session, None, ballot, now)


def reached(ballot: Ballot, voted: int, eligible: int) -> bool:
    """Whether enough people voted: at least so many, or at least so many percent of those who may."""
    if ballot.quorum_kind == "people":
        return voted >= ballot.quorum
    return voted * 100 >= ballot.quorum * eligible


def publish_ballot(session: Session, actor: Actor, ballot_id: int, *, now: datetime) -> None:
    """Show the result, and the list of ballots with it.

    Raises:
        NotFound, Refused: see `may_publish`.
    """
    ballot = _held(session, ballot_id)
    ensure(may_publish(actor, ballot_case(session, ballot_id, now)))
    _publish(session, actor, ballot, now)


def _publish(session: Session, actor: Actor | None, ballot: Ballot, now: datetime) -> None:
    ballot.state, ballot.published_at = State.PUBLISHED, now
    text = session.scalar(select(BallotResult.result).where(BallotResult.ballot_id == ballot.id)) or ""
    session.flush()
    fact = BallotPublished(ballot_id=ballot.id, result_sha256=sha256(text))
    record(session, fact, actor=actor, subject_id=ballot.id, now=now)
    mark_for_indexing(session, ballot.id, now)


def _held(session: Session, ballot_id: int) -> Ballot:
    ballot = session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)
    if ballot is None:
        raise NotFound
    return ballot
