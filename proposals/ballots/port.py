"""For other packages: a past ballot brought in within one transaction of their own, where the worker has no turn in
between; what options can be made from; and what became of the things that stood in a ballot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.subjects import Subject
from proposals.ballots.closing import close_ballot, count, keep_result
from proposals.ballots.models import Ballot, BallotOption, BallotResult, CountedBallot, State
from proposals.ballots.results.answering import won_in


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A public thing from which an option can be made: what the hook `ballot_candidates` answers, the newest first.
    `label` says the `state` in words, not yet translated."""

    id: int
    title: str
    summary: str
    place: str
    locale: str
    path: str
    state: str
    label: str


def finish_ballot(session: Session, ballot_id: int, *, now: datetime) -> None:
    """Close a ballot whose time is over, and count it; it is not published yet."""
    close_ballot(session, None, ballot_id, now=now)
    result, seed = count(session, session.get_one(Ballot, ballot_id), CountedBallot)
    keep_result(session, ballot_id, result, seed, now=now)


def fates_in(session: Session, ballot_id: int, kind: str) -> dict[int, bool]:
    """Whether they won, by the ids of the subjects of this kind behind the options of a published ballot; nothing of a
    ballot whose result is not public. Something behind several options has won if one of them did."""
    if session.get_one(Ballot, ballot_id).state != State.PUBLISHED:
        return {}
    won = won_in(session.get(BallotResult, ballot_id))
    rows = session.execute(
        select(BallotOption.key, Subject.id)
        .join(Subject, Subject.id == BallotOption.source_id)
        .where(BallotOption.ballot_id == ballot_id, Subject.kind == kind)
        .order_by(BallotOption.position)
    )
    fates: dict[int, bool] = {}
    for key, subject_id in rows:
        fates[subject_id] = fates.get(subject_id, False) or key in won
    return fates
