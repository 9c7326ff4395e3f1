"""Whether ballots are still what the audit log sealed: the hook of `sanpo audit verify` and of the page of the log."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.events import Event
from proposals.ballots.events import (
    BallotChanged,
    BallotClosed,
    BallotCounted,
    BallotOpened,
    BallotPublished,
    VoteCast,
)
from proposals.ballots.models import Ballot, BallotKey, BallotResult, CastBallot, State, Turnout
from proposals.ballots.ruling import rules_text, sha256
from proposals.ballots.sealing import seal_of

_SEALS = (BallotOpened, BallotChanged, BallotClosed, BallotCounted, BallotPublished)
ENDED = (State.CLOSED, State.PUBLISHED)


def broken_ballots(session: Session) -> Iterator[str]:
    """A sentence for every ballot whose rows are not what was recorded of them; nothing when all is well."""
    sealed = _recorded(session)
    for ballot in session.scalars(select(Ballot).where(Ballot.state != State.DRAFT).order_by(Ballot.id)):
        facts = sealed.pop(ballot.id, {})
        for finding in _findings(session, ballot, facts):
            yield f"ballot {ballot.slug} (number {ballot.id}): {finding}"
    for ballot_id in sorted(sealed):
        yield f"ballot number {ballot_id} was opened, and is gone or a draft again"


def _recorded(session: Session) -> dict[int, dict[str, dict[str, Any]]]:
    """What the log says of each ballot: the newest body of each kind."""
    found: dict[int, dict[str, dict[str, Any]]] = {}
    rows = select(Event.type, Event.body).where(
        Event.type.in_([fact.TYPE for fact in _SEALS]), Event.leaf_hash.is_not(None)
    )
    for kind, text in session.execute(rows.order_by(Event.id)):
        body = json.loads(text)
        found.setdefault(body["ballot_id"], {})[kind] = body
    return found


def _findings(session: Session, ballot: Ballot, facts: dict[str, dict[str, Any]]) -> Iterator[str]:
    rules = facts.get(BallotChanged.TYPE) or facts.get(BallotOpened.TYPE)
    if rules is None and ballot.state != State.CALLED_OFF:
        yield "it is open, and the log does not say that it was opened"
    elif rules and sha256(rules_text(session, ballot)) != rules["rules_sha256"]:
        yield "its rules, options or texts are not those that were recorded"
    closed = facts.get(BallotClosed.TYPE)
    if (closed is not None) != (ballot.state in ENDED):
        yield "its state is not the one that the log says"
    elif closed is not None:
        yield from _after_the_close(session, ballot, facts)
    elif ballot.state == State.OPEN:
        yield from _while_open(session, ballot)


def _after_the_close(session: Session, ballot: Ballot, facts: dict[str, dict[str, Any]]) -> Iterator[str]:
    seal, sealed = seal_of(session, ballot), facts[BallotClosed.TYPE]
    if seal.ballots != sealed["ballots"]:
        yield f"{sealed['ballots']} counted ballots were sealed, and there are {seal.ballots}"
    elif seal.ballots_sha256 != sealed["ballots_sha256"]:
        yield "a counted ballot is not the one that was sealed"
    if seal.roll_sha256 != sealed["roll_sha256"]:
        yield "the roll of those who voted is not the one that was sealed"
    if session.get(BallotKey, ballot.id) is not None or _many(session, CastBallot, ballot.id):
        yield "there is a key or a cast ballot, which the close had deleted"
    yield from _result(session, ballot, facts)


def _result(session: Session, ballot: Ballot, facts: dict[str, dict[str, Any]]) -> Iterator[str]:
    row, counted = session.get(BallotResult, ballot.id), facts.get(BallotCounted.TYPE)
    if (row is None) != (counted is None):
        yield "its result was removed, or stands there without having been counted"
    elif row is not None and counted is not None:
        stands = (sha256(row.result), row.ballots, row.eligible, bool(row.valid), row.tie_seed)
        said = tuple(counted[name] for name in ("result_sha256", "ballots", "eligible", "valid", "tie_seed"))
        published = facts.get(BallotPublished.TYPE, {}).get("result_sha256", stands[0])
        if stands != said or published != stands[0]:
            yield "its result is not the one that was counted"
    if (ballot.state == State.PUBLISHED) != (BallotPublished.TYPE in facts):
        yield "its state is not the one that the log says"


def _while_open(session: Session, ballot: Ballot) -> Iterator[str]:
    """As many people in the roll as cast ballots as first votes in the log."""
    first = select(func.count()).where(
        Event.subject_id == ballot.id, Event.type == VoteCast.TYPE, Event.body.contains('"first":true')
    )
    votes, roll, cast = session.scalar(first), _many(session, Turnout, ballot.id), _many(session, CastBallot, ballot.id)
    if not votes == roll == cast:
        yield f"the log has {votes} votes, the roll {roll} people, and {cast} ballots were cast"


def _many(session: Session, table: Any, ballot_id: int) -> int:
    return session.scalar(select(func.count()).select_from(table).where(table.ballot_id == ballot_id)) or 0
