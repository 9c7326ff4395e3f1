"""What the worker does for workshops: end the calls whose time is over."""

from datetime import datetime, timedelta

from sqlalchemy import select

from participation.component import Job
from participation.services import Services
from workshops.actions import move_workshop
from workshops.models import State, Workshop


def close_due(services: Services, now: datetime) -> None:
    """Each in a transaction of its own."""
    due = select(Workshop.id).where(Workshop.state == State.RECRUITING, Workshop.call_closes_at <= now)
    with services.db.read() as session:
        ids = session.scalars(due).all()
    for number in ids:
        services.db.write(
            lambda session, number=number: move_workshop(
                session, None, number, State.DRAWING, registry=services.registry, now=now
            )
        )


JOBS = (Job("close calls of workshops", close_due, every=timedelta(seconds=10)),)
