"""What the secretariat does with processes and the city's frame. Each: ensure, change, record."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.spaces import events
from participation.spaces.models import Area, Category, Phase, Process, ProcessComponent, ProcessState, Site
from participation.spaces.policy import may_manage, may_set_frame, may_set_state
from participation.subjects import Subject, create_subject

TEXTS = ("title", "summary", "body")


def create_process(session: Session, actor: Actor, values: Mapping[str, Any], *, now: datetime) -> Process:
    """A new process as a draft, with proposals as its component. `values`: slug, title, summary, body, support_cap."""
    ensure(may_manage(actor))
    subject = create_subject(session, "process", title=values["title"].to("ja"), now=now, author_id=actor.id)
    process = Process(id=subject.id, updated_at=now, **values)
    session.add(process)
    session.flush()
    session.add(ProcessComponent(process_id=process.id, kind="proposals"))
    record(session, events.ProcessCreated(process_id=process.id), actor=actor, subject_id=process.id, now=now)
    return process


def edit_process(session: Session, actor: Actor, process: Process, values: Mapping[str, Any], *, now: datetime) -> None:
    """Change what is in `values`; nothing is recorded when nothing changes."""
    ensure(may_manage(actor, process))
    changed = [name for name, value in values.items() if getattr(process, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(process, name, values[name])
    process.updated_at = now
    session.get_one(Subject, process.id).title = process.title.to("ja")
    fact = events.ProcessChanged(process_id=process.id, fields=",".join(sorted(changed)))
    record(session, fact, actor=actor, subject_id=process.id, now=now)
    mark_for_indexing(session, process.id, now)


def set_process_state(session: Session, actor: Actor, process: Process, to: ProcessState, *, now: datetime) -> None:
    """Publish, archive, or open an archived one again."""
    phases = list(session.scalars(select(Phase).where(Phase.process_id == process.id)))
    ensure(may_set_state(actor, process, to, phases))
    process.state, process.updated_at = to, now
    subject = session.get_one(Subject, process.id)
    subject.published_at = subject.published_at or now
    published = to == ProcessState.PUBLISHED
    fact = (events.ProcessPublished if published else events.ProcessArchived)(process_id=process.id)
    record(session, fact, actor=actor, subject_id=process.id, now=now)
    mark_for_indexing(session, process.id, now)


def add_phase(session: Session, actor: Actor, process: Process, values: Mapping[str, Any], *, now: datetime) -> Phase:
    """`values`: title, description, starts_at, ends_at, features."""
    ensure(may_manage(actor, process))
    last = select(func.coalesce(func.max(Phase.position), -1)).where(Phase.process_id == process.id)
    phase = Phase(process_id=process.id, position=session.execute(last).scalar_one() + 1, **values)
    session.add(phase)
    session.flush()
    _record_phase(session, actor, phase, "added", now)
    return phase


def edit_phase(
    session: Session, actor: Actor, process: Process, phase: Phase, values: Mapping[str, Any], *, now: datetime
) -> None:
    ensure(may_manage(actor, process))
    for name, value in values.items():
        setattr(phase, name, value)
    session.flush()
    _record_phase(session, actor, phase, "changed", now)


def remove_phase(session: Session, actor: Actor, process: Process, phase: Phase, *, now: datetime) -> None:
    ensure(may_manage(actor, process))
    _record_phase(session, actor, phase, "removed", now)
    session.delete(phase)


def move_phase(session: Session, actor: Actor, process: Process, phase: Phase, by: int, *, now: datetime) -> None:
    """One place up (-1) or down (+1); at the end nothing moves."""
    ensure(may_manage(actor, process))
    phases = list(session.scalars(select(Phase).where(Phase.process_id == process.id).order_by(Phase.position)))
    here = phases.index(phase)
    there = here + by
    if 0 <= there < len(phases):
        phases[here], phases[there] = phases[there], phases[here]
        for position, each in enumerate(phases):
            each.position = position
        _record_phase(session, actor, phase, "changed", now)


def save_site(session: Session, actor: Actor, values: Mapping[str, Localized], *, now: datetime) -> None:
    """What the city calls itself: name, tagline, council, contact."""
    ensure(may_set_frame(actor))
    site = session.get(Site, 1)
    if site is None:
        session.add(Site(id=1, **values))
    else:
        for name, value in values.items():
            setattr(site, name, value)
    record(session, events.FrameChanged(what="site", key="site"), actor=actor, now=now)


def save_place(
    session: Session,
    actor: Actor,
    model: type[Area] | type[Category],
    key: str,
    values: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Add or change a living area or a category, found by its key."""
    ensure(may_set_frame(actor))
    row = session.scalars(select(model).where(model.key == key)).first()
    if row is None:
        last = session.execute(select(func.coalesce(func.max(model.position), -1))).scalar_one()
        session.add(model(key=key, position=last + 1, **values))
    else:
        for name, value in values.items():
            setattr(row, name, value)
    record(session, events.FrameChanged(what=model.__tablename__, key=key), actor=actor, now=now)


def _record_phase(session: Session, actor: Actor, phase: Phase, change: str, now: datetime) -> None:
    fact = events.PhaseChanged(
        process_id=phase.process_id,
        phase_id=phase.id,
        change=change,
        starts_at=phase.starts_at.isoformat(),
        ends_at=phase.ends_at.isoformat() if phase.ends_at else "",
        features=",".join(sorted(phase.features)),
    )
    record(session, fact, actor=actor, subject_id=phase.process_id, now=now)
