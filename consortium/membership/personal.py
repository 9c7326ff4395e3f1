"""What membership knows of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from consortium.membership.models import ApplicationDraft, MembershipStep
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    draft = select(ApplicationDraft.fields, ApplicationDraft.saved_at)
    steps = select(
        MembershipStep.organisation_id, MembershipStep.to_stage, MembershipStep.reason, MembershipStep.at
    ).order_by(MembershipStep.id)
    return {
        "application_draft": as_plain(session, draft.where(ApplicationDraft.account_id == account_id)),
        "steps": as_plain(session, steps.where(MembershipStep.actor_id == account_id)),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """The draft goes; steps stay, under the words for somebody who has left."""
    session.execute(delete(ApplicationDraft).where(ApplicationDraft.account_id == account_id))
