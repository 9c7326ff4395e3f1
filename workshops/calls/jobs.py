"""What the worker does for calls: forget in time, and tell people without an account what changed."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.component import Job
from participation.events import Event
from participation.mail import send_mail
from participation.services import Services
from workshops.calls.actions import erase_applications
from workshops.calls.links import Links
from workshops.events import WorkshopCalledOff, WorkshopChanged
from workshops.members import present_in
from workshops.models import Workshop, WorkshopApplication, WorkshopMember
from workshops.showing import calendar_of

UNCONFIRMED = timedelta(hours=48)
TELLING = (WorkshopChanged.TYPE, WorkshopCalledOff.TYPE)
RECENT = timedelta(days=2)  # a worker that was stopped for longer tells nobody what is old


def forget_unconfirmed(services: Services, now: datetime) -> None:
    """Whoever never opened the mailed link has not applied: nothing of it is kept."""
    stale = (WorkshopApplication.email_confirmed_at.is_(None), WorkshopApplication.created_at < now - UNCONFIRMED)
    with services.db.read() as session:
        ids = session.scalars(select(WorkshopApplication.id).where(*stale)).all()
    if ids:
        gone = delete(WorkshopApplication).where(WorkshopApplication.id.in_(ids), *stale)
        services.db.write(lambda session: session.execute(gone) and None)


def forget_applications(services: Services, now: datetime) -> None:
    """`retention_days` after the day, or after it was called off, all applications to a workshop are deleted."""
    asked = select(WorkshopApplication.workshop_id).distinct()
    with services.db.read() as session:
        rows = session.scalars(select(Workshop).where(Workshop.id.in_(asked))).all()
        due = [row.id for row in rows if _over(row, now)]
    for number in due:
        services.db.write(lambda session, number=number: erase_applications(session, number, now=now))


def _over(row: Workshop, now: datetime) -> bool:
    end = row.called_off_at or row.ends_at
    return end is not None and end + timedelta(days=row.retention_days) <= now


def tell_applicants(services: Services, now: datetime) -> None:
    """Whoever has an account gets a notice; the others a mail, once for each change."""
    recent = (
        select(Event.uid, Event.type, Event.subject_id)
        .join(Workshop, Workshop.id == Event.subject_id)
        .where(Workshop.updated_at > now - RECENT, Event.type.in_(TELLING), Event.at > now - RECENT)
        .order_by(Event.id)
    )
    links = Links(services.secret, services.settings.base_url)
    with services.db.read() as session:
        waiting = [tuple(row) for row in session.execute(recent)]
    for uid, kind, workshop_id in waiting:
        services.db.write(
            lambda session, about=(uid, kind, workshop_id): _tell(session, *about, links, now), wake=False
        )


def _tell(session: Session, uid: str, kind: str, workshop_id: int, links: Links, now: datetime) -> None:
    workshop = session.get_one(Workshop, workshop_id)
    rows = select(WorkshopApplication).where(
        WorkshopApplication.workshop_id == workshop_id,
        WorkshopApplication.account_id.is_(None),
        WorkshopApplication.email.is_not(None),
        WorkshopApplication.email_confirmed_at.is_not(None),
        WorkshopApplication.withdrawn_at.is_(None),
    )
    coming = set(
        session.scalars(select(WorkshopMember.application_id).where(present_in(workshop_id)))
    )
    for row in session.scalars(rows):
        values: dict[str, Any] = {
            "title": workshop.title.to(row.locale),
            "off": kind == WorkshopCalledOff.TYPE,
            "reason": workshop.called_off_reason,
            "starts_at": workshop.starts_at,
            "ends_at": workshop.ends_at,
            "venue": workshop.venue.to(row.locale),
            "address": workshop.address.to(row.locale),
            "link": links.url(workshop.slug, row),
        }
        calendar = calendar_of(workshop, links.base_url, row.locale, now) if row.id in coming else ""
        about = ("workshops/calls/mail/changed", values, row.locale, now, f"{uid}-{row.id}")
        send_mail(session, row.email or "", *about, calendar=calendar)


JOBS = (
    Job("forget applications that nobody confirmed", forget_unconfirmed, every=timedelta(minutes=30)),
    Job("forget applications in time", forget_applications, every=timedelta(hours=1)),
    Job("tell applicants without an account", tell_applicants, every=timedelta(seconds=30)),
)
