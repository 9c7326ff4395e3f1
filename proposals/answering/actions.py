"""Answering for the city."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.web.errors import NotFound
from proposals.answering.events import ProposalAnswered, ReviewBegun
from proposals.answering.policy import may_answer, may_answer_with, may_begin_review
from proposals.models import Answer, Proposal, State
from proposals.policy import Standing, may_read
from proposals.queries import standing


def answer(
    session: Session,
    actor: Actor,
    proposal_id: int,
    *,
    state: State,
    reasons: str,
    now: datetime,
    locale: str = "ja",
    more: Mapping[str, Any] | None = None,
) -> int:
    """Publish the next official answer and move the proposal to its state; returns the answer's number.

    `more`: department, cost, starts_on, next_report_on, where there are any. Earlier answers stay as they are.

    Raises:
        NotFound, Refused: see `may_answer_with`.
    """
    case = _held(session, actor, proposal_id, now)
    ensure(may_answer_with(actor, case, state))
    number = 1 + (session.scalar(select(func.max(Answer.number)).where(Answer.proposal_id == proposal_id)) or 0)
    given = Answer(proposal_id=proposal_id, number=number, answered_by_id=actor.id, at=now, **(more or {}))
    given.state, given.reasons, given.locale = state, reasons, locale
    session.add(given)
    _move(session, proposal_id, state, now)
    session.flush()
    record(
        session,
        ProposalAnswered(proposal_id=proposal_id, number=number, state=state),
        actor=actor,
        subject_id=proposal_id,
        private={"reasons": reasons, "department": given.department, "cost": given.cost},
        now=now,
    )
    return number


def begin_review(session: Session, actor: Actor, proposal_id: int, *, now: datetime) -> None:
    """Say that the city is looking at a proposal; from then on its text stays as it is."""
    ensure(may_begin_review(actor, _held(session, actor, proposal_id, now)))
    _move(session, proposal_id, State.UNDER_REVIEW, now)
    record(session, ReviewBegun(proposal_id=proposal_id), actor=actor, subject_id=proposal_id, now=now)


def ensure_answerable(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Standing:
    """The proposal as it stands, before a form about it is shown or read.

    Raises:
        NotFound, Refused: see `may_answer`.
    """
    case = _found(standing(session, proposal_id, now), actor)
    ensure(may_answer(actor, case))
    return case


def _held(session: Session, actor: Actor, proposal_id: int, now: datetime) -> Standing:
    return _found(standing(session, proposal_id, now, lock=True), actor)


def _found(case: Standing | None, actor: Actor) -> Standing:
    if case is None or not may_read(actor, case):
        raise NotFound
    return case


def _move(session: Session, proposal_id: int, state: State, now: datetime) -> None:
    session.execute(update(Proposal).where(Proposal.id == proposal_id).values(state=state, updated_at=now))
    mark_for_indexing(session, proposal_id, now)
