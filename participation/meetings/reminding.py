"""Reminding people of what they took upon them: a week before, a day before, and once it is overdue.

Whether something is overdue is asked of its day and the clock, never of these rows.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import Job
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.meetings.events import ActionDue
from participation.meetings.models import ActionItem, ActionReminder
from participation.services import Services
from participation.web.i18n import ZONE

MARKS = (1, 7)  # days before it is due
OVER = -1


def remind(services: Services, now: datetime) -> None:
    """The worker's job: each owner once at each mark; of marks that passed unseen, the last one only."""
    today = now.astimezone(ZONE).date()
    with services.db.read() as session:
        found = list(due(session, today))
    for item_id, mark in found:
        services.db.write(lambda session, item_id=item_id, mark=mark: _tell(session, item_id, mark, now))


def due(session: Session, today: date) -> Iterator[tuple[int, int]]:
    """What is not done and has reached a mark of which its owner has not been told."""
    soon = today + timedelta(days=max(MARKS))
    rows = session.execute(
        select(ActionItem.id, ActionItem.due_on).where(ActionItem.done_at.is_(None), ActionItem.due_on <= soon)
    ).all()
    told = {(row.item_id, row.days) for row in session.scalars(select(ActionReminder))} if rows else set()
    for item_id, due_on in rows:
        mark = mark_of((due_on - today).days)
        if mark is not None and (item_id, mark) not in told:
            yield item_id, mark


def mark_of(left: int) -> int | None:
    """The mark that is reached when so many days are left; a task may be done on its whole last day."""
    if left < 0:
        return OVER
    return next((mark for mark in MARKS if left <= mark), None)


def _tell(session: Session, item_id: int, mark: int, now: datetime) -> None:
    row = insert_ignore(ActionReminder, dialect_name(session)).values(item_id=item_id, days=mark, at=now)
    if session.execute(row.returning(ActionReminder.item_id)).first() is not None:
        meeting_id = session.get_one(ActionItem, item_id).meeting_id
        record(session, ActionDue(item=item_id, days=mark), actor=None, subject_id=meeting_id, now=now)


JOBS = (Job("remind of tasks", remind, every=timedelta(hours=1)),)
