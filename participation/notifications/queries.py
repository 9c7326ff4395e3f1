"""Reads of notices: a person's list, and what is shown of each."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, aliased

from participation.accounts.models import Account
from participation.notifications.models import Follow, Notice, NoticePreference
from participation.policy import Actor
from participation.subjects import Subject
from participation.web.paging import Paging


@dataclass(frozen=True)
class NoticeRow:
    """A notice with the names that its words need."""

    id: int
    type: str
    title: str
    who: str
    at: datetime
    read: bool
    direct: bool
    params: dict[str, Any]
    about_id: int | None
    target_id: int | None
    target_kind: str


@dataclass(frozen=True)
class Followed:
    id: int
    kind: str
    title: str
    at: datetime


def notice_rows(session: Session, statement: Select[Any]) -> list[NoticeRow]:
    """Rows of a select over `notice_select()`."""
    return [
        NoticeRow(
            id=row.id,
            type=row.type,
            title=row.title or "",
            who=row.name or "",
            at=row.at,
            read=row.read_at is not None,
            direct=row.direct,
            params=row.params,
            about_id=row.about_id,
            target_id=row.target_id,
            target_kind=row.kind or "",
        )
        for row in session.execute(statement)
    ]


def notice_select() -> Select[Any]:
    about, target, actor = aliased(Subject), aliased(Subject), aliased(Account)
    return (
        select(
            Notice.id,
            Notice.type,
            Notice.at,
            Notice.read_at,
            Notice.direct,
            Notice.params,
            Notice.about_id,
            Notice.target_id,
            about.title,
            target.kind,
            actor.name,
        )
        .outerjoin(about, about.id == Notice.about_id)
        .outerjoin(target, target.id == Notice.target_id)
        .outerjoin(actor, actor.id == Notice.actor_id)
    )


def notices_of(session: Session, actor: Actor, paging: Paging) -> tuple[list[NoticeRow], int]:
    """A page of a person's notices, newest first, and how many there are."""
    total = session.execute(select(func.count()).where(Notice.account_id == actor.id)).scalar_one()
    wanted = notice_select().where(Notice.account_id == actor.id).order_by(Notice.id.desc())
    return notice_rows(session, wanted.limit(paging.per_page).offset(paging.offset)), total


def followed_by(session: Session, actor: Actor, limit: int = 100) -> list[Followed]:
    rows = session.execute(
        select(Subject.id, Subject.kind, Subject.title, Follow.at)
        .join(Subject, Subject.id == Follow.subject_id)
        .where(Follow.account_id == actor.id, Follow.ended_at.is_(None))
        .order_by(Follow.at.desc())
        .limit(limit)
    )
    return [Followed(row.id, row.kind, row.title, row.at) for row in rows]


def preference_of(session: Session, account_id: int) -> tuple[str, str]:
    """(pace of what is meant for the person, pace of what they follow)."""
    row = session.get(NoticePreference, account_id)
    return (row.direct, row.followed) if row else ("at_once", "weekly")
