"""What yearly reports say of the keeping of an article: the check of the kind `self_report`."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import N_
from rules.checks.articles import Article
from rules.checks.port import Finding, RuleSubject, State, SubjectKind, evidence, found
from rules.checks.reporting.calendar import Progress, Year, first_year, progress, years_asked, years_that_count
from rules.checks.reporting.models import ReportState, ReportStep, SelfReport

ACCEPTED = N_("The report for fiscal year %(year)s is accepted.")
WAITS = N_("The report for fiscal year %(year)s was handed in and waits for the secretariat's review.")
WAITS_LATE = N_("The report for fiscal year %(year)s came late and waits for the secretariat's review.")
RETURNED = N_("The report for fiscal year %(year)s was returned and is to be corrected.")
MISSING = N_("The report for fiscal year %(year)s has not been handed in.")
FIRST = N_("The first report is that for fiscal year %(year)s, which can be handed in from %(day)s.")
NOT_FOR_THESE = N_("Only organisations report on themselves.")
WORST = (State.BROKEN, State.DUE, State.KEPT)


@dataclass(frozen=True)
class Asked:
    """A report that is asked of somebody."""

    subject: RuleSubject
    article: Article
    year: Year
    progress: Progress

    @property
    def path(self) -> str:
        article = self.article
        return f"/organisations/{self.subject.slug}/reports/{article.rule}/{article.key}/{self.year.number}"

    @property
    def open(self) -> bool:
        """Whether the organisation has something to do."""
        return self.progress.state in (ReportState.DRAFT, ReportState.RETURNED)


def report_findings(
    session: Session, article: Article, subjects: Sequence[RuleSubject], at: datetime
) -> Mapping[int, Finding]:
    """The worst of what counts. One query."""
    if article.kind != SubjectKind.ORGANISATION:
        return {each.id: found(State.NO_DATA, NOT_FOR_THESE) for each in subjects}
    said: dict[int, Finding] = {}
    for asked in asked_reports(session, article, subjects, at):
        finding, before = judge(asked, at), said.get(asked.subject.id)
        if before is None or WORST.index(finding.state) < WORST.index(before.state):
            said[asked.subject.id] = finding
    return {each.id: said.get(each.id) or _first(each, at) for each in subjects}


def asked_reports(
    session: Session, article: Article, subjects: Sequence[RuleSubject], at: datetime
) -> list[Asked]:
    """The reports on an article that count now, by subject and year. One query."""
    taken = _steps(session, article, [each.id for each in subjects], years_that_count(at), at)
    return [
        Asked(subject, article, year, progress(year, taken.get((subject.id, year.number), ())))
        for subject in subjects
        for year in years_asked(subject.since, at)
    ]


def judge(asked: Asked, at: datetime) -> Finding:
    """What one report says. Of the time alone a report that is late, and not accepted, breaks the article."""
    progress, place = asked.progress, f"{cell_path(asked.subject, asked.article)}#reports"
    about = {"see": (evidence(place, N_("The reports of this member")),), "year": str(asked.year.number)}
    if progress.state == ReportState.ACCEPTED:
        return found(State.KEPT, ACCEPTED, **about)
    if progress.state == ReportState.SUBMITTED:
        return found(State.DUE, WAITS, **about) if progress.in_time else found(State.BROKEN, WAITS_LATE, **about)
    state = State.DUE if at <= progress.due else State.BROKEN
    says = RETURNED if progress.state == ReportState.RETURNED else MISSING
    return found(state, says, by=progress.due, **about)


def cell_path(subject: RuleSubject, article: Article) -> str:
    return f"/rules/board/{article.rule}/{article.key}/{subject.kind}/{subject.slug}"


def _first(subject: RuleSubject, at: datetime) -> Finding:
    year = first_year(subject.since, at)
    return found(State.NOT_APPLICABLE, FIRST, year=str(year.number), day=year.opens_at.date())


def _steps(
    session: Session, article: Article, ids: Sequence[int], years: Sequence[Year], at: datetime
) -> dict[tuple[int, int], list[tuple[str, datetime]]]:
    rows = session.execute(
        select(SelfReport.organisation_id, SelfReport.year, ReportStep.to_state, ReportStep.at)
        .join(ReportStep, ReportStep.report_id == SelfReport.id)
        .where(SelfReport.document_id == article.document_id, SelfReport.article == article.key)
        .where(SelfReport.organisation_id.in_(ids), SelfReport.year.in_([year.number for year in years]))
        .order_by(ReportStep.id)
    )
    taken: dict[tuple[int, int], list[tuple[str, datetime]]] = defaultdict(list)
    for row in rows:
        if row.at <= at:
            taken[row.organisation_id, row.year].append((row.to_state, row.at))
    return taken
