"""Suggesting other words, and what the authors make of them."""

from datetime import datetime

from sqlalchemy.orm import Session

from participation.events import Fact, record
from participation.policy import Actor, ensure
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from proposals.actions import add_version
from proposals.amending.events import AmendmentAccepted, AmendmentRejected, AmendmentSuggested, AmendmentWithdrawn
from proposals.amending.policy import may_accept, may_decide, may_suggest, may_take_back
from proposals.models import Amendment, Proposal
from proposals.policy import Standing, may_read
from proposals.queries import standing


def suggest(
    session: Session, actor: Actor, proposal_id: int, *, title: str, body: str, reason: str, now: datetime
) -> int:
    """Suggest a text in the place of a proposal's present one; returns the amendment's id."""
    case = _held(session, actor, proposal_id, now)
    ensure(may_suggest(actor, case))
    proposal = session.get_one(Subject, proposal_id)
    subject = create_subject(
        session,
        "amendment",
        title=title,
        now=now,
        space_id=case.process_id,
        author_id=actor.id,
        locale=proposal.locale,
        published=True,
    )
    session.add(
        Amendment(
            id=subject.id,
            proposal_id=proposal_id,
            author_id=actor.id,
            base_version=case.version,
            title=title,
            body=body,
            reason=reason,
            state="open",
            created_at=now,
        )
    )
    session.flush()
    fact = AmendmentSuggested(amendment_id=subject.id, proposal_id=proposal_id)
    said = {"title": title, "body": body, "reason": reason}
    record(session, fact, actor=actor, subject_id=proposal_id, private=said, now=now)
    return subject.id


def accept(
    session: Session, actor: Actor, amendment_id: int, *, seen_version: int, note: str = "", now: datetime
) -> int:
    """Make the suggested text the next version of the proposal, in the name of who suggested it; returns its number.

    `seen_version` is the version that the author compared it with: a text is never replaced unseen.
    """
    amendment, case = _both(session, actor, amendment_id, now)
    ensure(may_accept(actor, case, amendment, seen_version))
    proposal = session.get_one(Proposal, case.id, populate_existing=True)
    subject = session.get_one(Subject, case.id, populate_existing=True)
    subject.title, proposal.body = amendment.title, amendment.body
    add_version(session, proposal, subject, actor, amendment.reason, now, words_of=amendment.author_id)
    fact = AmendmentAccepted(amendment_id=amendment_id, proposal_id=case.id, version=proposal.version)
    _decide(session, actor, amendment, "accepted", note, fact, now)
    return proposal.version


def reject(session: Session, actor: Actor, amendment_id: int, *, note: str, now: datetime) -> None:
    """Say no, with a word why."""
    amendment, case = _both(session, actor, amendment_id, now)
    ensure(may_decide(actor, case, amendment))
    fact = AmendmentRejected(amendment_id=amendment_id, proposal_id=case.id)
    _decide(session, actor, amendment, "rejected", note, fact, now)


def take_back(session: Session, actor: Actor, amendment_id: int, *, now: datetime) -> None:
    """Take one's own suggestion back."""
    amendment, case = _both(session, actor, amendment_id, now)
    ensure(may_take_back(actor, amendment))
    fact = AmendmentWithdrawn(amendment_id=amendment_id, proposal_id=case.id)
    _decide(session, actor, amendment, "withdrawn", "", fact, now)


def _decide(
    session: Session, actor: Actor, amendment: Amendment, state: str, note: str, fact: Fact, now: datetime
) -> None:
    amendment.state, amendment.decision_note, amendment.decided_at = state, note, now
    session.flush()
    record(session, fact, actor=actor, subject_id=amendment.proposal_id, private={"note": note}, now=now)


def _both(session: Session, actor: Actor, amendment_id: int, now: datetime) -> tuple[Amendment, Standing]:
    found = session.get(Amendment, amendment_id)
    if found is None:
        raise NotFound
    case = _held(session, actor, found.proposal_id, now)
    # read once more now that the proposal is held: two authors may decide at the same moment
    amendment = session.get_one(Amendment, amendment_id, populate_existing=True)
    if session.get_one(Subject, amendment_id).hidden_at is not None:
        raise NotFound
    return amendment, case


def _held(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Standing:
    case = standing(session, proposal_id, now, lock=True)
    if case is None or not may_read(actor, case):
        raise NotFound
    return case
