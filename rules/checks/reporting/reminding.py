"""Reminding representatives of reports. Whether one is due or late is asked of records and clock, never of this."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from participation.component import Job, Registry
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.services import Services
from rules.checks.reporting.events import SelfReportDue
from rules.checks.reporting.findings import Asked
from rules.checks.reporting.models import ReportReminder
from rules.checks.reporting.notices import BEGUN, OVER
from rules.checks.reporting.queries import asked_of_everybody

MARKS = (1, 7, 30)  # days before the time is over; besides, when it begins and when it is over


def remind(services: Services, now: datetime) -> None:
    """The worker's job: tell each organisation once at each mark; of marks that passed unseen, the last one only."""
    with services.db.read() as session:
        found = list(due(session, services.registry, now))
    for asked, mark in found:
        services.db.write(lambda session, asked=asked, mark=mark: _tell(session, asked, mark, now))


def due(session: Session, registry: Registry, now: datetime) -> Iterator[tuple[Asked, int]]:
    """Every report that somebody has to write or correct, with the mark that it has reached."""
    for asked in asked_of_everybody(session, registry, now):
        if asked.open:
            yield asked, mark_of(asked.progress.due - now)


def mark_of(left: timedelta) -> int:
    """The mark that is reached when so much time is left."""
    if left <= timedelta():
        return OVER
    return next((mark for mark in MARKS if left <= timedelta(days=mark)), BEGUN)


def _tell(session: Session, asked: Asked, mark: int, now: datetime) -> None:
    about = {
        "organisation_id": asked.subject.id,
        "document_id": asked.article.document_id,
        "article": asked.article.key,
        "year": asked.year.number,
        "days": mark,
    }
    row = insert_ignore(ReportReminder, dialect_name(session)).values(**about, at=now)
    if session.execute(row.returning(ReportReminder.days)).first() is not None:
        record(session, SelfReportDue(**about), actor=None, subject_id=asked.subject.id, now=now)


JOBS = (Job("remind of yearly reports", remind, every=timedelta(hours=1)),)
