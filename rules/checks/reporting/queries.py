"""Yearly reports as pages show them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.component import Registry
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.policy import N_, Actor
from rules.checks.articles import Article, articles_in_force
from rules.checks.library import How
from rules.checks.port import SUBJECTS, RuleSubject, SubjectKind
from rules.documents.models import Document
from rules.checks.reporting.findings import Asked, asked_reports
from rules.checks.reporting.models import ReportState, ReportStep, SelfReport
from rules.checks.reporting.policy import may_read

LABELS = {
    ReportState.DRAFT: N_("Draft"),
    ReportState.SUBMITTED: N_("Handed in"),
    ReportState.ACCEPTED: N_("Report accepted"),
    ReportState.RETURNED: N_("Returned"),
}
MOODS = {
    ReportState.DRAFT: "",
    ReportState.SUBMITTED: "wait",
    ReportState.ACCEPTED: "good",
    ReportState.RETURNED: "bad",
}


@dataclass(frozen=True)
class StepView:
    state: ReportState
    text: str
    links: tuple[str, ...]
    reason: str
    by: str
    at: datetime

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]


@dataclass(frozen=True)
class ReportView:
    """A report that was handed in, with its steps, the newest first. Without a right to read them, texts are those of
    accepted reports only, and nobody is named."""

    id: int
    organisation_id: int
    year: int
    state: ReportState
    steps: tuple[StepView, ...]


@dataclass(frozen=True)
class QueueLine:
    id: int
    organisation_id: int
    organisation: str
    rule: Localized
    article: str
    year: int
    state: ReportState
    moved_at: datetime

    @property
    def label(self) -> str:
        return LABELS[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]


def reporting_articles(session: Session, at: datetime) -> tuple[Article, ...]:
    """The articles in force on which organisations report. Two queries."""
    return tuple(
        each
        for each in articles_in_force(session, at)
        if each.kind == SubjectKind.ORGANISATION and (each.check or {}).get("kind") == How.SELF_REPORT
    )


def asked_of_everybody(
    session: Session, registry: Registry, at: datetime, organisation_id: int = 0
) -> Iterator[Asked]:
    """The reports that count now, of every bound organisation (or of one). One query for each article besides."""
    articles = reporting_articles(session, at)
    subjects = [
        each
        for hook in registry.hooks(SUBJECTS)
        for each in (hook(session, at) if articles else ())
        if _bound(each) and organisation_id in (0, each.id)
    ]
    for article in articles if subjects else ():
        yield from asked_reports(session, article, subjects, at)


def reports_of(session: Session, actor: Actor, article: Article, organisation_id: int) -> tuple[ReportView, ...]:
    """Those that were handed in, the newest year first. Two queries."""
    rows = session.scalars(
        select(SelfReport)
        .where(SelfReport.organisation_id == organisation_id, SelfReport.document_id == article.document_id)
        .where(SelfReport.article == article.key, SelfReport.state != ReportState.DRAFT)
        .order_by(SelfReport.year.desc())
    ).all()
    return _views(session, rows, inside=bool(may_read(actor, organisation_id)))


def report_of(session: Session, actor: Actor, row: SelfReport) -> ReportView:
    """One report with its steps."""
    return _views(session, [row], inside=bool(may_read(actor, row.organisation_id)))[0]


def queue(session: Session, state: str, locale: str) -> tuple[QueueLine, ...]:
    """For the desk: those in a state (or all that were handed in), what waits longest first. One query."""
    rows = session.execute(
        select(SelfReport, Organisation.name, Document.title)
        .join(Organisation, Organisation.id == SelfReport.organisation_id)
        .join(Document, Document.id == SelfReport.document_id)
        .where(SelfReport.state == state if state else SelfReport.state != ReportState.DRAFT)
        .order_by(SelfReport.moved_at, SelfReport.id)
    )
    return tuple(
        QueueLine(
            id=row.id,
            organisation_id=row.organisation_id,
            organisation=name.to(locale),
            rule=title,
            article=row.article,
            year=row.year,
            state=ReportState(row.state),
            moved_at=row.moved_at,
        )
        for row, name, title in rows
    )


def waiting_reports(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the desk: how many reports wait, the oldest for how many days."""
    waiting = select(func.count(), func.min(SelfReport.moved_at)).where(SelfReport.state == ReportState.SUBMITTED)
    count, oldest = session.execute(waiting).one()
    days = (now - oldest).days if oldest else 0
    return [(N_("Yearly reports to review"), count, days, "/secretariat/yearly-reports")]


def _bound(subject: RuleSubject) -> bool:
    return subject.kind == SubjectKind.ORGANISATION and subject.exempt is None


def _views(session: Session, reports: Sequence[SelfReport], *, inside: bool) -> tuple[ReportView, ...]:
    taken: dict[int, list[StepView]] = {}
    accepted = {each.id for each in reports if each.state == ReportState.ACCEPTED}
    wanted = (
        select(ReportStep, Account.name)
        .outerjoin(Account, Account.id == ReportStep.actor_id)
        .where(ReportStep.report_id.in_([each.id for each in reports]))
        .order_by(ReportStep.id.desc())
    )
    for step, name in session.execute(wanted):
        shown = taken.setdefault(step.report_id, [])
        last = all(each.state != ReportState.SUBMITTED for each in shown)  # the text that was accepted
        open_ = inside or (step.report_id in accepted and step.to_state == ReportState.SUBMITTED and last)
        text, links = (step.text, tuple(step.links)) if open_ else ("", ())
        told, by = (step.reason, name or "") if inside else ("", "")
        shown.append(StepView(ReportState(step.to_state), text, links, told, by, step.at))
    return tuple(
        ReportView(each.id, each.organisation_id, each.year, ReportState(each.state), tuple(taken.get(each.id, ())))
        for each in reports
    )
