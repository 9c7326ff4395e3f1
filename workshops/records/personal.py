"""What records know of a person: which photos they marked. Whose name stands in a record, the members' table says."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.portability import as_plain
from workshops.records.models import Photo


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    marked = select(Photo.id, Photo.workshop_id, Photo.consent, Photo.marked_at)
    return {"marked_photos": as_plain(session, marked.where(Photo.marked_by_id == account_id).order_by(Photo.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    forget = update(Photo).where(Photo.marked_by_id == account_id).values(marked_by_id=None)
    session.execute(forget, execution_options={"synchronize_session": False})
