"""What people do with their notices."""

from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.notifications.models import PACES, Notice, NoticePreference
from participation.policy import N_, Actor, ensure, require, signed_in
from participation.web.errors import NotFound


def read_notice(session: Session, actor: Actor, notice_id: int, *, now: datetime) -> Notice:
    """Mark one of one's own notices as read."""
    ensure(signed_in(actor))
    notice = session.get(Notice, notice_id)
    if notice is None or notice.account_id != actor.id:
        raise NotFound
    _mark(session, actor, Notice.id == notice_id, now)
    return notice


def read_all(session: Session, actor: Actor, *, now: datetime) -> None:
    ensure(signed_in(actor))
    _mark(session, actor, Notice.account_id == actor.id, now)


def set_pace(session: Session, account_id: int, *, direct: str | None = None, followed: str | None = None) -> None:
    """How a person wants mails; what is not given stays as it is."""
    for pace in (direct, followed):
        ensure(require(pace is None or pace in PACES, N_("Please choose one of the options.")))
    row = session.get(NoticePreference, account_id) or NoticePreference(
        account_id=account_id, direct="at_once", followed="weekly"
    )
    row.direct, row.followed = direct or row.direct, followed or row.followed
    session.add(row)


def _mark(session: Session, actor: Actor, which: ColumnElement[bool], now: datetime) -> None:
    """Mark as read, and bring the counter to what the rows say, in one transaction."""
    marked = update(Notice).where(which, Notice.account_id == actor.id, Notice.read_at.is_(None))
    session.execute(marked.values(read_at=now), execution_options={"synchronize_session": False})
    left = select(func.count()).where(Notice.account_id == actor.id, Notice.read_at.is_(None)).scalar_subquery()
    session.execute(
        update(Account).where(Account.id == actor.id).values(unread=left),
        execution_options={"synchronize_session": False},
    )
