"""Pilots are carried through: each that was started says how it would be released, and is reported on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.pilots.models import Pilot, PilotState
from consortium.pilots.queries import Line, lines_of
from participation.policy import N_
from participation.subjects import Subject
from participation.web.i18n import ZONE
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Each pilot that was started has a plan for its release, and its monthly reports come.")
FOR = (SubjectKind.ORGANISATION,)
STARTED = (PilotState.RUNNING, PilotState.EVALUATING, PilotState.RELEASED, PilotState.ENDED)
GRACE = timedelta(days=30)  # after the day on which a report is due


@dataclass(frozen=True)
class Parameters:
    """None: a pilot is carried through or it is not."""


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Four queries."""
    led = (Pilot.state.in_(STARTED), Pilot.organisation_id.in_([each.id for each in subjects]))
    shown = (Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    lines: dict[int, list[Line]] = defaultdict(list)
    for line in lines_of(session, *led, *shown):
        lines[line.lead.id].append(line)
    planned = set(session.scalars(select(Pilot.id).where(*led, Pilot.release_plan != "")))
    today = at.astimezone(ZONE).date()
    return {each.id: _judge(lines[each.id], planned, today) for each in subjects}


def _judge(lines: Sequence[Line], planned: set[int], today: date) -> Finding:
    if not lines:
        return found(State.NOT_APPLICABLE, N_("It leads no pilot that was started."))
    late = [line for line in lines if line.overdue(today)]
    bare = [line for line in lines if line.id not in planned]
    see = [evidence(line.path, "%(name)s", name=line.title) for line in bare + late or lines]
    says = N_("Pilots with a plan for their release and no report that is overdue: %(n)s of %(all)s.")
    counted = {"n": len(lines) - len({line.id for line in bare + late}), "all": len(lines)}
    ends = min((line.next_report + GRACE for line in late if line.next_report), default=None)
    if bare or (ends and ends < today):
        return found(State.BROKEN, says, see=see, **counted)
    if ends:
        return found(State.DUE, says, by=datetime.combine(ends, time(23, 59, 59), ZONE), see=see, **counted)
    return found(State.KEPT, says, see=see, **counted)
