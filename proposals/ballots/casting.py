"""One vote: a row in the roll, the ballot under its tag, the event, in one transaction.

The primary key of the roll holds one vote per person. A vote waits for a close that is under way and the close for it:
the ballot's row is held for sharing by every vote and for itself alone by the close. The first vote sets `frozen_at`
before it shares the row, or two first votes would wait for each other.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import N_, Actor, ensure
from participation.web import Conflict
from proposals.ballots.cases import Case, ballot_case, costs_of
from proposals.ballots.choosing import read_choice
from proposals.ballots.events import VoteCast
from proposals.ballots.models import Ballot, BallotKey, CastBallot, CastRequest, State, Turnout
from proposals.ballots.policy import may_vote
from proposals.ballots.receipts import new_receipt

_BALLOT, _KEY, _CAST = Ballot.__table__, BallotKey.__table__, CastBallot.__table__
_TURNOUT, _REQUEST = Turnout.__table__, CastRequest.__table__
OVER = N_("Voting ended at this very moment. Your vote was not counted.")
OTHER = N_("This Idempotency-Key was used for another vote.")


@dataclass(frozen=True)
class Receipt:
    """`first`: the person had not voted before; `repeated`: nothing was changed, the same receipt again."""

    code: str
    first: bool
    repeated: bool


_FREEZE = (
    update(_BALLOT)
    .where(_BALLOT.c.id == bindparam("ballot"), _BALLOT.c.frozen_at.is_(None), _BALLOT.c.state == State.OPEN)
    .values(frozen_at=bindparam("at"))
)
_HOLD = (
    select(_KEY.c.key)
    .select_from(_BALLOT.join(_KEY, _KEY.c.ballot_id == _BALLOT.c.id))
    .where(_BALLOT.c.id == bindparam("ballot"), _BALLOT.c.state == State.OPEN)
    .with_for_update(read=True, of=_BALLOT)  # SQLite has one writer and knows no such words
)
_REPEATED = select(_REQUEST.c.choice, _REQUEST.c.receipt).where(
    _REQUEST.c.ballot_id == bindparam("ballot"), _REQUEST.c.tag == bindparam("request")
)
_ENTER = {name: insert_ignore(_TURNOUT, name).returning(_TURNOUT.c.account_id) for name in ("sqlite", "postgresql")}
_OWN = (
    select(_CAST.c.choice, _CAST.c.receipt)
    .where(_CAST.c.ballot_id == bindparam("ballot"), _CAST.c.voter_tag == bindparam("tag"))
    .with_for_update()
)
_CHANGE = (
    update(_CAST)
    .where(_CAST.c.ballot_id == bindparam("ballot"), _CAST.c.voter_tag == bindparam("tag"))
    .values(choice=bindparam("chosen"), receipt=bindparam("code"))
)


def cast(session: Session, actor: Actor, ballot_id: int, choice: Any, *, now: datetime, key: str = "") -> Receipt:
    """Vote, or change one's vote: the last one counts. `choice` as `choosing.read_choice` takes it.

    The same choice again changes nothing and answers the same receipt; so does a request that is repeated with its
    `key` (Idempotency-Key), even after a later change.

    Raises:
        NotFound, Refused: see `may_vote`.
        Wrong: the choice breaks a rule of the ballot.
        Conflict: the ballot was closed at this very moment, or the key came with another choice.
    """
    case = ballot_case(session, ballot_id, now)
    ensure(may_vote(actor, case, now))
    chosen = read_choice(case.method, case.rules, costs_of(session, ballot_id), choice)
    secret = _hold(session, case, now)
    run, ids = session.connection().execute, {"ballot": ballot_id}
    request = voter_tag(secret, actor.id or 0, key) if key else b""
    if key and (row := run(_REPEATED, {**ids, "request": request}).first()) is not None:
        if row.choice != chosen:
            raise Conflict(OTHER)
        return Receipt(row.receipt, first=False, repeated=True)
    receipt = _put(session, actor, case, chosen, voter_tag(secret, actor.id or 0), now)
    if key:
        made = {"ballot_id": ballot_id, "tag": request, "choice": chosen, "receipt": receipt.code}
        run(insert_ignore(_REQUEST, dialect_name(session)), made)
    if not receipt.repeated:
        known = None if case.secret else actor  # the log does not know who voted in secret
        record(session, VoteCast(ballot_id=ballot_id, first=receipt.first), actor=known, subject_id=ballot_id, now=now)
    return receipt


def voter_tag(key: bytes, account_id: int, request: str = "") -> bytes:
    """HMAC-SHA-256 of the person (and of a request of theirs) under the ballot's key."""
    return hmac.digest(key, f"{account_id}\n{request}".encode(), "sha256")


def _hold(session: Session, case: Case, now: datetime) -> bytes:
    run = session.connection().execute
    if not case.frozen:
        run(_FREEZE, {"ballot": case.id, "at": now})
    secret = run(_HOLD, {"ballot": case.id}).scalar()
    if secret is None:
        raise Conflict(OVER)
    return secret


def _put(session: Session, actor: Actor, case: Case, chosen: str, tag: bytes, now: datetime) -> Receipt:
    run, own = session.connection().execute, {"ballot": case.id, "tag": tag}
    at = now.replace(minute=0, second=0, microsecond=0) if case.secret else now
    entered = run(_ENTER[dialect_name(session)], {"ballot_id": case.id, "account_id": actor.id, "at": at}).first()
    if entered is not None:
        code = new_receipt()
        run(insert(_CAST), {"ballot_id": case.id, "voter_tag": tag, "receipt": code, "choice": chosen})
        return Receipt(code, first=True, repeated=False)
    before = run(_OWN, own).one()
    if before.choice == chosen:
        return Receipt(before.receipt, first=False, repeated=True)
    code = new_receipt()
    run(_CHANGE, {**own, "chosen": chosen, "code": code})
    return Receipt(code, first=False, repeated=False)
