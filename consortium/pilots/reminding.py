"""Reminding leads of reports. Whether one is late is asked of records and clock, never of this."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from consortium.pilots.events import PilotReportDue
from consortium.pilots.models import Pilot, PilotReminder, PilotState
from consortium.pilots.queries import lines_of
from participation.component import Job
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.services import Services
from participation.web.i18n import ZONE


def remind(services: Services, now: datetime) -> None:
    """The worker's job: tell each lead once of each report that is due today or was."""
    today = now.astimezone(ZONE).date()
    with services.db.read() as session:
        lines = lines_of(session, Pilot.state == PilotState.RUNNING)
    for line in lines:
        if line.next_report and line.next_report <= today:
            services.db.write(lambda session, line=line: _tell(session, line.id, line.next_report, now))


def _tell(session: Session, pilot_id: int, due: date, now: datetime) -> None:
    row = insert_ignore(PilotReminder, dialect_name(session)).values(pilot_id=pilot_id, due=due, at=now)
    if session.execute(row.returning(PilotReminder.pilot_id)).first() is not None:
        fact = PilotReportDue(pilot_id=pilot_id, due=due.isoformat())
        record(session, fact, actor=None, subject_id=pilot_id, now=now)


JOBS = (Job("remind of reports on pilots", remind, every=timedelta(hours=1)),)
