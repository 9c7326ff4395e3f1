"""What organisations know of a person."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.organisations.actions import end_mandates_of
from participation.organisations.models import Mandate, MandateInvitation
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    mandates = select(Mandate.organisation_id, Mandate.role, Mandate.granted_at, Mandate.ended_at)
    return {"mandates": as_plain(session, mandates.where(Mandate.account_id == account_id).order_by(Mandate.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Mandates end; that there was one stays, without a name. Invitations to the address are deleted."""
    end_mandates_of(session, account_id, now)
    address = select(Account.email).where(Account.id == account_id).scalar_subquery()
    session.execute(delete(MandateInvitation).where(MandateInvitation.email == address))
