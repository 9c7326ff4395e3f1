"""Drafting, writing, reviewing and moving pilots. Each: ensure, change, record."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.orm import Session

from consortium.pilots.becoming import become_service
from consortium.pilots.cases import case_of, leads_group
from consortium.pilots.events import PilotDrafted, PilotMoved
from consortium.pilots.forms import LABELS
from consortium.pilots.guards import Case, may_move_pilot
from consortium.pilots.models import (
    Pilot,
    PilotArea,
    PilotData,
    PilotKpi,
    PilotMilestone,
    PilotNote,
    PilotPartner,
    PilotState,
    PilotStep,
)
from consortium.pilots.policy import may_annotate, may_draft, may_edit
from consortium.voices.actions import link_voice
from participation.events import record
from participation.policy import Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from participation.web.i18n import ZONE

ROWS: dict[str, type[Any]] = {
    "partners": PilotPartner,
    "data": PilotData,
    "kpis": PilotKpi,
    "milestones": PilotMilestone,
}
NOTHING: Mapping[str, Any] = {}


def draft_pilot(
    session: Session,
    actor: Actor,
    *,
    title: str,
    organisation_id: int,
    working_group_id: int | None = None,
    voices: Sequence[int] = (),
    values: Mapping[str, Any] = NOTHING,
    locale: str = "ja",
    now: datetime,
) -> Pilot:
    """A draft that the representatives of the organisation go on writing; `voices` are the words that it answers,
    `values` what is known of it already, by the names that `save_pilot` takes."""
    ensure(may_draft(actor, organisation_id, leads_group=leads_group(actor, working_group_id)))
    subject = create_subject(session, "pilot", title=title, author_id=actor.id, locale=locale, now=now)
    row = Pilot(id=subject.id, organisation_id=organisation_id, working_group_id=working_group_id, moved_at=now)
    row.created_at = row.updated_at = now
    session.add(row)
    session.flush()
    _fill(session, row, values)
    for source_id in voices:
        link_voice(session, actor, row.id, source_id, now=now)
    _step(session, actor, row, None, PilotState.DRAFT, "", now)
    fact = PilotDrafted(pilot_id=row.id, organisation_id=organisation_id)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return row


def save_pilot(
    session: Session,
    actor: Actor,
    pilot_id: int,
    values: Mapping[str, Any],
    typed: Mapping[str, Any],
    *,
    now: datetime,
) -> None:
    """Keep what was typed. `values` go where they belong, by the names of the columns (lists for areas and rows);
    `typed` holds, by the names of the form, all that cannot be used yet, so that nothing is lost."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_edit(actor, case))
    _fill(session, row, values)
    row.typed, row.updated_at = dict(typed), now


def _fill(session: Session, row: Pilot, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        if name == "title":
            session.execute(update(Subject).where(Subject.id == row.id).values(title=value))
        elif name == "areas":
            _replace(session, PilotArea, row.id, [{"area_id": number} for number in value])
        elif name in ROWS:
            _replace(session, ROWS[name], row.id, [{"position": n, **each} for n, each in enumerate(value)])
        else:
            setattr(row, name, value)


def annotate(session: Session, actor: Actor, pilot_id: int, notes: Mapping[str, str], *, now: datetime) -> None:
    """What a reviewer says to fields, in this round of the review; an empty text takes back what was said."""
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_annotate(actor, case))
    for field, body in notes.items():
        if field not in LABELS:
            continue
        key = {"pilot_id": row.id, "round": row.rounds, "field": field}
        note = session.get(PilotNote, key)
        if body and (note is None or note.body != body):
            session.merge(PilotNote(**key, body=body, author_id=actor.id, at=now))
        elif note is not None and not body:
            session.delete(note)


def move_pilot(
    session: Session, actor: Actor, pilot_id: int, to: PilotState, *, reason: str = "", now: datetime
) -> Pilot:
    """A step on its way, if its guards allow. An approved pilot is public; a released one becomes a service.

    Raises:
        Refused: the first guard that does not allow it, with its reason.
    """
    row, case = pilot_and_case(session, actor, pilot_id, now)
    ensure(may_move_pilot(actor, case, to, today=now.astimezone(ZONE).date(), reason=reason))
    before = PilotState(row.state)
    if to == PilotState.SUBMITTED:
        row.rounds += 1
    elif to == PilotState.APPROVED:
        session.execute(update(Subject).where(Subject.id == row.id).values(published_at=now))
    elif to == PilotState.RELEASED:
        row.service_id = become_service(session, actor, row, now)
    step = _step(session, actor, row, before, to, reason, now)
    mark_for_indexing(session, row.id, now)
    fact = PilotMoved(pilot_id=row.id, before=before, to=to, step=step)
    record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)
    return row


def pilot_and_case(session: Session, actor: Actor, pilot_id: int, now: datetime) -> tuple[Pilot, Case]:
    """The row, locked, and what its guards look at.

    Raises:
        NotFound: there is no such pilot.
    """
    row = session.get(Pilot, pilot_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row, case_of(session, actor, row, now)


def _replace(session: Session, model: type[Any], pilot_id: int, rows: Sequence[Mapping[str, Any]]) -> None:
    gone = delete(model).where(model.pilot_id == pilot_id)
    session.execute(gone, execution_options={"synchronize_session": False})
    if rows:
        session.execute(insert(model), [{"pilot_id": pilot_id, **row} for row in rows])


def _step(
    session: Session,
    actor: Actor,
    row: Pilot,
    before: PilotState | None,
    to: PilotState,
    reason: str,
    now: datetime,
) -> int:
    """Move it, and keep who did so and why; returns the number of that row."""
    row.state, row.moved_at = to, now
    step = PilotStep(pilot_id=row.id, from_state=before, to_state=to, reason=reason, actor_id=actor.id, at=now)
    session.add(step)
    session.flush()
    return step.id
