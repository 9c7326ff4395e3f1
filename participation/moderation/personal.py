"""What moderation knows of a person. Reports and appeals stay as decided; the words of an appeal go with the person."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.moderation.models import Appeal, Report
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    reports = select(Report.subject_id, Report.ground, Report.text, Report.at, Report.state)
    appeals = select(Appeal.subject_id, Appeal.text, Appeal.at, Appeal.state)
    return {
        "reports": as_plain(session, reports.where(Report.reporter_id == account_id).order_by(Report.id)),
        "appeals": as_plain(session, appeals.where(Appeal.author_id == account_id).order_by(Appeal.id)),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """What the person wrote to the secretariat is emptied; that it was decided stays."""
    for model, owner in ((Report, Report.reporter_id), (Appeal, Appeal.author_id)):
        statement = update(model).where(owner == account_id).values(text="")
        session.execute(statement, execution_options={"synchronize_session": False})
