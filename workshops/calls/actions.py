"""Applying, confirming, changing, withdrawing; and forgetting in time. Each: ensure the policy, change, record."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from participation.consents.actions import OTHER_WORDS, grant
from participation.consents.models import Way
from participation.consents.queries import published_version, purpose_by_key
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.mail import send_mail
from participation.policy import Actor, ensure, takes_part
from participation.subjects import Subject
from participation.web.errors import Conflict, NotFound
from workshops.calls.links import Links
from workshops.calls.policy import may_edit, may_withdraw
from workshops.events import ApplicationMade, ApplicationsErased, ApplicationWithdrawn
from workshops.models import State, Workshop, WorkshopApplication, WorkshopMember
from workshops.policy import may_apply

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: nothing is taken for something else on paper
LENGTH = 10


@dataclass(frozen=True, kw_only=True)
class Said:
    """What somebody writes into the form. `agreed` is the number of the version of the purpose that was read."""

    name: str
    answers: Mapping[str, str]
    declared: Sequence[str] = ()
    needs: str = ""
    email: str = ""  # of whoever has no account
    locale: str = "ja"
    agreed: int = 0


def apply(
    session: Session, actor: Actor, workshop_id: int, said: Said, *, links: Links, way: Way = Way.PAGE, now: datetime
) -> WorkshopApplication:
    """Apply. With an account it counts at once and brings an earlier one of the same person up to date; without, a link
    is mailed that confirms it. What a stranger is answered never tells whether an address had applied before.

    Raises:
        Refused: see `may_apply`.
        Conflict: the words of the purpose have changed since they were read.
    """
    workshop = _workshop(session, workshop_id)
    ensure(may_apply(workshop, session.get_one(Subject, workshop_id).visible, now))
    version = published_version(session, purpose_by_key(session, workshop.purpose).id)
    if version is None or version.number != said.agreed:
        raise Conflict(OTHER_WORDS)
    if actor.signed_in:
        ensure(takes_part(actor))
        grant(session, actor, workshop.purpose, secret=links.secret, way=way, number=said.agreed, now=now)
    row = _found_or_new(session, actor, workshop, said, now)
    if actor.signed_in or row.email_confirmed_at is None:
        _write(row, said, now)
        row.purpose_version_id, row.agreed_at = version.id, now
    if actor.signed_in:
        row.account_id, row.email = actor.id, actor.email or None
        _count(session, row, now)
    session.flush()
    if not actor.signed_in:
        _mail_link(session, workshop, row, links, now)
    return row


def confirm(session: Session, application_id: int, *, now: datetime) -> None:
    """The button of the mailed link was pressed: from now on the application counts.

    Raises:
        Refused: the call is closed.
    """
    row = _held(session, application_id)
    workshop = _workshop(session, row.workshop_id)
    ensure(may_apply(workshop, session.get_one(Subject, workshop.id).visible, now))
    _count(session, row, now)
    session.flush()


def change_application(session: Session, application_id: int, said: Said, *, now: datetime) -> None:
    """By whoever holds its personal address."""
    row = _held(session, application_id)
    workshop = _workshop(session, row.workshop_id)
    ensure(may_edit(workshop, row, session.get_one(Subject, workshop.id).visible, now))
    _write(row, said, now)
    session.flush()


def withdraw_application(session: Session, application_id: int, *, now: datetime) -> None:
    """While the call runs, everything is deleted at once; later the number stays in the pool and the personal goes."""
    row = _held(session, application_id)
    workshop = _workshop(session, row.workshop_id)
    ensure(may_withdraw(workshop, row))
    if workshop.state == State.RECRUITING:
        session.delete(row)
    else:
        row.name, row.email, row.needs, row.declared = "", None, "", []
        row.withdrawn_at = row.updated_at = now
    session.flush()
    fact = ApplicationWithdrawn(workshop_id=workshop.id, number=row.number)
    record(session, fact, actor=None, subject_id=workshop.id, now=now)


def erase_applications(session: Session, workshop_id: int, *, now: datetime) -> int:
    """The time that applicants agreed to is over: all of it goes. Returns how many there were."""
    kept = update(WorkshopMember).where(WorkshopMember.workshop_id == workshop_id)
    session.execute(kept.values(application_id=None), execution_options={"synchronize_session": False})
    gone = delete(WorkshopApplication).where(WorkshopApplication.workshop_id == workshop_id)
    number = len(session.execute(gone.returning(WorkshopApplication.id)).all())
    if number:
        fact = ApplicationsErased(workshop_id=workshop_id, applications=number)
        record(session, fact, actor=None, subject_id=workshop_id, now=now)
    return number


def new_number() -> str:
    """What stands for a person in the published pool: 50 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def _workshop(session: Session, workshop_id: int) -> Workshop:
    """Held against its next step, but not against other applicants."""
    row = session.get(Workshop, workshop_id, with_for_update={"read": True}, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _held(session: Session, application_id: int) -> WorkshopApplication:
    row = session.get(WorkshopApplication, application_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _found_or_new(
    session: Session, actor: Actor, workshop: Workshop, said: Said, now: datetime
) -> WorkshopApplication:
    """The application of this account or of this address, which only its owner's mail confirms; else a new one."""
    email = (actor.email if actor.signed_in else said.email) or None
    same = WorkshopApplication.email == email
    if actor.signed_in:
        same = or_(WorkshopApplication.account_id == actor.id, same) if email else (
            WorkshopApplication.account_id == actor.id
        )  # fmt: skip
    found = (
        select(WorkshopApplication)
        .where(WorkshopApplication.workshop_id == workshop.id, same)
        .order_by(WorkshopApplication.account_id.is_(None))
        .with_for_update()
    )
    row = session.scalars(found.limit(1)).first()
    if row is not None:
        return row
    values = {"workshop_id": workshop.id, "number": new_number(), "created_at": now, "updated_at": now}
    about = {"email": email, "account_id": actor.id, "name": said.name, "locale": said.locale, "answers": {}}
    inserting = insert_ignore(WorkshopApplication, dialect_name(session)).values(
        **values, **about, declared=[], needs=""
    )
    session.execute(inserting)  # a raced one is found by the next line
    return session.scalars(found.limit(1)).one()


def _write(row: WorkshopApplication, said: Said, now: datetime) -> None:
    row.name, row.answers, row.declared, row.needs = said.name, dict(said.answers), list(said.declared), said.needs
    row.locale, row.updated_at = said.locale, now


def _count(session: Session, row: WorkshopApplication, now: datetime) -> None:
    if row.email_confirmed_at is None:
        row.email_confirmed_at = now
        fact = ApplicationMade(workshop_id=row.workshop_id)
        record(session, fact, actor=None, subject_id=row.workshop_id, now=now)


def _mail_link(session: Session, workshop: Workshop, row: WorkshopApplication, links: Links, now: datetime) -> None:
    there = row.email_confirmed_at is not None
    values = {
        "title": workshop.title.to(row.locale),
        "link": links.url(workshop.slug, row),
        "there": there,
        "closes_at": workshop.call_closes_at,
    }
    send_mail(session, row.email or "", "workshops/calls/mail/link", values, row.locale, now)
