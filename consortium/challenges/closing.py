"""After the deadline of a challenge the worker records that it is closed, so that everybody concerned is told."""

from datetime import datetime, timedelta

from consortium.challenges.actions import close_challenge
from consortium.challenges.queries import overdue
from participation.component import Job
from participation.services import Services
from participation.web.i18n import ZONE


def close(services: Services, now: datetime) -> None:
    with services.db.read() as session:
        found = overdue(session, now.astimezone(ZONE).date())
    for number in found:
        services.db.write(lambda session, number=number: close_challenge(session, number, now=now))


JOBS = (Job("close challenges", close, every=timedelta(minutes=10)),)
