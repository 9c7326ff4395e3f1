"""What the guards look at, read from the records. Pages and actions ask here, so that both are told the same."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consortium.groups.policy import SCOPE
from consortium.pilots.forms import GATE, LABELS, REQUIRED
from consortium.pilots.guards import Case
from consortium.pilots.models import Pilot, PilotData, PilotKpi, PilotReport, PilotState, ReportKind
from consortium.services.labels import DATA
from consortium.services.models import DataCategory
from consortium.services.queries import acting_of
from participation.consents.queries import kinds_asked_by
from participation.meetings.policy import LEAD
from participation.policy import Actor
from participation.subjects import Subject


def case_of(session: Session, actor: Actor, row: Pilot, now: datetime) -> Case:
    """Six queries at most."""
    return Case(
        id=row.id,
        state=PilotState(row.state),
        organisation_id=row.organisation_id,
        acting=acting_of(session, actor, now),
        leads_group=leads_group(actor, row.working_group_id),
        missing=tuple(LABELS[name] for name in missing_fields(session, row)),
        open_gate=tuple(LABELS[name] for name in GATE if not getattr(row, name)),
        uncovered=tuple(DATA[kind] for kind in uncovered_kinds(session, row.id)),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        evaluated=is_evaluated(session, row.id),
    )


def leads_group(actor: Actor, group_id: int | None) -> bool:
    """Whether the person leads that working group; a pilot may belong to none."""
    return group_id is not None and actor.has(LEAD, SCOPE, group_id)


def missing_fields(session: Session, row: Pilot) -> tuple[str, ...]:
    """What has to be said and is not, and what is typed in a way that cannot be used; by the names of the form."""
    title = session.scalar(select(Subject.title).where(Subject.id == row.id))
    measured = session.scalar(select(exists().where(PilotKpi.pilot_id == row.id)))
    said = {"title": title, "category": row.category_id, "kpis": measured}
    empty = {name for name in REQUIRED if not said.get(name, getattr(row, name, None))}
    return tuple(name for name in LABELS if name in empty or name in row.typed)


def uncovered_kinds(session: Session, pilot_id: int) -> Iterable[DataCategory]:
    """The kinds of personal data that no published purpose asks people for, under the key that the pilot names."""
    rows = session.execute(
        select(PilotData.category, PilotData.purpose_key)
        .where(PilotData.pilot_id == pilot_id, PilotData.category != DataCategory.NOT_PERSONAL)
        .order_by(PilotData.position)
    ).all()
    asked = kinds_asked_by(session, [key for _, key in rows if key])
    return dict.fromkeys(DataCategory(kind) for kind, key in rows if kind not in asked.get(key or "", ()))


def is_evaluated(session: Session, pilot_id: int) -> bool:
    wanted = exists().where(PilotReport.pilot_id == pilot_id, PilotReport.kind == ReportKind.EVALUATION)
    return bool(session.scalar(select(wanted)))
