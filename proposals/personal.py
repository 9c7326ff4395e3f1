"""What proposals know of a person. On erasure the published stays; drafts that nobody else writes at go."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from participation.subjects import Subject
from proposals.actions import delete_draft
from proposals.models import Amendment, Proposal, ProposalAuthor, ProposalVersion, State, Support


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    own = select(Proposal.id, Subject.title, Proposal.body, Proposal.state, Subject.created_at, Proposal.published_at)
    versions = select(ProposalVersion.proposal_id, ProposalVersion.number, ProposalVersion.title, ProposalVersion.at)
    amendments = select(Amendment.proposal_id, Amendment.title, Amendment.body, Amendment.reason, Amendment.state)
    own = own.join(Subject, Subject.id == Proposal.id).where(Subject.author_id == account_id).order_by(Proposal.id)
    supports = select(Support.proposal_id, Support.at).where(Support.account_id == account_id).order_by(Support.at)
    return {
        "proposals": as_plain(session, own),
        "versions": as_plain(session, versions.where(ProposalVersion.editor_id == account_id)),
        "co_authored": as_plain(
            session,
            select(ProposalAuthor.proposal_id, ProposalAuthor.invited_at, ProposalAuthor.accepted_at).where(
                ProposalAuthor.account_id == account_id
            ),
        ),
        "amendments": as_plain(session, amendments.where(Amendment.author_id == account_id)),
        "supports": as_plain(session, supports),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Delete the person's drafts and open invitations; supports go on counting, without a name."""
    helped = select(ProposalAuthor.proposal_id).where(ProposalAuthor.accepted_at.is_not(None))
    drafts = (
        select(Proposal.id)
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.state == State.DRAFT, Subject.author_id == account_id, Proposal.id.not_in(helped))
    )
    for proposal_id in session.scalars(drafts).all():
        delete_draft(session, proposal_id)
    session.execute(
        delete(ProposalAuthor).where(ProposalAuthor.account_id == account_id, ProposalAuthor.accepted_at.is_(None))
    )
