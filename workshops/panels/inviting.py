"""Invitations: offering a place, and the answer of whoever has it."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.events import record
from participation.policy import Actor, ensure
from participation.web.errors import NotFound
from workshops.actions import held as held_workshop
from workshops.boards.leaving import leave
from workshops.members import add_member
from workshops.models import Workshop, WorkshopApplication, WorkshopMember
from workshops.panels.closing import counting
from workshops.panels.events import InvitationAnswered, InvitationMade
from workshops.panels.mailing import (
    ACCEPTED,
    INVITATION,
    NOT_DRAWN,
    REPLACEMENT,
    Office,
    send_letter,
)
from workshops.panels.models import Answer, WorkshopDraw, WorkshopInvitation
from workshops.panels.policy import may_answer


def invite(
    session: Session, office: Office, workshop: Workshop, draw: WorkshopDraw, number: str, *, now: datetime,
    replaces: WorkshopInvitation | None = None,
) -> WorkshopInvitation:  # fmt: skip
    """Offer a place to whoever has this number; who has withdrawn meanwhile gives it back in the same moment."""
    application = application_by(session, workshop.id, number)
    here = application is not None and application.withdrawn_at is None
    row = WorkshopInvitation(
        workshop_id=workshop.id,
        number=number,
        application_id=application.id if application else None,
        round=replaces.round + 1 if replaces else 1,
        replaces=replaces.number if replaces else "",
        state=Answer.INVITED if here else Answer.WITHDRAWN,
        invited_at=now,
        deadline=_deadline(workshop, draw, now),
    )
    session.add(row)
    session.flush()
    fact = InvitationMade(workshop_id=workshop.id, invitation_id=row.id)
    record(session, fact, actor=None, subject_id=workshop.id, now=now)
    if here and application is not None:
        send_letter(session, office, REPLACEMENT if replaces else INVITATION, workshop, application, row, now=now)
    return row


def _deadline(workshop: Workshop, draw: WorkshopDraw, now: datetime) -> datetime:
    """The announced days, but not beyond half of what is left until the workshop."""
    assert workshop.starts_at is not None  # a workshop whose call was announced has a day
    return min(now + timedelta(days=draw.answer_days), now + max(timedelta(), workshop.starts_at - now) / 2)


def answer(
    session: Session, office: Office, actor: Actor | None, workshop_id: int, number: str, to: Answer, *,
    now: datetime,
) -> WorkshopInvitation:  # fmt: skip
    """Accept, decline, or give an accepted place back. The same answer twice changes nothing. Who may say it, the
    caller has asked: the mailed link, the account of the application, or an organiser.

    Raises:
        NotFound: nobody with this number is invited.
        Refused: see `may_answer`.
    """
    workshop = held_workshop(session, workshop_id)
    row = invitation_by(session, workshop_id, number)
    if row is None:
        raise NotFound
    if row.state == to:
        return row
    application = application_by(session, workshop_id, number)
    ensure(may_answer(row, workshop, application, to, now))
    assert application is not None  # else it was refused
    put(session, actor, row, to, now=now)
    if to == Answer.ACCEPTED:
        joined = add_member(
            session, None, workshop_id, name=application.name, account_id=application.account_id,
            application_id=application.id, now=now,
        )  # fmt: skip
        join_url = f"{office.base_url}/workshops/{workshop.slug}/join/{joined.key}" if joined.key else ""
        send_letter(session, office, ACCEPTED, workshop, application, row, now=now, join_url=join_url)
    return row


def put(session: Session, actor: Actor | None, row: WorkshopInvitation, to: Answer, *, now: datetime) -> None:
    """The new state; a place that was accepted is taken back."""
    was, row.state, row.answered_at = row.state, to, now
    session.flush()
    if was == Answer.ACCEPTED and row.application_id is not None:
        mine = (WorkshopMember.workshop_id == row.workshop_id, WorkshopMember.application_id == row.application_id)
        there = select(WorkshopMember).where(*mine, WorkshopMember.checked_in_at.is_(None)).with_for_update()
        if (member := session.scalar(there)) is not None:
            leave(session, member, now=now)
    fact = InvitationAnswered(workshop_id=row.workshop_id, invitation_id=row.id, state=to)
    record(session, fact, actor=actor, subject_id=row.workshop_id, now=now)


def tell_the_rest(
    session: Session, office: Office, workshop: Workshop, selected: Collection[str], *, now: datetime
) -> None:
    """Who applied and was not drawn."""
    chosen = set(selected)
    for application in session.scalars(select(WorkshopApplication).where(*counting(workshop.id))):
        if application.number not in chosen:
            send_letter(session, office, NOT_DRAWN, workshop, application, None, now=now)


def application_by(session: Session, workshop_id: int, number: str) -> WorkshopApplication | None:
    return session.scalar(
        select(WorkshopApplication).where(
            WorkshopApplication.workshop_id == workshop_id, WorkshopApplication.number == number
        )
    )


def invitation_by(session: Session, workshop_id: int, number: str) -> WorkshopInvitation | None:
    return session.scalar(
        select(WorkshopInvitation).where(
            WorkshopInvitation.workshop_id == workshop_id, WorkshopInvitation.number == number
        )
    )
