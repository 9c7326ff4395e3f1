"""What search knows of a proposal, and who may open those that it found."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject
from proposals.models import Answer, Proposal, State

GONE = (State.DRAFT, State.WITHDRAWN, State.MERGED)


def proposal_document(session: Session, proposal_id: int) -> SearchDocument | None:
    """The public text as it stands, with the reasons of the official answer; None for drafts and for what was
    withdrawn or merged."""
    row = session.execute(
        select(
            Subject.title, Subject.locale, Proposal.body, Proposal.process_id, Proposal.area_id, Proposal.category_id,
            Proposal.state, Proposal.published_at,
        )
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.id == proposal_id, Proposal.state.not_in(GONE), Proposal.published_at.is_not(None))
    ).first()  # fmt: skip
    if row is None:
        return None
    newest = select(Answer.reasons).where(Answer.proposal_id == proposal_id).order_by(Answer.number.desc()).limit(1)
    words = {**row._mapping, "body": "\n\n".join((row.body, *session.scalars(newest)))}
    return SearchDocument(subject_id=proposal_id, kind="proposal", **words)


def readable_proposals(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[int]:
    """Those of some visible proposals that a list may show; withdrawn ones have a page but are not looked for."""
    return session.scalars(select(Proposal.id).where(Proposal.id.in_(ids), Proposal.state.not_in(GONE))).all()
