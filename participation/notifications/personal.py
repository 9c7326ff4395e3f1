"""What notifications know of a person: taken along, and deleted on erasure."""

from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.notifications.models import Follow, Notice, NoticePreference
from participation.portability import as_plain
from participation.subjects import Subject


def export_account(session: Session, account_id: int) -> dict[str, Any]:
    follows = select(Follow.subject_id, Follow.at, Follow.ended_at).where(Follow.account_id == account_id)
    wishes = select(NoticePreference.direct, NoticePreference.followed).where(NoticePreference.account_id == account_id)
    notices = select(Notice.type, Notice.about_id, Notice.at, Notice.read_at).where(Notice.account_id == account_id)
    return {
        "follows": as_plain(session, follows.order_by(Follow.at)),
        "mails": as_plain(session, wishes),
        "notices": as_plain(session, notices.order_by(Notice.id)),
    }


def erase_account(session: Session, account_id: int, now: datetime) -> None:
    """Nobody is told anything any more; the counters of followers move along."""
    followed = select(Follow.subject_id).where(Follow.account_id == account_id, Follow.ended_at.is_(None))
    session.execute(
        update(Subject)
        .where(Subject.id.in_(followed))
        .values(followers_count=Subject.followers_count - 1),
        execution_options={"synchronize_session": False},
    )
    for model in (Follow, Notice, NoticePreference):
        session.execute(delete(model).where(model.account_id == account_id))
