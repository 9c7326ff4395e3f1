"""Keeping the seats filled, by the worker: deadlines, places given back, who takes them, reminders, the full panel."""

from datetime import datetime, timedelta

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.events import record
from workshops.actions import held as held_workshop
from workshops.actions import move_workshop
from workshops.draw.port import replace_people
from workshops.members import participants
from workshops.models import State, Workshop, WorkshopApplication
from workshops.panels.actions import result_of
from workshops.panels.closing import held
from workshops.panels.events import DayIsNear, InvitationReminded
from workshops.panels.files import problem_in
from workshops.panels.inviting import application_by, invite, put
from workshops.panels.mailing import DAY, EXPIRED, REMINDER, Office, send_letter
from workshops.panels.models import HOLDING, Answer, WorkshopDraw, WorkshopInvitation
from workshops.panels.policy import UPCOMING

REMINDED = timedelta(days=2)  # before the deadline, and before the day


def keep_seats(
    session: Session, office: Office, workshop_id: int, *, registry: Registry, now: datetime
) -> None:
    """All of it for one workshop, in one transaction. Nothing happens once the workshop has begun."""
    workshop = held_workshop(session, workshop_id)
    if State(workshop.state) not in UPCOMING or workshop.starts_at is None or workshop.starts_at <= now:
        return
    draw = held(session, workshop_id)
    _expire(session, office, workshop, now)
    _withdraw(session, workshop, now)
    while (left := _next_left(session, workshop_id)) is not None:
        _replace(session, office, workshop, draw, left, now)
    _remind(session, office, workshop, now)
    if workshop.reminded_at is None and workshop.starts_at <= now + REMINDED:
        _remind_of_day(session, office, workshop, now)
    if workshop.state == State.DRAWING and participants(session, workshop_id) >= workshop.capacity:
        move_workshop(session, None, workshop_id, State.CONFIRMED, registry=registry, now=now)


def _expire(session: Session, office: Office, workshop: Workshop, now: datetime) -> None:
    for row in session.scalars(_mine(workshop, Answer.INVITED).where(WorkshopInvitation.deadline <= now)):
        put(session, None, row, Answer.EXPIRED, now=now)
        if (application := application_by(session, workshop.id, row.number)) is not None:
            send_letter(session, office, EXPIRED, workshop, application, row, now=now)


def _withdraw(session: Session, workshop: Workshop, now: datetime) -> None:
    """Who withdrew the application, or left the platform, holds no place."""
    gone = (
        select(WorkshopInvitation)
        .outerjoin(WorkshopApplication, WorkshopApplication.id == WorkshopInvitation.application_id)
        .where(WorkshopInvitation.workshop_id == workshop.id, WorkshopInvitation.state.in_(HOLDING))
        .where(WorkshopApplication.id.is_(None) | WorkshopApplication.withdrawn_at.is_not(None))
        .order_by(WorkshopInvitation.id)
    )
    for row in session.scalars(gone).all():
        put(session, None, row, Answer.WITHDRAWN, now=now)


def _next_left(session: Session, workshop_id: int) -> WorkshopInvitation | None:
    """The next place that came back: the earliest answer, at the same moment the smallest number."""
    return session.scalar(
        select(WorkshopInvitation)
        .where(WorkshopInvitation.workshop_id == workshop_id, WorkshopInvitation.state.not_in(HOLDING))
        .where(WorkshopInvitation.left_place.is_(None))
        .order_by(func.coalesce(WorkshopInvitation.answered_at, WorkshopInvitation.invited_at))
        .order_by(WorkshopInvitation.number)
        .limit(1)
    )


def _replace(
    session: Session, office: Office, workshop: Workshop, draw: WorkshopDraw, left: WorkshopInvitation, now: datetime
) -> None:
    """Draw again for one place, exactly as `sanpo draw --replace` does from the published files."""
    leaving = [*leaving_order(session, workshop.id), left.number]
    problem = problem_in(draw.pool_csv, draw.quotas_csv, draw.seats)
    found = replace_people(problem, result_of(draw)["selected"], draw.seed, leaving)[-1]
    left.left_place, left.successor = len(leaving), found.number or ""
    session.flush()
    if found.number is not None:
        invite(session, office, workshop, draw, found.number, now=now, replaces=left)


def leaving_order(session: Session, workshop_id: int) -> list[str]:
    """The numbers whose place came back, in the order in which that was dealt with."""
    rows = (
        select(WorkshopInvitation.number)
        .where(WorkshopInvitation.workshop_id == workshop_id, WorkshopInvitation.left_place.is_not(None))
        .order_by(WorkshopInvitation.left_place)
    )
    return list(session.scalars(rows))


def _remind(session: Session, office: Office, workshop: Workshop, now: datetime) -> None:
    """Two days before the deadline, of invitations that had longer than that."""
    near = _mine(workshop, Answer.INVITED).where(
        WorkshopInvitation.deadline <= now + REMINDED, WorkshopInvitation.reminded_at.is_(None)
    )
    for row in session.scalars(near):
        application = application_by(session, workshop.id, row.number)
        if application is not None and row.deadline - row.invited_at > REMINDED:
            send_letter(session, office, REMINDER, workshop, application, row, now=now)
            fact = InvitationReminded(workshop_id=workshop.id, invitation_id=row.id)
            record(session, fact, actor=None, subject_id=workshop.id, now=now)
        row.reminded_at = now


def _remind_of_day(session: Session, office: Office, workshop: Workshop, now: datetime) -> None:
    """Whoever comes; who accepts later than that has just been told."""
    for row in session.scalars(_mine(workshop, Answer.ACCEPTED)):
        if (application := application_by(session, workshop.id, row.number)) is not None:
            send_letter(session, office, DAY, workshop, application, row, now=now)
    workshop.reminded_at = now
    record(session, DayIsNear(workshop_id=workshop.id), actor=None, subject_id=workshop.id, now=now)


def _mine(workshop: Workshop, state: Answer) -> Select[tuple[WorkshopInvitation]]:
    return (
        select(WorkshopInvitation)
        .where(WorkshopInvitation.workshop_id == workshop.id, WorkshopInvitation.state == state)
        .order_by(WorkshopInvitation.number)
    )
