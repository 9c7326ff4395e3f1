"""Reads of workshops: frozen views, a fixed number of queries each."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, RoleGrant
from participation.db import Localized
from participation.policy import Actor
from participation.spaces.models import Process
from participation.subjects import Subject
from participation.web.errors import NotFound
from workshops.models import State, Workshop, WorkshopApplication, WorkshopQuestion, WorkshopQuota
from workshops.policy import FACILITATOR, SCOPE, may_read, takes_applications


@dataclass(frozen=True, kw_only=True)
class WorkshopLine:
    """A workshop as lists show it."""

    workshop: Workshop
    stage: str  # one of labels.STAGES
    process_slug: str
    process_title: Localized

    @property
    def path(self) -> str:
        return f"/workshops/{self.workshop.slug}"


@dataclass(frozen=True, kw_only=True)
class WholeWorkshop:
    """A workshop with what it asks and for whom it keeps places. `applicants`: how many count at present."""

    workshop: Workshop
    subject: Subject
    stage: str
    process_slug: str
    process_title: Localized
    questions: tuple[WorkshopQuestion, ...]
    quotas: tuple[WorkshopQuota, ...]
    applicants: int

    @property
    def path(self) -> str:
        return f"/workshops/{self.workshop.slug}"

    def bounds(self, feature: str, value: str) -> WorkshopQuota | None:
        """The quota on an answer, if there is one."""
        return next((each for each in self.quotas if (each.feature, each.value) == (feature, value)), None)


@dataclass(frozen=True)
class Appointed:
    account_id: int
    name: str


def stage_of(workshop: Workshop, now: datetime) -> str:
    """Where it stands for readers; an announced call is open between its two moments only."""
    if workshop.state != State.RECRUITING:
        return str(workshop.state)
    if workshop.call_opens_at is not None and now < workshop.call_opens_at:
        return "later"
    return "open" if takes_applications(workshop, True, now) else "drawing"


def workshop_lines(
    session: Session, actor: Actor, now: datetime, *, process_id: int | None = None
) -> tuple[WorkshopLine, ...]:
    """All workshops that this reader may see, the newest first. One query."""
    rows = (
        select(Workshop, Subject, Process.slug, Process.title)
        .join(Subject, Subject.id == Workshop.id)
        .join(Process, Process.id == Workshop.process_id)
        .order_by(Workshop.starts_at.desc().nulls_first(), Workshop.id.desc())
    )
    if process_id is not None:
        rows = rows.where(Workshop.process_id == process_id)
    return tuple(
        WorkshopLine(workshop=row, stage=stage_of(row, now), process_slug=slug, process_title=title)
        for row, subject, slug, title in session.execute(rows)
        if may_read(actor, row, subject.visible)
    )


def whole_workshop(session: Session, actor: Actor, slug: str, now: datetime) -> WholeWorkshop:
    """Four queries.

    Raises:
        NotFound: there is none, or it is not this reader's to see.
    """
    found = session.execute(
        select(Workshop, Subject, Process.slug, Process.title)
        .join(Subject, Subject.id == Workshop.id)
        .join(Process, Process.id == Workshop.process_id)
        .where(Workshop.slug == slug)
    ).first()
    if found is None or not may_read(actor, found[0], found[1].visible):
        raise NotFound
    row, subject, process_slug, process_title = found
    return WholeWorkshop(
        workshop=row,
        subject=subject,
        stage=stage_of(row, now),
        process_slug=process_slug,
        process_title=process_title,
        questions=questions_of(session, row.id),
        quotas=quotas_of(session, row.id),
        applicants=count_applicants(session, row.id),
    )


def questions_of(session: Session, workshop_id: int) -> tuple[WorkshopQuestion, ...]:
    """What the application asks, in order."""
    asked = select(WorkshopQuestion).where(WorkshopQuestion.workshop_id == workshop_id)
    return tuple(session.scalars(asked.order_by(WorkshopQuestion.position, WorkshopQuestion.id)))


def quotas_of(session: Session, workshop_id: int) -> tuple[WorkshopQuota, ...]:
    kept = select(WorkshopQuota).where(WorkshopQuota.workshop_id == workshop_id)
    return tuple(session.scalars(kept.order_by(WorkshopQuota.position, WorkshopQuota.id)))


def count_applicants(session: Session, workshop_id: int) -> int:
    """Those whose address is confirmed and who have not withdrawn."""
    counts = (
        WorkshopApplication.workshop_id == workshop_id,
        WorkshopApplication.email_confirmed_at.is_not(None),
        WorkshopApplication.withdrawn_at.is_(None),
    )
    return session.scalar(select(func.count()).select_from(WorkshopApplication).where(*counts)) or 0


def facilitators(session: Session, workshop_id: int) -> tuple[Appointed, ...]:
    """Who was made facilitator of this workshop."""
    rows = session.execute(
        select(Account.id, Account.name)
        .join(RoleGrant, RoleGrant.account_id == Account.id)
        .where(RoleGrant.role == FACILITATOR, RoleGrant.scope_kind == SCOPE, RoleGrant.scope_id == workshop_id)
        .order_by(RoleGrant.id)
    )
    return tuple(Appointed(number, name) for number, name in rows)


def account_at(session: Session, email: str) -> int | None:
    """The account with this address, if its owner has proved it and may use it."""
    usable = (Account.email == email, Account.email_confirmed_at.is_not(None), Account.blocked_at.is_(None))
    return session.scalar(select(Account.id).where(*usable))
