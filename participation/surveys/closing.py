"""What the worker does once the end of a survey has come."""

from datetime import datetime, timedelta

from participation.component import Job
from participation.services import Services
from participation.surveys.actions import close_survey
from participation.surveys.queries import overdue


def close(services: Services, now: datetime) -> None:
    """Close each in a transaction of its own."""
    with services.db.read() as session:
        numbers = overdue(session, now)
    for number in numbers:
        services.db.write(lambda session, number=number: close_survey(session, number, now=now))


JOBS = (Job("surveys", close, every=timedelta(minutes=1)),)
