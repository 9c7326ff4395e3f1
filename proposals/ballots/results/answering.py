"""What won flows back: one action that makes the result of a ballot official answers to the proposals in it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import N_, Actor, Verdict, ensure, has_role, require
from participation.subjects import Subject
from proposals.answering.actions import answer
from proposals.answering.policy import answers_from
from proposals.ballots.cases import Case, ballot_case
from proposals.ballots.models import BallotOption, BallotResult, State
from proposals.models import Proposal
from proposals.models import State as ProposalState

DECISIONS = (ProposalState.ACCEPTED, ProposalState.REJECTED)


@dataclass(frozen=True)
class Stood:
    """A proposal behind an option. `open`: the city has not answered it yet."""

    id: int
    title: str
    won: bool
    open: bool
    can: tuple[str, ...]


def may_answer_by_ballot(actor: Actor, case: Case) -> Verdict:
    """The secretariat, from the publication of the result on."""
    return has_role(actor, "secretariat") & require(
        case.state == State.PUBLISHED, N_("There is no published result to answer by."), kind="closed"
    )


def stood_in(session: Session, ballot_id: int) -> tuple[Stood, ...]:
    """The public proposals that stood in a ballot, with what can be answered to each. Two queries."""
    row = session.get(BallotResult, ballot_id)
    winners = won_in(row)
    rows = session.execute(
        select(BallotOption.key, Subject.id, Subject.title, Proposal.state)
        .join(Subject, Subject.id == BallotOption.source_id)
        .join(Proposal, Proposal.id == Subject.id)
        .where(BallotOption.ballot_id == ballot_id, Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
        .order_by(BallotOption.position)
    )
    return tuple(
        Stood(
            id=proposal_id,
            title=title,
            won=key in winners,
            open=state in (ProposalState.PUBLISHED, ProposalState.UNDER_REVIEW),
            can=tuple(to for to in DECISIONS if to in answers_from(ProposalState(state))),
        )
        for key, proposal_id, title, state in rows
    )


def answer_by_ballot(
    session: Session,
    actor: Actor,
    ballot_id: int,
    *,
    accepted: Sequence[int],
    rejected: Sequence[int],
    reasons: Mapping[str, str],
    now: datetime,
    locale: str = "ja",
    more: Mapping[str, Any] | None = None,
) -> int:
    """Answer the proposals that stood in a ballot; returns how many. `reasons`: by decision.

    A proposal that did not stand in it is left alone, and so is one that can no longer be decided so.

    Raises:
        NotFound, Refused: see `may_answer_by_ballot`; `answer` says what else.
    """
    ensure(may_answer_by_ballot(actor, ballot_case(session, ballot_id, now)))
    stood = {one.id: one for one in stood_in(session, ballot_id)}
    given = 0
    for state, chosen in ((ProposalState.ACCEPTED, accepted), (ProposalState.REJECTED, rejected)):
        for one in chosen:
            if one in stood and state in stood[one].can:
                answer(session, actor, one, state=state, reasons=reasons[state], now=now, locale=locale,
                       more=more if state == ProposalState.ACCEPTED else _without_report(more))  # fmt: skip
                given += 1
    return given


def _without_report(more: Mapping[str, Any] | None) -> dict[str, Any]:
    return {name: value for name, value in (more or {}).items() if name != "next_report_on"}


def won_in(row: BallotResult | None) -> frozenset[str]:
    """The keys of the options that won, of a stored result; none where too few people voted for it to count."""
    return frozenset(json.loads(row.result)["winners"]) if row and row.valid else frozenset()
