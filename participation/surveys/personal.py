"""What surveys know of a person: their own sheets. On erasure what was sent stays, under nobody's name."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.portability import as_plain
from participation.surveys.models import Survey, SurveyAnswer


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    columns = (Survey.slug, SurveyAnswer.said, SurveyAnswer.typed, SurveyAnswer.saved_at, SurveyAnswer.sent_at)
    given = select(*columns).join(Survey, Survey.id == SurveyAnswer.survey_id)
    return {"survey_answers": as_plain(session, given.where(SurveyAnswer.account_id == account_id).order_by(Survey.id))}


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    own = SurveyAnswer.account_id == account_id
    unsent = delete(SurveyAnswer).where(own, SurveyAnswer.sent_at.is_(None))
    session.execute(unsent, execution_options={"synchronize_session": False})
    forget = update(SurveyAnswer).where(own).values(account_id=None, typed={})
    session.execute(forget, execution_options={"synchronize_session": False})
