"""Reads about processes and phases that every package needs."""

from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from participation.spaces.models import Phase, Process, ProcessState

_OPEN = (
    select(Phase.features)
    .join(Process, Process.id == Phase.process_id)
    .where(
        Phase.process_id == bindparam("process_id"),
        Process.state == ProcessState.PUBLISHED,
        Phase.starts_at <= bindparam("now"),
        or_(Phase.ends_at.is_(None), Phase.ends_at > bindparam("now")),
    )
)


def open_features(session: Session, process_id: int | None, now: datetime) -> frozenset[str]:
    """What the process's current phases open; nothing while it is not published. One query."""
    if process_id is None:
        return frozenset()
    rows = session.execute(_OPEN, {"process_id": process_id, "now": now}).scalars()
    return frozenset(feature for features in rows for feature in features)
