"""Reads of moderation: the desk's queue and the public report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.moderation.models import Appeal, Decision, ModerationStep, Report
from participation.subjects import Subject
from participation.web.paging import Paging


@dataclass(frozen=True)
class QueueItem:
    """A thing that somebody reported or whose hiding is appealed against."""

    subject_id: int
    kind: str
    title: str
    author: str
    reports: int
    since: datetime
    hidden: bool


@dataclass(frozen=True)
class ReportView:
    ground: str
    text: str
    at: datetime


@dataclass(frozen=True)
class StepView:
    kind: str
    step: str
    ground: str
    at: datetime
    subject_id: int


def queue(session: Session, paging: Paging) -> tuple[list[QueueItem], int]:
    """Reported things, the longest waiting first, and how many there are."""
    waiting = (
        select(Report.subject_id, func.count().label("reports"), func.min(Report.at).label("since"))
        .where(Report.state == Decision.OPEN)
        .group_by(Report.subject_id)
        .subquery()
    )
    total = session.execute(select(func.count()).select_from(waiting)).scalar_one()
    rows = session.execute(
        select(waiting, Subject.kind, Subject.title, Subject.hidden_at, Account.name)
        .join(Subject, Subject.id == waiting.c.subject_id)
        .outerjoin(Account, Account.id == Subject.author_id)
        .order_by(waiting.c.since, waiting.c.subject_id)
        .limit(paging.per_page)
        .offset(paging.offset)
    )
    return [_item(row) for row in rows], total


def appeals(session: Session) -> list[QueueItem]:
    """Things whose hiding is appealed against, the longest waiting first."""
    rows = session.execute(
        select(
            Appeal.subject_id,
            Appeal.at.label("since"),
            Subject.kind,
            Subject.title,
            Subject.hidden_at,
            Account.name,
        )
        .join(Subject, Subject.id == Appeal.subject_id)
        .outerjoin(Account, Account.id == Appeal.author_id)
        .where(Appeal.state == Decision.OPEN)
        .order_by(Appeal.at)
        .limit(100)
    )
    return [_item(row) for row in rows]


def reports_on(session: Session, subject_id: int) -> list[ReportView]:
    rows = session.execute(
        select(Report.ground, Report.text, Report.at)
        .where(Report.subject_id == subject_id, Report.state == Decision.OPEN)
        .order_by(Report.at)
        .limit(200)
    )
    return [ReportView(row.ground, row.text, row.at) for row in rows]


def steps(session: Session, paging: Paging | None = None) -> tuple[list[StepView], int]:
    """The public record of steps, newest first."""
    total = session.execute(select(func.count()).select_from(ModerationStep)).scalar_one()
    wanted = select(ModerationStep).order_by(ModerationStep.id.desc())
    if paging is not None:
        wanted = wanted.limit(paging.per_page).offset(paging.offset)
    rows = session.scalars(wanted)
    return [StepView(row.kind, row.step, row.ground, row.at, row.subject_id) for row in rows], total


def step_counts(session: Session) -> list[tuple[str, str, int]]:
    """(step, ground, how many)."""
    rows: Sequence[Any] = session.execute(
        select(ModerationStep.step, ModerationStep.ground, func.count())
        .group_by(ModerationStep.step, ModerationStep.ground)
        .order_by(ModerationStep.step, ModerationStep.ground)
    ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def waiting(session: Session, now: datetime) -> list[tuple[str, int, datetime | None, str]]:
    """(what, how many, since when) for the desk."""
    reports = session.execute(
        select(func.count(func.distinct(Report.subject_id)), func.min(Report.at)).where(Report.state == Decision.OPEN)
    ).one()
    asked = session.execute(select(func.count(), func.min(Appeal.at)).where(Appeal.state == Decision.OPEN)).one()
    return [
        ("reports", reports[0], reports[1], "/secretariat/reports"),
        ("appeals", asked[0], asked[1], "/secretariat/reports#appeals"),
    ]


def _item(row: Any) -> QueueItem:
    reports = getattr(row, "reports", 0)
    return QueueItem(
        subject_id=row.subject_id,
        kind=row.kind,
        title=row.title,
        author=row.name or "",
        reports=reports,
        since=row.since,
        hidden=row.hidden_at is not None,
    )
