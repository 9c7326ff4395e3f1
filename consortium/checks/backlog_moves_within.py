"""Improvement never stops: what stands on the list of a service moves on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.backlog.models import OPEN, BacklogItem
from consortium.services.bound import running_for
from consortium.services.models import Service
from participation.policy import N_
from participation.subjects import Subject
from rules.checks.parameters import Days
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Every open improvement on the list of a service in operation reaches its next state within %(days)s days.")
FOR = (SubjectKind.SERVICE, SubjectKind.ORGANISATION)


@dataclass(frozen=True)
class Parameters:
    days: Days


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries. Of a service that never had an improvement on its list nothing is known."""
    services = defaultdict(list)
    for subject_id, *row in session.execute(running_for(subjects, Service.id, Service.slug, Service.name)):
        services[subject_id].append(row)
    ids = sorted({row[0] for rows in services.values() for row in rows})
    items = defaultdict(list)
    wanted = select(BacklogItem.service_id, BacklogItem.state, BacklogItem.since)
    wanted = wanted.join(Subject, Subject.id == BacklogItem.id).where(BacklogItem.service_id.in_(ids))
    shown = wanted.where(BacklogItem.merged_into_id.is_(None), Subject.hidden_at.is_(None))
    for service_id, state, since in session.execute(shown):
        items[service_id].append((state, since))
    findings = {each.id: _judge(services.get(each.id, []), items, parameters.days, at) for each in subjects}
    return {number: finding for number, finding in findings.items() if finding is not None}


def _judge(services: list[list], items: Mapping[int, list], days: int, at: datetime) -> Finding | None:
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    listed = [item for number, *_ in services for item in items.get(number, ())]
    if not listed:
        return None
    limit = timedelta(days=days)
    open_ones = [since for state, since in listed if state in OPEN]
    late = [since for since in open_ones if at - since > limit]
    see = [evidence(f"/services/{slug}/backlog?sort=moved", "%(name)s", name=name) for _, slug, name in services]
    says = N_("Open improvements that moved within %(days)s days: %(n)s of %(all)s.")
    counted = {"days": days, "n": len(open_ones) - len(late), "all": len(open_ones)}
    by = min(open_ones) + limit if open_ones and not late else None
    return found(State.BROKEN if late else State.KEPT, says, by=by, see=see, **counted)
