"""A later close: people get more time than was announced, and read why."""

from datetime import datetime

from sqlalchemy.orm import Session

from participation.events import microseconds, record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.web import NotFound
from proposals.ballots.cases import ballot_case
from proposals.ballots.events import BallotPostponed
from proposals.ballots.models import Ballot, Postponement
from proposals.ballots.policy import may_postpone
from proposals.ballots.problems import Problem, Wrong
from proposals.ballots.ruling import rules_text, sha256

EARLIER = N_("The close can only be put off: please choose a later moment than the one announced.")


def postpone_ballot(
    session: Session, actor: Actor, ballot_id: int, until: datetime, reason: str, *, now: datetime
) -> None:
    """Votes are taken until then; the reason is public. The digest of the rules, which name the close, goes into the
    audit log.

    Raises:
        NotFound, Refused: see `may_postpone`, and without a reason.
        Wrong: the moment is not later than the announced one.
    """
    ballot = session.get(Ballot, ballot_id, with_for_update=True, populate_existing=True)
    if ballot is None:
        raise NotFound
    ensure(may_postpone(actor, ballot_case(session, ballot_id, now), now))
    ensure(require(bool(reason.strip()), N_("Please say why the close is put off. Everybody will read it.")))
    assert ballot.closes_at is not None  # of an open one
    if until <= ballot.closes_at:
        raise Wrong(Problem("closes_at", EARLIER))
    session.add(Postponement(ballot_id=ballot_id, before=ballot.closes_at, until=until, reason=reason.strip(), at=now))
    ballot.closes_at, ballot.updated_at = until, now
    session.flush()
    fact = BallotPostponed(
        ballot_id=ballot_id, until=microseconds(until), rules_sha256=sha256(rules_text(session, ballot))
    )
    record(session, fact, actor=actor, subject_id=ballot_id, private={"reason": reason.strip()}, now=now)
    mark_for_indexing(session, ballot_id, now)
