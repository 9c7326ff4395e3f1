"""Filling in a survey and sending the answers. Each: ensure, change, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.notifications.following import follow_by_taking_part
from participation.policy import Actor, ensure, signed_in
from participation.spaces.queries import open_features
from participation.surveys.events import SurveyAnswered
from participation.surveys.models import Access, Survey, SurveyAnswer, SurveyState
from participation.surveys.policy import may_answer, now_in
from participation.surveys.queries import own_sheet, questions_of
from participation.surveys.questions import Errors, judge
from participation.web.errors import NotFound


class Incomplete(Exception):
    """Something is missing or wrong: message ids by field."""

    def __init__(self, errors: Errors) -> None:
        super().__init__(str(sorted(errors)))
        self.errors = errors


def save_typed(
    session: Session, actor: Actor, survey_id: int, typed: Mapping[str, Any], *, locale: str, now: datetime
) -> SurveyAnswer:
    """Keep what was typed so far; what was sent before stays as it was until it is sent again."""
    survey = _takes(session, actor, survey_id, now)
    ensure(signed_in(actor))
    sheet = _sheet(session, survey, actor, locale, now)
    sheet.typed, sheet.saved_at = {**sheet.typed, **typed}, now
    return sheet


def send_answers(
    session: Session, actor: Actor, survey_id: int, typed: Mapping[str, Any], *, locale: str, now: datetime
) -> SurveyAnswer:
    """Send a whole form. Of one person the last one counts; from the first one on the questions stay as they are.

    Raises:
        Incomplete: answers are missing or cannot be used.
    """
    survey = _takes(session, actor, survey_id, now)
    frozen = update(Survey).where(Survey.id == survey_id, Survey.frozen_at.is_(None)).values(frozen_at=now)
    if survey.frozen_at is None:  # waits for whoever is changing a question, and is undone if the answers are refused
        session.execute(frozen, execution_options={"synchronize_session": False})
    said, errors = judge(questions_of(session, survey_id), typed)
    if errors:
        raise Incomplete(errors)
    sheet = _sheet(session, survey, actor, locale, now)
    first = sheet.sent_at is None
    sheet.typed, sheet.said, sheet.sent_at, sheet.saved_at, sheet.locale = {}, said, now, now, locale
    session.flush()
    if actor.signed_in:
        follow_by_taking_part(session, actor.id, survey_id, now)
    fact = SurveyAnswered(survey_id=survey_id, first=first)
    record(session, fact, actor=None, subject_id=survey_id, now=now)
    return sheet


def _takes(session: Session, actor: Actor, survey_id: int, now: datetime) -> Survey:
    # waits for whoever is changing or closing it, but not for others who answer (FOR KEY SHARE)
    wanted = select(Survey).where(Survey.id == survey_id).with_for_update(read=True, key_share=True)
    survey = session.scalars(wanted, execution_options={"populate_existing": True}).first()
    if survey is None:
        raise NotFound
    state = now_in(SurveyState(survey.state), survey.closes_at, now)
    features = open_features(session, survey.process_id, now)
    ensure(may_answer(actor, Access(survey.access), state, features))
    return survey


def _sheet(session: Session, survey: Survey, actor: Actor, locale: str, now: datetime) -> SurveyAnswer:
    """The person's one sheet; a new one for whoever has no account."""
    if actor.id is None:
        sheet = SurveyAnswer(survey_id=survey.id, typed={}, locale=locale, saved_at=now)
        session.add(sheet)
        return sheet
    row = {"survey_id": survey.id, "account_id": actor.id, "typed": {}, "locale": locale, "saved_at": now}
    session.execute(insert_ignore(SurveyAnswer, dialect_name(session)).values(row))
    found = own_sheet(session, survey.id, actor.id)
    assert found is not None  # just made, or made before
    return found
