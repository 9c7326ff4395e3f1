"""Reads about processes and phases that every package needs."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ScalarSelect, Text, bindparam, cast, func, literal, or_, select
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


def open_features_text(process_id: Any, now: Any) -> ScalarSelect[str]:
    """The same as a column for a query that has a process at hand already; `read_features` reads its value."""
    return (
        select(func.aggregate_strings(cast(Phase.features, Text), literal(",")))
        .join(Process, Process.id == Phase.process_id)
        .where(
            Phase.process_id == process_id,
            Process.state == ProcessState.PUBLISHED,
            Phase.starts_at <= now,
            or_(Phase.ends_at.is_(None), Phase.ends_at > now),
        )
        .scalar_subquery()
    )


def read_features(text: str | None) -> frozenset[str]:
    """The value of `open_features_text`: JSON lists with commas between them."""
    return frozenset(feature for features in json.loads(f"[{text or ''}]") for feature in features)
