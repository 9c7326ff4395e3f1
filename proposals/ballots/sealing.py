"""The canonical lists of a closed ballot and their digests: what the audit log holds, and what anybody can compute
again. Texts are RFC 8785 JSON; digests are SHA-256, of the roll an HMAC under a salt that stays inside, for nobody
shall find out by trying who has voted."""

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import canonical, microseconds
from proposals.ballots.models import Ballot, CountedBallot, Turnout

MUCH = 5_000  # rows at once


@dataclass(frozen=True)
class Seal:
    """`ballots`: how many were counted."""

    ballots: int
    roll_sha256: str
    ballots_sha256: str


def seal_of(session: Session, ballot: Ballot) -> Seal:
    """The digests of the rows as they stand now; constant memory."""
    listed, named, count = hashlib.sha256(), hmac.new(ballot.salt, digestmod="sha256"), 0
    rows = (
        select(CountedBallot.receipt, CountedBallot.choice, CountedBallot.account_id)
        .where(CountedBallot.ballot_id == ballot.id)
        .order_by(CountedBallot.receipt)
    )
    for receipt, choice, account_id in session.execute(rows).yield_per(MUCH):
        listed.update(ballot_line(receipt, choice))
        named.update(_line([receipt, account_id]))
        count += 1
    roll = select(Turnout.account_id, Turnout.at).where(Turnout.ballot_id == ballot.id).order_by(Turnout.account_id)
    for account_id, at in session.execute(roll).yield_per(MUCH):
        named.update(_line([account_id, microseconds(at)]))
    return Seal(count, named.hexdigest(), listed.hexdigest())


def ballot_line(receipt: str, choice: str) -> bytes:
    """A counted ballot as the digest takes it: one line of canonical JSON. `choice` is canonical already."""
    return _line({"choice": json.loads(choice), "receipt": receipt})


def _line(value: Any) -> bytes:
    return canonical(value).encode() + b"\n"


def list_sha256(ballots: Sequence[tuple[str, str]]) -> str:
    """The digest of (receipt, choice) pairs, for whoever holds the published file; sorted by receipt."""
    return hashlib.sha256(b"".join(ballot_line(*ballot) for ballot in sorted(ballots))).hexdigest()


def tie_seed(seed: str, ballots_sha256: str) -> str:
    """The seed of the tie-break: SHA-256 of the seed promised at the opening and the digest of the counted ballots.
    So no voter can aim at it without the seed, and the city cannot choose a seed that suits it, for it cannot choose
    the ballots."""
    return hashlib.sha256(f"{seed}\n{ballots_sha256}".encode()).hexdigest()
