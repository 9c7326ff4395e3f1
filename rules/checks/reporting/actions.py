"""Writing, handing in and reviewing yearly reports; every step is a row with its text or its reason."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.web.errors import NotFound
from rules.checks.reporting.events import SelfReportReviewed, SelfReportSubmitted
from rules.checks.reporting.findings import Asked
from rules.checks.reporting.models import ReportState, ReportStep, SelfReport
from rules.checks.reporting.policy import may_review, may_write


def save_draft(session: Session, actor: Actor, asked: Asked, text: str, links: str, *, now: datetime) -> SelfReport:
    """Keep what was typed so far; the state stays."""
    report = _locked(session, actor, asked, now)
    report.text, report.links, report.saved_at = text, links, now
    return report


def submit(
    session: Session, actor: Actor, asked: Asked, text: str, links: Sequence[str], *, now: datetime
) -> SelfReport:
    """Hand it in, for the first time or after it was returned."""
    report = save_draft(session, actor, asked, text, "\n".join(links), now=now)
    step = _step(session, actor, report, ReportState.SUBMITTED, now, text=text, links=list(links))
    fact = SelfReportSubmitted(**_about(report), step=step)
    record(session, fact, actor=actor, subject_id=report.organisation_id, private={"text": text}, now=now)
    return report


def review(session: Session, actor: Actor, report_id: int, to: ReportState, reason: str, *, now: datetime) -> None:
    """Accept it, or return it with the reason."""
    report = session.get(SelfReport, report_id, with_for_update=True, populate_existing=True)
    if report is None or report.state == ReportState.DRAFT:
        raise NotFound
    ensure(may_review(actor, report.organisation_id, ReportState(report.state), to))
    ensure(require(bool(reason) or to != ReportState.RETURNED, N_("Please say why.")))
    step = _step(session, actor, report, to, now, reason=reason)
    fact = SelfReportReviewed(**_about(report), to=to, step=step)
    record(session, fact, actor=actor, subject_id=report.organisation_id, private={"reason": reason}, now=now)


def _locked(session: Session, actor: Actor, asked: Asked, now: datetime) -> SelfReport:
    """The row of this report, made if there is none; one writer at a time."""
    names = {
        "organisation_id": asked.subject.id,
        "document_id": asked.article.document_id,
        "article": asked.article.key,
        "year": asked.year.number,
    }
    ensure(may_write(actor, asked.subject.id, ReportState.DRAFT))
    values = {**names, "state": ReportState.DRAFT, "text": "", "links": "", "saved_at": now, "moved_at": now}
    session.execute(insert_ignore(SelfReport, dialect_name(session)).values(**values))
    wanted = select(SelfReport).filter_by(**names).with_for_update().execution_options(populate_existing=True)
    report = session.scalars(wanted).one()
    ensure(may_write(actor, asked.subject.id, ReportState(report.state)))
    return report


def _step(
    session: Session,
    actor: Actor,
    report: SelfReport,
    to: ReportState,
    now: datetime,
    *,
    text: str = "",
    links: Sequence[str] = (),
    reason: str = "",
) -> int:
    """Move it, and keep who did so, with which words; returns the number of that row."""
    report.state, report.moved_at = to, now
    row = ReportStep(
        report_id=report.id, to_state=to, text=text, links=list(links), reason=reason, actor_id=actor.id, at=now
    )
    session.add(row)
    session.flush()
    return row.id


def _about(report: SelfReport) -> dict[str, int]:
    return {
        "report_id": report.id,
        "organisation_id": report.organisation_id,
        "document_id": report.document_id,
        "year": report.year,
    }
