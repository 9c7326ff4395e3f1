"""Counters held against their rows: after every run they are equal, or the run is worth nothing."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.comments.models import Comment
from participation.subjects import Subject
from proposals.supporting.queries import counter_mismatches

_COMMENTS = (
    select(func.count())
    .where(Comment.on_id == Subject.id, Comment.withdrawn_at.is_(None))
    .correlate(Subject)
    .scalar_subquery()
)
_MISMATCHES = select(Subject.id, Subject.comments_count, _COMMENTS.label("rows")).where(
    Subject.kind != "comment", Subject.comments_count != _COMMENTS
)


def wrong_counters(session: Session) -> list[str]:
    """A line for every counter of supports or comments that is not exactly what its rows say."""
    supports = [f"{each.what} of {each.id} counts {each.counter}, has {each.rows}"
                for each in counter_mismatches(session)]  # fmt: skip
    comments = [f"comments on {row.id} counts {row.comments_count}, has {row.rows}"
                for row in session.execute(_MISMATCHES)]  # fmt: skip
    return supports + comments
