"""What everybody reads: the list with the goal tree, one KPI, its tables, and the chart for other sites."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from participation.kpis.chart import FULL
from participation.kpis.judging import Outcome
from participation.kpis.labels import CALENDARS, COMPARATORS, KINDS, LEVELS, OUTCOMES, SYMBOLS, amount, year_label
from participation.kpis.models import Kind, Kpi, KpiMeasurement, Level
from participation.kpis.policy import may_keep
from participation.kpis.queries import KpiView, kpi, kpis
from participation.kpis.showing import Card, card, whole
from participation.kpis.tree import Node, Picture, above, goal_tree, picture
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, redirect, subject_blocks
from participation.web.templating import with_query

NARROWING = ("kind", "state", "goal")


@dataclass(frozen=True)
class Asked:
    kind: str
    state: str
    goal: str


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many KPIs stand how."""

    all: int
    met: int
    missed: int
    no_data: int


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: tuple[Card, ...]
    counts: Counts
    kinds: list[tuple[str, str]]
    states: list[tuple[str, str]]
    goals: list[tuple[str, str]]
    chips: list[tuple[str, str]]
    picture: Picture | None
    heads: tuple[str, ...]  # of the picture's columns
    branches: tuple["Branch", ...]
    csv_url: str


@dataclass(frozen=True)
class Branch:
    """A goal in the list beside the picture: the issues behind it, its measures, their KPIs."""

    name: str
    issues: tuple[str, ...]
    measures: tuple[tuple[str, tuple[Card, ...]], ...]


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One row of the history of entered figures."""

    year_label: str
    part: str
    value: str
    number: int
    note: str
    citation: str
    url: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class KpiPage:
    card: Card
    comparator: str
    calendar: str
    baseline: str
    baseline_label: str
    figure_label: str
    figure_says: str
    figure_path: str
    missing: str  # the name of a source whose component is not there
    levels: tuple[tuple[str, tuple[str, ...]], ...]
    history: tuple[Correction, ...]
    embed: str
    may_keep: Verdict


def index(ctx: Context) -> Response:
    view = _list(ctx)
    if ctx.htmx:
        return fragment(ctx, "kpis/_list.html", view)
    return page(ctx, "kpis/index.html", view)


def show(ctx: Context) -> Response:
    shown = _show(ctx)
    blocks = subject_blocks(ctx, ctx.session.get_one(Subject, shown.card.view.id))
    return page(ctx, "kpis/show.html", shown, blocks=blocks)


def embed(ctx: Context) -> Response:
    """The chart alone, for the page of another site: nothing personal in it, no script, and no cookie is set."""
    ctx.set_cookies = []
    response = page(ctx, "kpis/embed.html", card(ctx, found(ctx)), site=ctx.settings.base_url)
    response.headers.update(FRAMED)
    return response


def by_id(ctx: Context) -> Response:
    """The way of links that know only the number of the thing."""
    key = ctx.session.scalars(select(Kpi.key).where(Kpi.id == ctx.path["id"])).first()
    if key is None:
        raise NotFound
    return redirect(ctx, f"/kpis/{key}")


FRAMED = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; "
        "form-action 'none'; object-src 'none'; frame-ancestors *"
    ),
    "cross-origin-resource-policy": "cross-origin",
    "cache-control": "public, max-age=300",
}


def found(ctx: Context) -> KpiView:
    """The KPI of the address.

    Raises:
        NotFound: there is none.
    """
    key = ctx.path["key"]
    view = ctx.recall(("kpi", key), lambda: kpi(ctx.session, ctx.services.registry, ctx.now, key))
    if view is None:
        raise NotFound
    return view


def asked(ctx: Context, goals: Sequence[str]) -> Asked:
    """The filters of the address; what is none of the choices counts as not given."""
    kind, state, goal = (ctx.query.get(name, "") for name in NARROWING)
    given = ((kind, list(Kind)), (state, list(Outcome)), (goal, goals))
    return Asked(*(value if value in known else "" for value, known in given))


def _goals(ctx: Context) -> tuple[Node, ...]:
    return ctx.recall(("goals",), lambda: goal_tree(ctx.session))


def _list(ctx: Context) -> ListPage:
    nodes = _goals(ctx)
    views = ctx.recall(("kpis",), lambda: kpis(ctx.session, ctx.services.registry, ctx.now))
    cards = {view.key: card(ctx, view) for view in views}
    goals = [(node.key, node.name.to(ctx.locale)) for node in nodes if node.level == Level.GOAL]
    wanted = asked(ctx, [key for key, _ in goals])
    named = {key: (each.name, f"{SYMBOLS[each.view.outcome]} {each.outcome}") for key, each in cards.items()}
    return ListPage(
        asked=wanted,
        items=tuple(each for each in cards.values() if _fits(wanted, each.view, nodes)),
        counts=_counts(views),
        kinds=[(str(kind), ctx._(label)) for kind, label in KINDS.items()],
        states=[(str(state), ctx._(label)) for state, label in OUTCOMES.items()],
        goals=goals,
        chips=_chips(ctx, wanted, dict(goals)),
        picture=None if ctx.htmx else picture(nodes, named, ctx.locale),
        heads=(*(ctx._(LEVELS[level]) for level in Level), "KPI"),
        branches=() if ctx.htmx else _branches(nodes, cards, ctx.locale),
        csv_url="/kpis.csv",
    )


def _fits(wanted: Asked, view: KpiView, nodes: Sequence[Node]) -> bool:
    goals = [node.key for node in above(nodes, view.key)[Level.GOAL]] if wanted.goal else []
    return (
        wanted.kind in ("", view.kind)
        and wanted.state in ("", view.outcome)
        and (not wanted.goal or wanted.goal in goals)
    )


def _counts(views: Sequence[KpiView]) -> Counts:
    outcomes = [view.outcome for view in views]
    return Counts(
        all=len(outcomes),
        met=outcomes.count(Outcome.MET),
        missed=outcomes.count(Outcome.MISSED),
        no_data=outcomes.count(Outcome.NO_DATA),
    )


def _chips(ctx: Context, wanted: Asked, goals: dict[str, str]) -> list[tuple[str, str]]:
    words = {
        "kind": ctx._(KINDS[Kind(wanted.kind)]) if wanted.kind else "",
        "state": ctx._(OUTCOMES[Outcome(wanted.state)]) if wanted.state else "",
        "goal": goals.get(wanted.goal, ""),
    }
    given = ctx.query.multi_items()
    return [(label, "/kpis" + with_query(given, **{name: None})) for name, label in words.items() if label]


def _branches(nodes: Sequence[Node], cards: dict[str, Card], locale: str) -> tuple[Branch, ...]:
    names = {node.key: node.name.to(locale) for node in nodes}
    return tuple(
        Branch(
            goal.name.to(locale),
            tuple(names[key] for key in goal.parents),
            tuple(
                (node.name.to(locale), tuple(cards[key] for key in node.kpis))
                for node in nodes
                if goal.key in node.parents
            ),
        )
        for goal in nodes
        if goal.level == Level.GOAL
    )


def _show(ctx: Context) -> KpiPage:
    view = found(ctx)
    shown, figure, above_it = whole(ctx, view), view.figure, above(_goals(ctx), view.key)
    base = [(view.part_name(part, ctx.locale), amount(ctx._, value, view.unit, ctx.locale))
            for part, value in view.terms.baseline.items()]  # fmt: skip
    return KpiPage(
        card=shown,
        comparator=ctx._(COMPARATORS[view.comparator]),
        calendar=ctx._(CALENDARS[view.calendar]),
        baseline=" / ".join(f"{name} {text}".strip() for name, text in base),
        baseline_label=year_label(ctx._, view.baseline_year, view.calendar) if view.baseline_year else "",
        figure_label=ctx._(figure.label) if figure else "",
        figure_says=ctx._(figure.says) if figure else "",
        figure_path=figure.path if figure else "",
        missing=view.source if view.source and not figure else "",
        levels=tuple(
            (ctx._(LEVELS[level]), tuple(node.name.to(ctx.locale) for node in above_it[level])) for level in Level
        ),
        history=_history(ctx, view),
        embed=_embed_code(ctx, view, shown.name),
        may_keep=may_keep(ctx.actor),
    )


def _history(ctx: Context, view: KpiView) -> tuple[Correction, ...]:
    """Every row that was entered, the newest first."""
    wanted = select(KpiMeasurement).where(KpiMeasurement.kpi_id == view.id)
    newest = wanted.order_by(KpiMeasurement.at.desc(), KpiMeasurement.id.desc())
    rows = ctx.recall(("entered", view.id), lambda: ctx.session.scalars(newest).all())
    return tuple(
        Correction(
            year_label=year_label(ctx._, row.year, view.calendar),
            part=view.part_name(row.part, ctx.locale),
            value=amount(ctx._, row.value, view.unit, ctx.locale),
            number=row.number,
            note=row.note,
            citation=row.citation,
            url=row.url,
            at=row.at,
        )
        for row in rows
    )


def _embed_code(ctx: Context, view: KpiView, name: str) -> str:
    address = f"{ctx.settings.base_url}{view.path}/embed?lang={ctx.locale}"
    title = name.replace("&", "&amp;").replace('"', "&quot;")
    return f'<iframe src="{address}" title="{title}" width="{FULL.width}" height="640" loading="lazy"></iframe>'


ROUTES = (
    get("/kpis", index, cached=True),
    get("/kpis/by-id/{id:int}", by_id),
    get("/kpis/{key}", show, cached=True),
    get("/kpis/{key}/embed", embed, cached=True),
)
