"""The board, and the page of one finding with its evidence."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from participation.policy import N_
from participation.web import Context, NotFound, Response, get, page, with_query
from participation.web.csv import csv_answer
from participation.web.paging import Pager, make_pager, read_paging
from rules.checks.articles import Article, articles_in_force
from rules.checks.asking import Wanted, asked_board, wanted
from rules.checks.judging import asked_of
from rules.checks.library import Asked, How, checks_of
from rules.checks.port import LABELS, State, SubjectKind
from rules.checks.queries import MOODS, SYMBOLS, Board, Cell, Line, board_of, subjects_of
from rules.checks.reporting.findings import Asked as Report
from rules.checks.reporting.findings import asked_reports
from rules.checks.reporting.models import ReportState
from rules.checks.reporting.policy import may_write
from rules.checks.reporting.queries import ReportView, reports_of

LINES = 50  # of a page
KINDS = {
    SubjectKind.ORGANISATION: N_("Organisations"),
    SubjectKind.SERVICE: N_("Services"),
    SubjectKind.CITY: N_("The city as a whole"),
}
MEANINGS = {
    State.KEPT: N_("The records show it."),
    State.DUE: N_("Something is to be done, and there is time left."),
    State.BROKEN: N_("The time is over, or the records show the opposite."),
    State.NOT_APPLICABLE: N_("The rule does not bind this one."),
    State.NO_DATA: N_("There are no records yet by which it could be seen. It never counts as kept."),
}
HEADS = ("rule", "version", "article", "heading", "subject_kind", "subject", "state", "finding", "due", "url")


@dataclass(frozen=True)
class Legend:
    state: State
    label: str
    symbol: str
    mood: str
    meaning: str
    count: int
    url: str


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    wanted: Wanted
    articles: tuple[Article, ...]
    lines: tuple[Line, ...]
    pager: Pager
    tabs: list[tuple[str, str, bool, str]]
    rules: list[tuple[str, str]]
    groups: list[tuple[str, str]]
    states: list[tuple[str, str]]
    chips: list[tuple[str, str]]
    legend: tuple[Legend, ...]
    csv_url: str

    @property
    def spans(self) -> list[tuple[Article, int]]:
        """The first article of each rule, and how many it has here."""
        firsts = {each.rule: each for each in reversed(self.articles)}
        counts = {rule: sum(each.rule == rule for each in self.articles) for rule in firsts}
        return [(article, counts[rule]) for rule, article in reversed(firsts.items())]


@dataclass(frozen=True)
class FindingPage:
    cell: Cell
    asked: Asked | None  # None: what is asked for cannot be said
    meaning: str
    reports: tuple[ReportView, ...] | None  # None: nobody reports on this article
    to_write: tuple[Report, ...]  # what the reader may hand in


def show(ctx: Context) -> Response:
    asked, paging = wanted(ctx), read_paging(ctx.query, LINES)
    found = asked_board(ctx, asked)
    lines, parameters = asked.lines(found), ctx.query.multi_items()
    view = BoardPage(
        wanted=asked,
        articles=found.articles,
        lines=lines[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(lines)),
        tabs=[(ctx._(label), f"/rules/board?kind={kind}", kind == asked.kind, "") for kind, label in KINDS.items()],
        rules=_rules(ctx, found, asked),
        groups=_groups(ctx, found),
        states=[(str(state), ctx._(label)) for state, label in LABELS.items()],
        chips=_chips(ctx, found, asked),
        legend=tuple(_legend(ctx, found)),
        csv_url="/rules/board.csv" + with_query(parameters, page=None, lang=None),
    )
    return page(ctx, "rules/checks/board.html", view)


def table(ctx: Context) -> Response:
    asked, base = wanted(ctx), ctx.settings.base_url
    rows = (_row(ctx, cell, base) for cell in asked.cells(asked_board(ctx, asked)))
    return csv_answer("rules-board", HEADS, rows)


def finding(ctx: Context) -> Response:
    """One cell of the board."""
    cell = found_cell(ctx)
    asked = asked_of(cell.article, checks_of(ctx.services.registry))
    usable = asked if isinstance(asked, Asked) else None
    reports = None
    if usable is not None and usable.how == How.SELF_REPORT and cell.subject.kind == SubjectKind.ORGANISATION:
        reports = reports_of(ctx.session, ctx.actor, cell.article, cell.subject.id)
    view = FindingPage(cell, usable, MEANINGS[cell.state], reports, _to_write(ctx, cell) if reports is not None else ())
    return page(ctx, "rules/checks/finding.html", view)


def found_cell(ctx: Context) -> Cell:
    """The cell of the address. Raises NotFound."""
    names, kinds = ctx.path, list(SubjectKind)
    articles = [
        each
        for each in articles_in_force(ctx.session, ctx.now, names["key"])
        if each.key == names["article"] and each.kind == names["kind"]
    ]
    if names["kind"] not in kinds or not articles:
        raise NotFound
    registry, kind = ctx.services.registry, SubjectKind(names["kind"])
    subjects = [each for each in subjects_of(ctx.session, registry, kind, ctx.now) if each.slug == names["slug"]]
    if not subjects:
        raise NotFound
    return board_of(ctx.session, registry, articles, subjects, ctx.now).lines[0].cells[0]


def _to_write(ctx: Context, cell: Cell) -> tuple[Report, ...]:
    """What is open of the reports on this cell, for those who may write them."""
    if cell.subject.exempt is not None or not may_write(ctx.actor, cell.subject.id, ReportState.DRAFT):
        return ()
    asked = asked_reports(ctx.session, cell.article, [cell.subject], ctx.now)
    return tuple(each for each in asked if each.open)


def _row(ctx: Context, cell: Cell, base: str) -> tuple[object, ...]:
    article, subject, said = cell.article, cell.subject, cell.finding
    about = (article.rule, article.number, article.key, article.heading.to(ctx.locale))
    whom = (subject.kind, subject.name.to(ctx.locale))
    return (*about, *whom, said.state, said.says.to(ctx.locale), said.due, base + cell.path)


def _rules(ctx: Context, found: Board, asked: Wanted) -> list[tuple[str, str]]:
    articles = articles_in_force(ctx.session, ctx.now) if asked.rule else found.articles
    return list({each.rule: (each.rule, each.title.to(ctx.locale)) for each in articles
                 if each.kind == asked.kind}.values())  # fmt: skip


def _groups(ctx: Context, found: Board) -> list[tuple[str, str]]:
    names = {line.subject.group: line.subject.group_label for line in found.lines if line.subject.group}
    return [(group, ctx._(label)) for group, label in sorted(names.items())]


def _chips(ctx: Context, found: Board, asked: Wanted) -> list[tuple[str, str]]:
    words: Mapping[str, Mapping[str, str]] = {
        "rule": dict(_rules(ctx, found, asked)),
        "group": dict(_groups(ctx, found)),
        "state": {str(state): ctx._(label) for state, label in LABELS.items()},
    }
    parameters = ctx.query.multi_items()
    chosen = ((name, getattr(asked, name)) for name in words)
    return [
        (words[name].get(value, value), "/rules/board" + with_query(parameters, page=None, **{name: None}))
        for name, value in chosen
        if value
    ]


def _legend(ctx: Context, found: Board) -> Iterable[Legend]:
    counts, parameters = found.counts, ctx.query.multi_items()
    for state in State:
        url = "/rules/board" + with_query(parameters, page=None, state=state)
        yield Legend(state, LABELS[state], SYMBOLS[state], MOODS[state], MEANINGS[state], counts.get(state, 0), url)


ROUTES = (
    get("/rules/board", show),
    get("/rules/board.csv", table, limit="board_table"),
    get("/rules/board/{key}/{article}/{kind}/{slug}", finding),
)
