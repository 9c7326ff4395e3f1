"""Telling the search that something public changed."""

from datetime import datetime

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participation.db import dialect_name
from participation.search.models import SearchPending


def mark_for_indexing(session: Session, subject_id: int, now: datetime) -> None:
    """Have a subject's words brought up to date in the index, or taken out, once this transaction is committed.

    Call it in every action that publishes, edits, hides, restores, withdraws or moves a thing. Calling it twice is
    the same as once. The subject must exist (flushed) in this transaction.
    """
    dialect = postgresql if dialect_name(session) == "postgresql" else sqlite
    pending = dialect.insert(SearchPending).values(subject_id=subject_id, since=now, marks=1)
    session.execute(
        pending.on_conflict_do_update(
            index_elements=[SearchPending.subject_id], set_={"since": now, "marks": SearchPending.marks + 1}
        )
    )
