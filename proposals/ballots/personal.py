"""What ballots know of a person: that they voted, and what where the ballot was not secret. While a secret ballot is
open its key could tell more; it is not asked: the ballot's own page shows a person their vote until the close."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from proposals.ballots.models import Ballot, CountedBallot, Turnout


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    voted = (
        select(Ballot.slug.label("ballot"), Turnout.at)
        .join(Ballot, Ballot.id == Turnout.ballot_id)
        .where(Turnout.account_id == account_id)
        .order_by(Turnout.at, Ballot.id)
    )
    named = (
        select(Ballot.slug.label("ballot"), CountedBallot.receipt, CountedBallot.choice)
        .join(Ballot, Ballot.id == CountedBallot.ballot_id)
        .where(CountedBallot.account_id == account_id)
        .order_by(Ballot.id)
    )
    return {"votes": as_plain(session, voted), "named_votes": as_plain(session, named)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Nothing to delete: a vote that was cast is counted, or leaving would change results. The roll keeps a number
    that belongs to nobody any more; a ballot that was not secret stands there without a name."""
