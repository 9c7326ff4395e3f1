"""For whoever brings in a past ballot within one transaction of their own, where the worker has no turn in between."""

from datetime import datetime

from sqlalchemy.orm import Session

from proposals.ballots.closing import close_ballot, count, keep_result
from proposals.ballots.models import Ballot, CountedBallot


def finish_ballot(session: Session, ballot_id: int, *, now: datetime) -> None:
    """Close a ballot whose time is over, and count it; it is not published yet."""
    close_ballot(session, None, ballot_id, now=now)
    result, seed = count(session, session.get_one(Ballot, ballot_id), CountedBallot)
    keep_result(session, ballot_id, result, seed, now=now)
