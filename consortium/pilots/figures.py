"""The number of pilots that were started, as a figure for KPIs."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.pilots.models import PilotState, PilotStep
from participation.figures import Figure
from participation.policy import N_
from participation.subjects import Subject

_STARTED = (
    select(PilotStep.pilot_id, func.min(PilotStep.at).label("at"))
    .join(Subject, Subject.id == PilotStep.pilot_id)
    .where(PilotStep.to_state == PilotState.RUNNING, Subject.hidden_at.is_(None))
    .group_by(PilotStep.pilot_id)
    .subquery()
)


def started_counts(session: Session, moments: Sequence[datetime]) -> list[int | None]:
    """How many had been started by each moment; None before the first. One query."""
    starts = sorted(session.scalars(select(_STARTED.c.at)))
    counts = [sum(at <= moment for at in starts) for moment in moments]
    return [count or None for count in counts]


def started_records(session: Session, moment: datetime) -> Iterable[tuple[int, str, str, str]]:
    """Each of them, in the order in which they were started."""
    wanted = select(_STARTED.c.pilot_id, Subject.title, _STARTED.c.at).join(Subject, Subject.id == _STARTED.c.pilot_id)
    rows = session.execute(wanted.where(_STARTED.c.at <= moment).order_by(_STARTED.c.at, _STARTED.c.pilot_id))
    return [(number, title, at.isoformat(), f"/pilots/{number}") for number, title, at in rows]


def pilot_figures() -> tuple[Figure, ...]:
    return (
        Figure(
            name="pilots_started",
            label=N_("Pilots that were started"),
            says=N_(
                "Approved pilots whose trial had begun by that day, counted once each from the step into running; "
                "those that became a service or have ended since stay in the count. Hidden ones do not count."
            ),
            at=started_counts,
            heads=("id", "title", "started_at", "path"),
            records=started_records,
            path="/pilots",
        ),
    )
