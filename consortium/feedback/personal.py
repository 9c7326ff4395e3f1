"""What feedback knows of a person. On erasure the words stay, under nobody's name; where and how old goes."""

from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.feedback.models import Feedback
from consortium.services.models import Service
from participation.portability import as_plain


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    columns = (Service.slug, Feedback.satisfaction, Feedback.body, Feedback.age_band, Feedback.at)
    given = select(*columns, Feedback.withdrawn_at).join(Service, Service.id == Feedback.service_id)
    return {"feedback": as_plain(session, given.where(Feedback.account_id == account_id).order_by(Feedback.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    forget = update(Feedback).where(Feedback.account_id == account_id)
    nothing = {"account_id": None, "area_id": None, "age_band": None}
    session.execute(forget.values(nothing), execution_options={"synchronize_session": False})
