"""Giving feedback, adding words, taking it back. Each: ensure, change, record."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from consortium.feedback.events import FeedbackGiven, FeedbackWithdrawn, FeedbackWorded
from consortium.feedback.models import Feedback
from consortium.feedback.policy import may_give, may_withdraw, may_word
from consortium.services.queries import Line
from participation.events import record
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from participation.web.i18n import ZONE


@dataclass(frozen=True, kw_only=True)
class Words:
    """What may be said besides the tap; every part may be left out."""

    body: str = ""
    area_id: int | None = None
    age_band: str | None = None


def give_feedback(
    session: Session, actor: Actor, service: Line, satisfaction: int, words: Words, *, locale: str, now: datetime
) -> Feedback:
    """One tap (1..5), with words or without. A person's earlier one of the same month counts no more.

    Raises:
        IntegrityError: the same person gave feedback in this very moment; answered as a conflict.
    """
    ensure(may_give(actor, service.owner_ids, service.state, service.visible))
    month = now.astimezone(ZONE).strftime("%Y-%m")
    if actor.id is not None:
        same = (Feedback.service_id == service.id, Feedback.account_id == actor.id, Feedback.month == month)
        earlier = update(Feedback).where(*same, Feedback.superseded_at.is_(None), Feedback.withdrawn_at.is_(None))
        session.execute(earlier.values(superseded_at=now), execution_options={"synchronize_session": False})
    row = Feedback(service_id=service.id, satisfaction=satisfaction, account_id=actor.id, month=month, at=now)
    row.body, row.locale = "", locale
    session.add(row)
    session.flush()
    fact = FeedbackGiven(feedback_id=row.id, service_id=service.id, satisfaction=satisfaction)
    record(session, fact, actor=None, subject_id=service.id, now=now)
    _say(session, row, words, now)
    return row


def add_words(session: Session, actor: Actor, feedback_id: int, words: Words, *, now: datetime) -> Feedback:
    """Words and, if they like, where they live and how old they are."""
    row = found_feedback(session, feedback_id)
    ensure(may_word(actor, row))
    _say(session, row, words, now)
    return row


def withdraw_feedback(session: Session, actor: Actor, feedback_id: int, *, now: datetime) -> Feedback:
    """It counts no more, and its words are deleted."""
    row = found_feedback(session, feedback_id)
    ensure(may_withdraw(actor, row))
    row.withdrawn_at, row.body, row.area_id, row.age_band = now, "", None, None
    if row.subject_id is not None:
        mark_for_indexing(session, row.subject_id, now)
    fact = FeedbackWithdrawn(feedback_id=row.id, service_id=row.service_id)
    record(session, fact, actor=None, subject_id=row.subject_id or row.service_id, now=now)
    return row


def found_feedback(session: Session, feedback_id: int) -> Feedback:
    """The row, locked. Raises NotFound."""
    row = session.get(Feedback, feedback_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _say(session: Session, row: Feedback, words: Words, now: datetime) -> None:
    row.area_id, row.age_band = words.area_id or row.area_id, words.age_band or row.age_band
    if not words.body:
        return
    title = session.get_one(Subject, row.service_id).title
    more = {"author_id": row.account_id, "locale": row.locale, "published": True}
    row.body, row.subject_id = words.body, create_subject(session, "feedback", title=title, now=now, **more).id
    session.flush()
    mark_for_indexing(session, row.subject_id, now)
    fact = FeedbackWorded(feedback_id=row.id, service_id=row.service_id)
    record(session, fact, actor=None, subject_id=row.subject_id, now=now)
