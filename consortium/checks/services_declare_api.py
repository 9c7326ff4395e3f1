"""Services are connected by the standard API of the council: each names its address."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consortium.services.models import Service
from consortium.services.bound import running_for
from participation.policy import N_
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Each service in operation names the address of its standard API in the catalogue.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)


@dataclass(frozen=True)
class Parameters:
    """None: a service names its API or it does not."""


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """One query."""
    services = defaultdict(list)
    for subject_id, *row in session.execute(running_for(subjects, Service.slug, Service.name, Service.api_url)):
        services[subject_id].append(row)
    return {each.id: _judge(services.get(each.id, [])) for each in subjects}


def _judge(services: list[list]) -> Finding:
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    open_ones = [(slug, name) for slug, name, api_url in services if not api_url]
    shown = open_ones or [(slug, name) for slug, name, _ in services]
    see = [evidence(f"/services/{slug}", "%(name)s", name=name) for slug, name in shown]
    state = State.BROKEN if open_ones else State.KEPT
    says = N_("Services in operation that name their standard API: %(n)s of %(all)s.")
    return found(state, says, n=len(services) - len(open_ones), all=len(services), see=see)
