"""The table becomes public with the next version; this says so, once, to everybody who wrote."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.component import Job
from participation.events import record
from participation.services import Services
from rules.opinions.answering import show_response
from rules.opinions.cases import Case, untold_cases
from rules.opinions.events import ResponsesPublished
from rules.opinions.groups import groups_of
from rules.opinions.models import PublicComment


def publish_tables(services: Services, now: datetime) -> None:
    """The worker's job. Who may read a table is asked of the versions and the clock; this only tells people."""
    with services.db.read() as session:
        due = untold_cases(session, now)
    for case in due:
        services.db.write(lambda session, case=case: _publish(session, case, now))


def _publish(session: Session, case: Case, now: datetime) -> None:
    won = session.execute(
        update(PublicComment)
        .where(PublicComment.id == case.id, PublicComment.published_at.is_(None))
        .values(published_at=now)
        .returning(PublicComment.id)
    ).first()
    if won is None:
        return
    groups = groups_of(session, case.id)
    for group in groups:
        if group.answer is not None:
            show_response(session, case, group.id, group.answer.number, now)
    fact = ResponsesPublished(public_comment_id=case.id, document_id=case.document_id, rows=len(groups))
    record(session, fact, actor=None, subject_id=case.document_id, now=now)


JOBS = (Job("response_tables", publish_tables),)
