"""What workshops know of a person: their applications and where they took part."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.portability import as_plain
from workshops.models import Workshop, WorkshopApplication, WorkshopMember


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    applied = (
        select(
            Workshop.slug.label("workshop"),
            WorkshopApplication.number,
            WorkshopApplication.name,
            WorkshopApplication.answers,
            WorkshopApplication.declared,
            WorkshopApplication.needs,
            WorkshopApplication.agreed_at,
            WorkshopApplication.created_at,
            WorkshopApplication.withdrawn_at,
        )
        .join(Workshop, Workshop.id == WorkshopApplication.workshop_id)
        .where(WorkshopApplication.account_id == account_id)
        .order_by(WorkshopApplication.id)
    )
    member = (
        select(Workshop.slug.label("workshop"), WorkshopMember.name, WorkshopMember.kind, WorkshopMember.checked_in_at)
        .join(Workshop, Workshop.id == WorkshopMember.workshop_id)
        .where(WorkshopMember.account_id == account_id)
        .order_by(WorkshopMember.id)
    )
    return {"workshop_applications": as_plain(session, applied), "workshops": as_plain(session, member)}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Applications go; that somebody took part stays, without a name."""
    forget = {"synchronize_session": False}
    mine = WorkshopMember.account_id == account_id
    session.execute(
        update(WorkshopMember).where(mine).values(name="", named=False, application_id=None), execution_options=forget
    )
    gone = delete(WorkshopApplication).where(WorkshopApplication.account_id == account_id)
    session.execute(gone, execution_options=forget)
