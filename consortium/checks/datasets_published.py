"""What services collect is made usable for others: each service that uses data offers a dataset."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from consortium.datasets.models import Dataset, DatasetState
from consortium.services.bound import running_for
from consortium.services.models import Service, ServiceData
from participation.policy import N_
from participation.subjects import Subject
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Each service in operation that uses data offers at least one dataset in the catalogue.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)


@dataclass(frozen=True)
class Parameters:
    """None: data are offered or they are not."""


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """One query. How open a dataset is, its entry says; personal data are offered with consent only."""
    offered = (
        select(Dataset.id)
        .join(Subject, Subject.id == Dataset.id)
        .where(Dataset.service_id == Service.id, Dataset.state == DatasetState.PUBLISHED, Subject.hidden_at.is_(None))
        .correlate(Service)
    )
    uses = select(ServiceData.service_id).where(ServiceData.service_id == Service.id).correlate(Service)
    wanted = running_for(subjects, Service.slug, Service.name, exists(offered)).where(exists(uses))
    services = defaultdict(list)
    for subject_id, *row in session.execute(wanted):
        services[subject_id].append(row)
    return {each.id: _judge(services.get(each.id, [])) for each in subjects}


def _judge(services: list[list]) -> Finding:
    if not services:
        return found(State.NOT_APPLICABLE, N_("No service in operation says that it uses data."))
    missing = [row for row in services if not row[2]]
    see = [evidence(f"/services/{slug}", "%(name)s", name=name) for slug, name, _ in missing or services]
    says = N_("Services that offer a dataset: %(n)s of %(all)s.")
    state = State.BROKEN if missing else State.KEPT
    return found(state, says, n=len(services) - len(missing), all=len(services), see=see)
