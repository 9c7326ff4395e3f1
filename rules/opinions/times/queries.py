"""The changes of announced times, as everybody reads them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rules.opinions.times.models import Change, PublicCommentChange


@dataclass(frozen=True)
class ChangeView:
    """`closes_at` is the end that stood before; `reason` is in the reader's language where it is there."""

    kind: Change
    reason: str
    lang: str  # of the reason, where it is not there in the reader's language
    closes_at: datetime
    at: datetime


def changes_of(session: Session, public_comment_id: int, locale: str) -> tuple[ChangeView, ...]:
    """The first one first."""
    rows = session.scalars(
        select(PublicCommentChange)
        .where(PublicCommentChange.public_comment_id == public_comment_id)
        .order_by(PublicCommentChange.number)
    )
    return tuple(_view(row, locale) for row in rows)


def _view(row: PublicCommentChange, locale: str) -> ChangeView:
    reason = row.reason.to(locale)
    lang = "" if row.reason.get(locale) or not reason else "ja"
    return ChangeView(Change(row.kind), reason, lang, row.closes_at, row.at)
