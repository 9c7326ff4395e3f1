"""Use is measured: active users and satisfaction by segment are reported for each quarter, in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from consortium.segments.queries import Asked, asked_of
from consortium.services.bound import running_for
from consortium.services.models import Service
from participation.policy import N_
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Active users and satisfaction by segment are reported for each quarter within 30 days.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)
Row = tuple[str, object, tuple[Asked, ...]]  # slug and name of a service, and what is asked of it


class Period(StrEnum):
    QUARTER = "quarter"


@dataclass(frozen=True)
class Parameters:
    per: Period


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Of the quarters of the last year. Four queries."""
    services: dict[int, list[tuple[int, str, object]]] = defaultdict(list)
    for subject_id, number, slug, name in session.execute(
        running_for(subjects, Service.id, Service.slug, Service.name)
    ):
        services[subject_id].append((number, slug, name))
    ids = sorted({row[0] for rows in services.values() for row in rows})
    asked = asked_of(session, ids, at)
    return {
        each.id: _judge([(slug, name, asked[number]) for number, slug, name in services.get(each.id, [])], at)
        for each in subjects
    }


def _judge(services: Sequence[Row], at: datetime) -> Finding:
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    every = [(each, slug, name) for slug, name, asked in services for each in asked]
    if not every:
        return found(State.NOT_APPLICABLE, N_("No quarter is over since its services began, so none is asked for yet."))
    missing = [row for row in every if not row[0].reported]
    late = [row for row in missing if row[0].quarter.deadline < at]
    links = {slug: name for _, slug, name in late or missing or every}
    see = [evidence(f"/services/{slug}/reports", "%(name)s", name=name) for slug, name in links.items()]
    says = N_("Quarters of the last year that are reported: %(n)s of %(all)s.")
    counted = {"n": len(every) - len(missing), "all": len(every)}
    if late:
        return found(State.BROKEN, says, see=see, **counted)
    if missing:
        return found(State.DUE, says, by=missing[0][0].quarter.deadline, see=see, **counted)
    return found(State.KEPT, says, see=see, **counted)
