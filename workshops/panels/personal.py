"""What a person takes along of draws. Erasing needs nothing here: invitations hold numbers, and lose the application
with its row."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.portability import as_plain
from workshops.models import Workshop, WorkshopApplication
from workshops.panels.models import WorkshopInvitation


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    """The invitations to their applications."""
    rows = (
        select(Workshop.slug, WorkshopInvitation.number, WorkshopInvitation.state, WorkshopInvitation.invited_at,
               WorkshopInvitation.answered_at)
        .join(WorkshopApplication, WorkshopApplication.id == WorkshopInvitation.application_id)
        .join(Workshop, Workshop.id == WorkshopInvitation.workshop_id)
        .where(WorkshopApplication.account_id == account_id)
        .order_by(WorkshopInvitation.id)
    )  # fmt: skip
    return {"workshop_invitations": as_plain(session, rows)}
