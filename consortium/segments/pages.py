"""What everybody reads of quarterly reports: over time, one quarter with its corrections, a table."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from consortium.segments.drawing import MARKS, Bars, Chart, over_time, side_by_side
from consortium.segments.grid import REST, Grid, grid_of
from consortium.segments.hiding import Figure, Hidden, shown
from consortium.segments.models import Dimension
from consortium.segments.policy import may_report
from consortium.segments.quarters import LABEL, MONTHS, Quarter, read_quarter
from consortium.segments.queries import Asked, Report, Version, asked_of, reports_of, said_by_quarter
from consortium.services.pages import read, whole_of
from consortium.services.queries import Line
from participation.policy import N_, Verdict
from participation.spaces.queries import places
from participation.web import Context, NotFound, Response, get, page
from participation.web.csv import csv_answer
from participation.web.i18n import show_number

HEADS = ("quarter", "version", "dimension", "segment", "users", "satisfaction", "feedback_answers", "feedback_average")
FEW, WITHHELD = "<5", "<5*"
MOST = 20  # quarters of a drawing
NOT_SAID = N_("not said")


@dataclass(frozen=True)
class Row:
    """A segment with its figures in words."""

    label: str
    figure: Figure
    users: str
    satisfaction: str


@dataclass(frozen=True)
class Part:
    label: str
    rows: tuple[Row, ...]
    users: Bars
    satisfaction: Bars | None


@dataclass(frozen=True)
class Shown:
    """A version as everybody sees it."""

    version: Version
    total: Row
    parts: tuple[Part, ...]

    @property
    def withheld(self) -> bool:
        return any(row.figure.hidden == Hidden.WITHHELD for part in self.parts for row in part.rows)


@dataclass(frozen=True)
class Span:
    """A quarter in the table over time: what was reported, and what feedback says."""

    quarter: Quarter
    label: str
    total: Row
    corrected: bool
    answers: str
    average: str


@dataclass(frozen=True, kw_only=True)
class Overview:
    service: Line
    spans: tuple[Span, ...]  # the newest first
    users: Chart | None
    satisfaction: Chart | None
    newest: Shown | None
    reportable: Verdict
    asked: tuple[tuple[Asked, str], ...]  # with the label of the quarter; for those who report
    fewest: int = 5

    @property
    def path(self) -> str:
        return f"{self.service.path}/reports"


@dataclass(frozen=True, kw_only=True)
class QuarterPage:
    service: Line
    quarter: Quarter
    label: str
    versions: tuple[Shown, ...]  # the newest first
    reportable: Verdict


def reports_block(ctx: Context, subject: Any) -> Overview | None:
    """On the page of a service that is in the catalogue, once there is something to say or to do."""
    if subject.kind != "service" or not subject.visible:
        return None
    view = whole_of(ctx)
    if view is None:
        return None
    found = _overview(ctx, view.line)
    return found if found.spans or found.reportable else None


def index(ctx: Context) -> Response:
    return page(ctx, "consortium/segments/index.html", _overview(ctx, read(ctx).line))


def show(ctx: Context) -> Response:
    line, quarter = read(ctx).line, known_quarter(ctx)
    report = next((each for each in reports_of(ctx.session, line.id) if each.quarter == quarter), None)
    may = may_report(ctx.actor, line.owner_ids, line.visible)
    if report is None or not report.versions:
        raise NotFound
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    versions = tuple(show_version(ctx, grid, version) for version in report.versions)
    label = label_of(ctx, quarter)
    view = QuarterPage(service=line, quarter=quarter, label=label, versions=versions, reportable=may)
    return page(ctx, "consortium/segments/quarter.html", view)


def table(ctx: Context) -> Response:
    """Every version of every quarter; what is hidden says so."""
    line = read(ctx).line
    said, rows = said_by_quarter(ctx.session, line.id), []
    for report in reports_of(ctx.session, line.id):
        people, mean = said.get(report.quarter, (None, None))
        for version in report.versions:
            for each in shown(version.figures):
                mine = (people, mean) if each.dimension == Dimension.TOTAL else (None, None)
                users = each.users if each.users is not None else mark_of(each.hidden)
                rest = "" if each.dimension == Dimension.TOTAL else "not_said"
                about = (report.quarter.key, version.number, each.dimension, each.segment or rest)
                rows.append((*about, users, each.satisfaction, *mine))
    return csv_answer(f"reports-{line.slug}", HEADS, rows)


def known_quarter(ctx: Context) -> Quarter:
    """The quarter of the address.

    Raises:
        NotFound: it is none.
    """
    quarter = read_quarter(ctx.path["quarter"])
    if quarter is None:
        raise NotFound
    return quarter


def label_of(ctx: Context, quarter: Quarter) -> str:
    return ctx._(LABEL, year=quarter.year, n=quarter.number, months=ctx._(MONTHS[quarter.number - 1]))


def mark_of(hidden: Hidden) -> str:
    return {Hidden.NOT: "", Hidden.FEW: FEW, Hidden.WITHHELD: WITHHELD}[hidden]


def show_version(ctx: Context, grid: Grid, version: Version) -> Shown:
    """What everybody sees of a version, in words and as bars."""
    told = shown(version.figures)
    labels = {(cell.dimension, cell.segment): cell.label for cell in grid.cells}
    rows = [_row(ctx, labels.get((each.dimension, each.segment), ctx._(NOT_SAID)), each) for each in told]
    by_dimension = {name: tuple(row for row in rows if row.figure.dimension == name) for name in grid.split}
    return Shown(
        version,
        rows[0],
        tuple(_part(grid.labels[name], _in_order(grid, name, found)) for name, found in by_dimension.items() if found),
    )


def _in_order(grid: Grid, dimension: Dimension, rows: Sequence[Row]) -> tuple[Row, ...]:
    order = [cell.segment for cell in grid.of(dimension)]
    return tuple(sorted(rows, key=lambda row: (row.figure.segment == REST, order.index(row.figure.segment)
                                               if row.figure.segment in order else len(order))))  # fmt: skip


def _row(ctx: Context, label: str, figure: Figure) -> Row:
    users = show_number(figure.users, ctx.locale) if figure.users is not None else mark_of(figure.hidden)
    mark = show_number(figure.satisfaction, ctx.locale) if figure.satisfaction is not None else "–"
    return Row(label, figure, users, mark)


def _part(label: str, rows: tuple[Row, ...]) -> Part:
    most = max((row.figure.users or 0 for row in rows), default=0)
    users = side_by_side([(row.label, row.figure.users, row.users) for row in rows], most)
    marks = [(row.label, row.figure.satisfaction, row.satisfaction) for row in rows]
    has_marks = any(value is not None for _, value, _ in marks)
    return Part(label, rows, users, side_by_side(marks, MARKS[-1]) if has_marks else None)


def _overview(ctx: Context, line: Line) -> Overview:
    every = ctx.recall(("reports", line.id), lambda: reports_of(ctx.session, line.id))
    reports = [report for report in every if report.versions]
    said = ctx.recall(("said by quarter", line.id), lambda: said_by_quarter(ctx.session, line.id))
    grid = grid_of(places(ctx.session, ctx.locale), ctx._)
    may = may_report(ctx.actor, line.owner_ids, line.visible)
    asked = asked_of(ctx.session, [line.id], ctx.now)[line.id] if may else ()
    spans = tuple(_span(ctx, report, said.get(report.quarter)) for report in reports)
    users, satisfaction = _charts(ctx, spans, said)
    return Overview(
        service=line,
        spans=spans,
        users=users,
        satisfaction=satisfaction,
        newest=show_version(ctx, grid, reports[0].newest) if reports else None,
        reportable=may,
        asked=tuple((each, label_of(ctx, each.quarter)) for each in asked),
    )


def _span(ctx: Context, report: Report, said: tuple[int, float] | None) -> Span:
    total = _row(ctx, "", shown(report.newest.figures)[0])
    people, mean = said or (None, None)
    return Span(
        report.quarter,
        label_of(ctx, report.quarter),
        total,
        report.newest.number > 1,
        show_number(people, ctx.locale) if people is not None else "–",
        show_number(mean, ctx.locale) if mean is not None else "–",
    )


def _charts(
    ctx: Context, spans: Sequence[Span], said: dict[Quarter, tuple[int, float]]
) -> tuple[Chart | None, Chart | None]:
    """Every quarter from the first reported one to the last, also those that are missing."""
    if not spans:
        return None, None
    told = {span.quarter: span.total.figure for span in spans}
    quarters = [spans[0].quarter]
    while quarters[0] > spans[-1].quarter and len(quarters) < MOST:
        quarters.insert(0, quarters[0].previous)

    def row(value: Callable[[Figure], float | None]) -> list[float | None]:
        return [value(told[each]) if each in told else None for each in quarters]

    names = [each.key for each in quarters]
    feedback = [said[each][1] if each in said else None for each in quarters]
    users = over_time(names, [("actual", ctx._(N_("Active users")), row(lambda each: each.users))])
    reported = ("actual", ctx._(N_("Reported satisfaction")), row(lambda each: each.satisfaction))
    counted = ("target", ctx._(N_("Satisfaction in the feedback here")), feedback)
    return users, over_time(names, [reported, counted], MARKS)


ROUTES = (
    get("/services/{slug}/reports", index, cached=True),
    get("/services/{slug}/reports.csv", table, limit="services_table"),
    get("/services/{slug}/reports/{quarter}", show, cached=True),
)
