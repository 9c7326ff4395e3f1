"""Words that people wrote, what is one's own, and what search knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.feedback.models import Feedback
from consortium.services.models import Service
from participation.db import Localized
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject


@dataclass(frozen=True)
class Voice:
    """Words as everybody reads them: no name, no segment."""

    id: int  # of the subject
    satisfaction: int
    body: str
    locale: str
    at: datetime
    hidden_reason: str
    hidden: bool
    mine: bool


@dataclass(frozen=True)
class OwnFeedback:
    id: int
    service: Localized
    slug: str
    satisfaction: int
    body: str
    at: datetime
    withdrawn: bool
    counted: bool


_WORDED = (Feedback.subject_id.is_not(None), Feedback.withdrawn_at.is_(None))


def voices(session: Session, actor: Actor, service_id: int, offset: int, limit: int) -> tuple[Voice, ...]:
    """A page of words, the newest first. One query."""
    rows = session.execute(
        select(Feedback, Subject.hidden_at, Subject.hidden_reason)
        .join(Subject, Subject.id == Feedback.subject_id)
        .where(Feedback.service_id == service_id, *_WORDED)
        .order_by(Feedback.id.desc())
        .offset(offset)
        .limit(limit)
    )
    return tuple(
        Voice(
            row.subject_id or 0,
            row.satisfaction,
            "" if hidden_at else row.body,
            row.locale,
            row.at,
            reason,
            hidden_at is not None,
            actor.id is not None and row.account_id == actor.id,
        )
        for row, hidden_at, reason in rows
    )


def count_voices(session: Session, service_id: int) -> int:
    wanted = select(func.count()).select_from(Feedback).where(Feedback.service_id == service_id, *_WORDED)
    return session.scalar(wanted) or 0


def place_of(session: Session, subject_id: int) -> tuple[str, int] | None:
    """(slug of the service, how many words are newer) of these words; None where they are not shown any more."""
    row = session.execute(
        select(Feedback.id, Feedback.service_id, Service.slug)
        .join(Service, Service.id == Feedback.service_id)
        .where(Feedback.subject_id == subject_id, *_WORDED)
    ).first()
    if row is None:
        return None
    newer = select(func.count()).where(Feedback.service_id == row.service_id, Feedback.id > row.id, *_WORDED)
    return row.slug, session.scalar(newer) or 0


def own_feedback(session: Session, account_id: int, limit: int = 100) -> tuple[OwnFeedback, ...]:
    """What a person gave, the newest first. One query."""
    rows = session.execute(
        select(Feedback, Service.name, Service.slug)
        .join(Service, Service.id == Feedback.service_id)
        .where(Feedback.account_id == account_id)
        .order_by(Feedback.id.desc())
        .limit(limit)
    )
    return tuple(
        OwnFeedback(
            row.id,
            name,
            slug,
            row.satisfaction,
            row.body,
            row.at,
            row.withdrawn_at is not None,
            row.withdrawn_at is None and row.superseded_at is None,
        )
        for row, name, slug in rows
    )


def feedback_document(session: Session, subject_id: int) -> SearchDocument | None:
    """What search knows of somebody's words; None once they are withdrawn or hidden, or the service is."""
    row = session.scalars(select(Feedback).where(Feedback.subject_id == subject_id, *_WORDED)).first()
    own = session.get(Subject, subject_id)
    about = session.get(Subject, row.service_id) if row else None
    if row is None or own is None or not own.visible or about is None or not about.visible:
        return None
    return SearchDocument(
        subject_id=subject_id,
        kind="feedback",
        locale=row.locale,
        title="",
        about=about.title,
        body=row.body,
        published_at=row.at,
    )


def readable_feedback(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[int]:
    """Those of some visible words that can be opened: not withdrawn, on a service that everybody may see."""
    wanted = (
        select(Feedback.subject_id)
        .join(Subject, Subject.id == Feedback.service_id)
        .where(Feedback.subject_id.in_(ids), *_WORDED)
        .where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    )
    return [each for each in session.scalars(wanted) if each is not None]
