"""A draft that becomes public takes its team along."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.outcomes.models import Outcome
from participation.events import StoredEvent
from participation.notifications.following import follow_by_taking_part
from participation.subjects import Subject
from workshops.boards.models import Note, Poster
from workshops.models import WorkshopMember


def team_follows(session: Session, event: StoredEvent) -> None:
    """Of a proposal or pilot that was a draft until now: its team hears of each later step, unless they said that they
    don't want to."""
    target = session.get(Subject, event.subject_id or 0)
    if target is None or not target.visible:
        return
    own = (
        select(WorkshopMember.account_id)
        .join(Outcome, Outcome.target_id == target.id)
        .outerjoin(Poster, Poster.id == Outcome.poster_id)
        .outerjoin(Note, Note.id == Outcome.note_id)
        .where(WorkshopMember.team_id == func.coalesce(Poster.team_id, Note.team_id))
        .where(WorkshopMember.account_id.is_not(None))
    )
    for account_id in session.scalars(own.order_by(WorkshopMember.id)).all():
        follow_by_taking_part(session, account_id, target.id, event.at)
