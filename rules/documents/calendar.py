"""Rules come into force and give way by the calendar. What binds is asked of the dates; this says when it happened."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import Job
from participation.events import record
from participation.search.actions import mark_for_indexing
from participation.services import Services
from participation.states import may_move
from rules.documents.events import RuleInForce, RuleSuperseded
from rules.documents.models import TRANSITIONS, Document, Kind, Stage, Version
from rules.documents.queries import versions_of
from rules.documents.stages import stage_on, today


def turn_rules(services: Services, now: datetime) -> None:
    """Write down, once, which versions came into force and which gave way."""
    with services.db.read() as session:
        due = _due(session, now)
    if due:
        services.db.write(lambda session: [turn_rule(session, document_id, now) for document_id in due] and None)


def _due(session: Session, now: datetime) -> list[int]:
    """Rules with a version that has reached its day but is not yet written down as in force."""
    return list(
        session.scalars(
            select(Version.document_id)
            .join(Document, Document.id == Version.document_id)
            .where(Document.kind == Kind.RULE, Version.published_at.is_not(None), Version.stage == Stage.DRAFT)
            .where(Version.in_force_from <= today(now))
            .distinct()
        )
    )


def turn_rule(session: Session, document_id: int, now: datetime) -> None:
    """Bring the recorded stages of a rule's versions to what the calendar says; each step is an event."""
    session.execute(select(Document.id).where(Document.id == document_id).with_for_update())
    versions = versions_of(session, document_id)
    for version in versions:
        wanted = stage_on(Kind.RULE, version, versions, today(now))
        while version.stage != wanted:
            _step(session, version, now)
    session.flush()
    mark_for_indexing(session, document_id, now)


def _step(session: Session, version: Version, now: datetime) -> None:
    """One arrow along the way of a rule; the row is locked, so that nobody takes the same step twice."""
    to = next(each for each in Stage if may_move(TRANSITIONS[Kind.RULE], Stage(version.stage), each))
    version.stage = to
    about = {"document_id": version.document_id, "version_id": version.id, "number": version.number}
    fact: RuleInForce | RuleSuperseded
    if to == Stage.IN_FORCE:
        fact = RuleInForce(**about, sha256=version.sha256 or "")
    else:
        version.superseded_at = now
        fact = RuleSuperseded(**about)
    record(session, fact, actor=None, subject_id=version.document_id, now=now)


JOBS = (Job("rules by the calendar", turn_rules),)
