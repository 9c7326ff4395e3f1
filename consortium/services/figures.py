"""The number of new services, as a figure for KPIs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.services.models import Service, ServiceStep
from consortium.services.queries import first_days
from participation.figures import Figure
from participation.policy import N_
from participation.web.i18n import ZONE


def new_services(session: Session, moments: Sequence[datetime]) -> list[int | None]:
    """The services that had begun by each moment, those that ran before the catalogue left out; None before its first
    entry. Two queries."""
    opened = _opened(session)
    days = sorted(_new(session, opened).values())
    return [
        sum(day <= moment.astimezone(ZONE).date() for day in days) if opened is not None and opened <= moment else None
        for moment in moments
    ]


def new_service_records(session: Session, moment: datetime) -> Iterable[tuple[date, str, str]]:
    """Each of them by the day on which it began."""
    until = moment.astimezone(ZONE).date()
    days = {key: day for key, day in _new(session, _opened(session)).items() if day <= until}
    rows = session.scalars(select(Service).where(Service.id.in_(days)))
    return sorted((days[row.id], row.name.to("ja"), f"/services/{row.slug}") for row in rows)


def _opened(session: Session) -> datetime | None:
    """When the first service was entered."""
    return session.scalar(select(func.min(ServiceStep.at)))


def _new(session: Session, opened: datetime | None) -> dict[int, date]:
    if opened is None:
        return {}
    first = opened.astimezone(ZONE).date()
    return {key: day for key, day in first_days(session).items() if day >= first}


def service_figures() -> tuple[Figure, ...]:
    return (
        Figure(
            name="services_new",
            label=N_("New services"),
            says=N_(
                "Services that began on or after the day on which the catalogue got its first entry, added up over the "
                "years. One that ran before is not new; one that ended later still counts."
            ),
            at=new_services,
            heads=("began", "name", "path"),
            records=new_service_records,
            path="/services",
        ),
    )
