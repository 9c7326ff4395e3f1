"""Reminding of quarterly reports. Whether one is due or late is asked of records and clock, never of this."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.segments.events import ServiceReportDue
from consortium.segments.models import ServiceReportReminder
from consortium.segments.notices import OVER, SAYS
from consortium.segments.quarters import Quarter, last_quarters
from consortium.segments.queries import asked_of
from participation.component import Job
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.services import Services
from participation.subjects import Subject

MARKS = sorted(SAYS)


def remind(services: Services, now: datetime) -> None:
    """The worker's job: tell of each report once at each mark; of marks that passed unseen, the last one only."""
    with services.db.read() as session:
        found = list(due(session, now))
    for service_id, quarter, mark in found:
        services.db.write(lambda session, about=(service_id, quarter, mark): _tell(session, *about, now))


def due(session: Session, now: datetime) -> Iterator[tuple[int, Quarter, int]]:
    """(service, quarter, mark) of every report on the newest quarter that is missing. Four queries."""
    newest = last_quarters(now, 1)[0]
    left = newest.deadline - now
    mark = OVER if left <= timedelta() else next((days for days in MARKS if left <= timedelta(days=days)), None)
    if mark is None:
        return
    shown = select(Subject.id).where(Subject.kind == "service", Subject.published_at.is_not(None))
    ids = session.scalars(shown.where(Subject.hidden_at.is_(None)).order_by(Subject.id)).all()
    for service_id, asked in asked_of(session, ids, now).items():
        if any(each.quarter == newest and not each.reported for each in asked):
            yield service_id, newest, mark


def _tell(session: Session, service_id: int, quarter: Quarter, mark: int, now: datetime) -> None:
    about = {"service_id": service_id, "year": quarter.year, "quarter": quarter.number, "days": mark}
    row = insert_ignore(ServiceReportReminder, dialect_name(session)).values(**about, at=now)
    if session.execute(row.returning(ServiceReportReminder.days)).first() is not None:
        record(session, ServiceReportDue(**about), actor=None, subject_id=service_id, now=now)


JOBS = (Job("remind of quarterly reports", remind, every=timedelta(hours=1)),)
