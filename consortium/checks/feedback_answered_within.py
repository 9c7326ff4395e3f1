"""Voices to a service are answered in time."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from consortium.backlog.figures import VoiceRecord, voice_records
from consortium.services.bound import running_for
from consortium.services.models import Service
from participation.policy import N_
from rules.checks.parameters import Days, Share
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found

SAYS = N_(
    "Of the voices to services in operation, a share of at least %(share)s is answered within %(days)s days "
    "(voices of the last year)."
)
FOR = (SubjectKind.SERVICE, SubjectKind.ORGANISATION)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Parameters:
    days: Days
    share: Share = 0.8


def find(
    session: Session, subjects: Sequence[RuleSubject], parameters: Parameters, at: datetime
) -> Mapping[int, Finding]:
    """Two queries. Without a voice in a year nothing is known."""
    services: dict[int, list[tuple[int, str, object]]] = defaultdict(list)
    for subject_id, *row in session.execute(running_for(subjects, Service.id, Service.slug, Service.name)):
        services[subject_id].append(tuple(row))
    ids = sorted({row[0] for rows in services.values() for row in rows})
    voices: dict[int, list[VoiceRecord]] = defaultdict(list)
    for record in voice_records(session, ids):
        if at - YEAR <= record.said_at <= at:
            voices[record.service_id].append(record)
    findings = {each.id: _judge(services.get(each.id, []), voices, parameters, at) for each in subjects}
    return {number: finding for number, finding in findings.items() if finding is not None}


def _judge(
    services: Sequence[tuple[int, str, object]],
    voices: Mapping[int, Sequence[VoiceRecord]],
    parameters: Parameters,
    at: datetime,
) -> Finding | None:
    """A voice whose time is not over yet and that nobody has answered counts neither way."""
    if not services:
        return found(State.NOT_APPLICABLE, N_("There is no service in operation."))
    limit = timedelta(days=parameters.days)
    said = [record for number, *_ in services for record in voices.get(number, ())]
    if not said:
        return None
    see = [evidence(f"/services/{slug}/backlog/figures", "%(name)s", name=name) for _, slug, name in services]
    good = sum(1 for each in said if each.answered_at and each.answered_at - each.said_at <= limit)
    open_ones = [each.said_at + limit for each in said if not each.answered_at and each.said_at + limit > at]
    judged = len(said) - len(open_ones)
    if not judged:
        says = N_("Voices that wait for an answer, all in time so far: %(n)s.")
        return found(State.DUE, says, by=min(open_ones), n=len(open_ones), see=see)
    state = State.KEPT if good >= parameters.share * judged else State.BROKEN
    says = N_("Voices answered within %(days)s days: %(n)s of %(all)s.")
    return found(state, says, days=parameters.days, n=good, all=judged, see=see)
