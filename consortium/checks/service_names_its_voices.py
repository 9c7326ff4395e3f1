"""A service starts from the problem: it names the voices that it came from."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from consortium.services.bound import running_for
from consortium.services.models import Service
from consortium.voices.queries import voice_counts
from participation.policy import N_
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Each service in operation names at least one public voice that it came from.")
FOR = (SubjectKind.SERVICE, SubjectKind.ORGANISATION)


@dataclass(frozen=True)
class Parameters:
    """None: a service names its voices or it does not."""


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries."""
    services = defaultdict(list)
    for subject_id, *row in session.execute(running_for(subjects, Service.id, Service.slug, Service.name)):
        services[subject_id].append(row)
    counts = voice_counts(session, sorted({row[0] for rows in services.values() for row in rows}))
    return {each.id: _judge(services.get(each.id, []), counts) for each in subjects}


def _judge(services: list[list], counts: Mapping[int, int]) -> Finding:
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    silent = [row for row in services if not counts.get(row[0])]
    see = [evidence(f"/services/{slug}", "%(name)s", name=name) for _, slug, name in silent or services]
    says = N_("Services in operation that name the voices they came from: %(n)s of %(all)s.")
    state = State.BROKEN if silent else State.KEPT
    return found(state, says, n=len(services) - len(silent), all=len(services), see=see)
