"""Users are satisfied with a service: the average of what they said is high enough."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from sqlalchemy.orm import Session

from consortium.feedback.figures import FEWEST, average_between
from consortium.services.bound import running_for
from consortium.services.models import Service
from participation.policy import N_
from participation.web.i18n import ZONE
from rules.checks.parameters import Between
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_("Users give each service in operation at least %(score)s of 5 on average over the last year.")
FOR = (SubjectKind.ORGANISATION, SubjectKind.SERVICE)
YEAR = timedelta(days=365)
Row = tuple[int, str, object]  # id, slug, name of a service


@dataclass(frozen=True)
class Parameters:
    score: Annotated[float, Between(1, 5)]  # average satisfaction, 1 (very bad) to 5 (very good)


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries. Of a service with fewer answers than a figure may speak of, nothing is known."""
    services: dict[int, list[Row]] = defaultdict(list)
    for subject_id, number, slug, name in session.execute(
        running_for(subjects, Service.id, Service.slug, Service.name)
    ):
        services[subject_id].append((number, slug, name))
    ids = sorted({row[0] for rows in services.values() for row in rows})
    first, last = ((at - back).astimezone(ZONE).strftime("%Y-%m") for back in (YEAR, timedelta()))
    averages = {number: mean for number, (people, mean) in average_between(session, ids, first, last).items()
                if people >= FEWEST}  # fmt: skip
    findings = {each.id: _judge(services.get(each.id, []), averages, parameters.score) for each in subjects}
    return {number: finding for number, finding in findings.items() if finding is not None}


def _judge(services: Sequence[Row], averages: Mapping[int, float], score: float) -> Finding | None:
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    known = [row for row in services if row[0] in averages]
    if not known:
        return None
    low = [row for row in known if averages[row[0]] < score]
    see = [evidence(f"/services/{slug}/feedback", "%(name)s", name=name) for _, slug, name in low or known]
    says = N_("Services whose users give at least %(score)s of 5: %(n)s of %(all)s.")
    counted = {"score": score, "n": len(known) - len(low), "all": len(known)}
    return found(State.BROKEN if low else State.KEPT, says, see=see, **counted)
