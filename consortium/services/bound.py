"""Services as those whom rules bind (hook of rules/checks)."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from consortium.services.models import Service, ServiceOwner, ServiceState
from consortium.services.queries import Line, catalogue
from participation.policy import N_
from participation.subjects import Subject
from rules.checks.port import RuleSubject, SubjectKind, sentence

EXEMPT = {
    ServiceState.PLANNED: N_("It has not begun yet, so the rules do not bind it."),
    ServiceState.ENDED: N_("It has ended, so the rules no longer bind it."),
}


def services_bound(session: Session, at: datetime) -> Iterable[RuleSubject]:
    """Every service of the public catalogue; those in operation are bound. Four queries."""
    return [_subject(line) for line in catalogue(session)]


def running_for(subjects: Sequence[RuleSubject], *columns: Any) -> Select[Any]:
    """For checks: the services in operation that concern the subjects: each itself, or those that an organisation runs.
    Rows begin with the id of the subject."""
    ids = [each.id for each in subjects]
    visible = (
        Service.state == ServiceState.RUNNING,
        Subject.published_at.is_not(None),
        Subject.hidden_at.is_(None),
    )
    if subjects[0].kind == SubjectKind.SERVICE:
        wanted = select(Service.id, *columns).where(Service.id.in_(ids))
    else:
        wanted = select(ServiceOwner.organisation_id, *columns).join(Service, Service.id == ServiceOwner.service_id)
        wanted = wanted.where(ServiceOwner.organisation_id.in_(ids))
    return wanted.join(Subject, Subject.id == Service.id).where(*visible).order_by(Service.id)


def _subject(line: Line) -> RuleSubject:
    exempt = EXEMPT.get(line.state)
    return RuleSubject(
        kind=SubjectKind.SERVICE,
        id=line.id,
        slug=line.slug,
        name=line.name,
        path=line.path,
        standing=line.label,
        mood=line.mood,
        since=line.since,
        exempt=sentence(exempt) if exempt else None,
    )
