"""Members give back: the services that an organisation runs get better every year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.backlog.models import BacklogItem
from consortium.services.bound import running_for
from consortium.services.models import Service
from participation.policy import N_
from participation.subjects import Subject
from participation.web.i18n import ZONE
from rules.checks.parameters import Count
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Within a year, services in operation release at least %(per_year)s improvements that came from their list.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Parameters:
    per_year: Count


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries."""
    services = defaultdict(list)
    columns = (Service.id, Service.slug, Service.name, Service.since)
    for subject_id, *row in session.execute(running_for(subjects, *columns)):
        services[subject_id].append(row)
    ids = sorted({row[0] for rows in services.values() for row in rows})
    releases: dict[int, int] = defaultdict(int)
    wanted = select(BacklogItem.service_id).join(Subject, Subject.id == BacklogItem.id)
    wanted = wanted.where(BacklogItem.service_id.in_(ids), Subject.hidden_at.is_(None))
    lately = (BacklogItem.released_at > at - YEAR, BacklogItem.released_at <= at)
    for service_id in session.scalars(wanted.where(*lately)):
        releases[service_id] += 1
    return {each.id: _judge(services.get(each.id, []), releases, parameters.per_year, at) for each in subjects}


def _judge(services: list[list], releases: Mapping[int, int], per_year: int, at: datetime) -> Finding:
    """Whoever has run a service for less than a year has time until the year is over."""
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    done = sum(releases.get(number, 0) for number, *_ in services)
    see = [evidence(f"/services/{slug}/backlog?state=released", "%(name)s", name=name) for _, slug, name, _ in services]
    says = N_("Improvements released within a year: %(n)s of %(per_year)s.")
    first = min(since for *_, since in services)
    ends = datetime.combine(first, time(23, 59, 59), ZONE) + YEAR
    state = State.KEPT if done >= per_year else State.DUE if ends > at else State.BROKEN
    by = ends if state == State.DUE else None
    return found(state, says, by=by, n=done, per_year=per_year, see=see)
