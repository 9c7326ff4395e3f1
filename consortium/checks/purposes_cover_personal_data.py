"""Personal data are used with consent: each kind that a service uses names a consent purpose that is published."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.services.models import DataCategory, Service, ServiceData
from consortium.services.bound import running_for
from participation.consents.models import ConsentPurpose, PurposeVersion, VersionState
from participation.policy import N_
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Each kind of personal data that a service in operation uses names a published consent purpose.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)


@dataclass(frozen=True)
class Parameters:
    """None: a purpose covers the data or it does not."""


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries."""
    published = set(
        session.scalars(
            select(ConsentPurpose.key)
            .join(PurposeVersion, PurposeVersion.purpose_id == ConsentPurpose.id)
            .where(PurposeVersion.state == VersionState.PUBLISHED)
        )
    )
    uses = defaultdict(list)
    columns = (Service.slug, Service.name, ServiceData.purpose_key)
    wanted = running_for(subjects, *columns).join(ServiceData, ServiceData.service_id == Service.id)
    for subject_id, slug, name, key in session.execute(
        wanted.where(ServiceData.category != DataCategory.NOT_PERSONAL)
    ):
        uses[subject_id].append((slug, name, key in published))
    return {each.id: _judge(uses.get(each.id, [])) for each in subjects}


def _judge(uses: list[tuple]) -> Finding:
    if not uses:
        return found(State.NOT_APPLICABLE, N_("No service in operation says that it uses personal data."))
    missing = [use for use in uses if not use[2]]
    links = {slug: name for slug, name, _ in missing or uses}
    see = [evidence(f"/services/{slug}", "%(name)s", name=name) for slug, name in links.items()]
    state = State.BROKEN if missing else State.KEPT
    says = N_("Kinds of personal data that a consent purpose covers: %(n)s of %(all)s.")
    return found(state, says, n=len(uses) - len(missing), all=len(uses), see=see)
