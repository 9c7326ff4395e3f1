"""The processes of the story, and that one of them is open whatever today is."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.demo.stage import Turn
from consortium.demo.story import Phase, Process
from consortium.demo.timeline import midnight
from participation.db import Localized
from participation.policy import Actor
from participation.spaces import models
from participation.spaces.actions import add_phase, create_process, edit_phase, set_process_state

TODAY = 0


def announce(turn: Turn) -> None:
    """A process with its phases, published."""
    told = turn.stage.story.process(turn.on)
    texts = {name: Localized(getattr(told, name)) for name in ("title", "summary", "body")}
    values = {"slug": told.slug, "support_cap": told.supports_per_person, **texts}
    process = create_process(turn.session, turn.actor, values, now=turn.now)
    for phase in told.phases:
        add_phase(turn.session, turn.actor, process, _phase(phase, turn.stage.today), now=turn.now)
    set_process_state(turn.session, turn.actor, process, models.ProcessState.PUBLISHED, now=turn.now)
    turn.stage.processes[turn.on] = process.id


def _phase(phase: Phase, today: date) -> Mapping[str, Any]:
    return {
        "title": Localized(phase.title),
        "description": Localized(phase.text),
        "starts_at": midnight(today, phase.begins),
        "ends_at": midnight(today, phase.ends),
        "features": list(phase.opens),
    }


def keep_open(session: Session, actor: Actor, told: Process, today: date, now: datetime) -> bool:
    """Move the ends of the running process on when its open phase is over; returns whether they moved.

    The phase that is open on the day of loading, and those after it, get the distance from today that the story gives
    them; what lies before stays as it was.
    """
    process = session.scalars(select(models.Process).where(models.Process.slug == told.slug)).one()
    rows = session.scalars(select(models.Phase).where(models.Phase.process_id == process.id))
    phases = {phase.title["ja"]: phase for phase in rows}
    current = next(phase for phase in told.phases if phase.begins <= TODAY < phase.ends)
    stored = phases.get(current.title["ja"])
    if stored is None or stored.ends_at is None or stored.ends_at > now:
        return False
    for phase in told.phases[told.phases.index(current):]:
        if (row := phases.get(phase.title["ja"])) is not None:
            begins = row.starts_at if phase is current else midnight(today, phase.begins)
            values = {"starts_at": begins, "ends_at": midnight(today, phase.ends)}
            edit_phase(session, actor, process, row, values, now=now)
    return True
