"""Reads of quarterly reports."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.feedback.figures import figures as said_figures
from consortium.segments.hiding import Figure
from consortium.segments.models import (
    Dimension,
    ReportState,
    ServiceReport,
    ServiceReportFigure,
    ServiceReportVersion,
)
from consortium.segments.quarters import Quarter, asked_quarters, quarter_of
from consortium.services.models import ServiceStep
from participation.subjects import Subject
from participation.web.i18n import ZONE


@dataclass(frozen=True)
class Version:
    """The figures of all segments, as they were handed in: not to be shown before `hiding.shown`."""

    number: int
    reason: str
    at: datetime
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class Report:
    quarter: Quarter
    state: ReportState
    typed: Mapping[str, str]
    saved_at: datetime | None
    versions: tuple[Version, ...]  # the newest first

    @property
    def newest(self) -> Version:
        return self.versions[0]


@dataclass(frozen=True)
class Asked:
    """A quarter of the last year on which a service has to report."""

    quarter: Quarter
    reported: bool


def reports_of(session: Session, service_id: int) -> tuple[Report, ...]:
    """Every report of a service with all its versions, drafts too, the newest quarter first. Three queries."""
    wanted = select(ServiceReport).where(ServiceReport.service_id == service_id)
    rows = session.scalars(wanted.order_by(ServiceReport.year.desc(), ServiceReport.quarter.desc())).all()
    ids = [row.id for row in rows if row.version]
    figures: dict[tuple[int, int], list[Figure]] = defaultdict(list)
    for row in session.scalars(select(ServiceReportFigure).where(ServiceReportFigure.report_id.in_(ids))):
        told = Figure(Dimension(row.dimension), row.segment, row.users, row.satisfaction)
        figures[row.report_id, row.number].append(told)
    versions: dict[int, list[Version]] = defaultdict(list)
    newest_first = select(ServiceReportVersion).where(ServiceReportVersion.report_id.in_(ids))
    for each in session.scalars(newest_first.order_by(ServiceReportVersion.number.desc())):
        told_then = tuple(figures[each.report_id, each.number])
        versions[each.report_id].append(Version(each.number, each.reason, each.at, told_then))
    return tuple(
        Report(
            Quarter(row.year, row.quarter), ReportState(row.state), row.typed, row.saved_at, tuple(versions[row.id])
        )
        for row in rows
    )


def asked_of(session: Session, service_ids: Sequence[int], at: datetime) -> dict[int, tuple[Asked, ...]]:
    """The quarters of the last year that each service has to report on, the newest first. Three queries."""
    published = dict(
        session.execute(select(Subject.id, Subject.published_at).where(Subject.id.in_(service_ids))).all()
    )
    steps: dict[int, list[tuple[str, date]]] = defaultdict(list)
    columns = (ServiceStep.service_id, ServiceStep.to_state, ServiceStep.day)
    for number, *step in session.execute(
        select(*columns).where(ServiceStep.service_id.in_(service_ids)).order_by(ServiceStep.id)
    ):
        steps[number].append((step[0], step[1]))
    names = (ServiceReport.service_id, ServiceReport.year, ServiceReport.quarter)
    handed_in = select(*names).where(ServiceReport.service_id.in_(service_ids), ServiceReport.version > 0)
    told = {(number, Quarter(year, quarter)) for number, year, quarter in session.execute(handed_in)}
    found = {}
    for number in service_ids:
        since = published.get(number)
        day = since.astimezone(ZONE).date() if since else None
        quarters = asked_quarters(steps[number], day, at)
        found[number] = tuple(Asked(quarter, (number, quarter) in told) for quarter in quarters)
    return found


def said_by_quarter(session: Session, service_id: int) -> dict[Quarter, tuple[int, float]]:
    """(answers, mean) of the feedback of each quarter. Only months that are shown count, so that what is hidden of
    them cannot be calculated from these. One query."""
    sums: dict[Quarter, tuple[int, float]] = {}
    for month in said_figures(session, service_id).months:
        if month.count is not None and month.average is not None:
            quarter = quarter_of(date.fromisoformat(f"{month.key}-01"))
            people, marks = sums.get(quarter, (0, 0.0))
            sums[quarter] = (people + month.count, marks + month.count * month.average)
    return {quarter: (people, round(marks / people, 2)) for quarter, (people, marks) in sums.items()}
