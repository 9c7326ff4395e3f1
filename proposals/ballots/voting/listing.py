"""The list of ballots: those that are open first, then what is to come, then the results, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from participation.db import Localized
from participation.policy import N_
from participation.web import Context, Response, fragment, get, page
from participation.web.facets import LONGEST, Facet, chips, count_facet, fits_words
from participation.web.paging import Pager, make_pager, read_paging
from proposals.ballots.models import Method, State
from proposals.ballots.queries import BallotLine, BallotView, ballot_lines
from proposals.ballots.voting.words import METHODS

Say = Callable[[str], str]
FACETS = ("state", "process", "method")
STAGES = {
    "open": (N_("Open for votes"), "open"),
    "later": (N_("Begins later"), "wait"),
    "counting": (N_("Being counted"), "wait"),
    "published": (N_("Result published"), "good"),
    "called_off": (N_("Called off"), ""),
    "draft": (N_("Draft"), ""),
}


@dataclass(frozen=True)
class Stage:
    """Where a ballot stands, in words; `mood` is its look."""

    key: str
    label: str
    mood: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A line as a list shows it to one reader."""

    slug: str
    title: Localized
    method: str
    state: Stage
    opens_at: datetime | None
    closes_at: datetime | None
    process_title: Localized | None
    voted: bool

    @property
    def open(self) -> bool:
        return self.state.key == "open"

    @property
    def opens_later(self) -> bool:
        return self.state.key == "later"


@dataclass(frozen=True)
class Asked:
    now: datetime
    q: str = ""
    state: str = ""
    process: str = ""
    method: str = ""

    def fits(self, line: BallotLine) -> bool:
        return (
            self.state in ("", stage_of(line, self.now))
            and self.process in ("", line.process_slug)
            and self.method in ("", line.method)
            and fits_words(self.q, [text for each in _texts(line) for text in each.values()])
        )

    @property
    def narrowed(self) -> bool:
        return bool(self.q or self.state or self.process or self.method)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: tuple[Card, ...]
    pager: Pager
    facets: tuple[Facet, ...]
    chips: list[tuple[str, str]]


def _texts(line: BallotLine) -> tuple[Localized, ...]:
    return line.title, line.description, line.pledge


def stage_of(ballot: BallotLine | BallotView, now: datetime) -> str:
    """One of STAGES; an open ballot takes votes between its two moments only."""
    if ballot.state == State.OPEN:
        if ballot.opens_at is not None and now < ballot.opens_at:
            return "later"
        return "open" if ballot.closes_at is not None and now < ballot.closes_at else "counting"
    return "counting" if ballot.state == State.CLOSED else str(ballot.state)


def stage(say: Say, key: str) -> Stage:
    label, mood = STAGES[key]
    return Stage(key, say(label), mood)


def make_card(say: Say, now: datetime, line: BallotLine, *, with_process: bool = True) -> Card:
    """In the language of `say`."""
    return Card(
        slug=line.slug,
        title=line.title,
        method=say(METHODS[Method(line.method)]),
        state=stage(say, stage_of(line, now)),
        opens_at=line.opens_at,
        closes_at=line.closes_at,
        process_title=line.process_title if with_process else None,
        voted=line.has_voted,
    )


def in_order(lines: tuple[BallotLine, ...], now: datetime) -> list[BallotLine]:
    """By stage; the open ones by what is left of their time, the shortest first."""
    order = list(STAGES)
    newest = sorted(lines, key=lambda line: order.index(stage_of(line, now)))
    running = [line for line in newest if stage_of(line, now) == "open"]
    return [*sorted(running, key=lambda line: str(line.closes_at)), *newest[len(running):]]


def index(ctx: Context) -> Response:
    view = _list_page(ctx)
    if ctx.htmx:
        return fragment(ctx, "proposals/ballots/_list.html", view)
    return page(ctx, "proposals/ballots/index.html", view)


def _list_page(ctx: Context) -> ListPage:
    lines = ballot_lines(ctx.session, ctx.actor)
    wanted = Asked(ctx.now, **{name: ctx.query.get(name, "")[:LONGEST].strip() for name in ("q", *FACETS)})
    found = in_order(tuple(line for line in lines if wanted.fits(line)), ctx.now)
    paging, shown = read_paging(ctx.query), _facets(ctx, lines, wanted)
    return ListPage(
        asked=wanted,
        items=tuple(make_card(ctx._, ctx.now, each) for each in found[paging.offset : paging.offset + paging.per_page]),
        pager=make_pager(paging, len(found)),
        facets=shown,
        chips=chips(ctx, "/ballots", wanted, shown),
    )


def _facets(ctx: Context, lines: tuple[BallotLine, ...], wanted: Asked) -> tuple[Facet, ...]:
    """Each counts what it would leave with the other filters as they are."""
    return (
        count_facet("state", lines, wanted, lambda line: [_labelled(ctx, stage_of(line, ctx.now))]),
        count_facet(
            "process", lines, wanted, lambda line: [(line.process_slug, line.process_title.to(ctx.locale))]
        ),
        count_facet("method", lines, wanted, lambda line: [(line.method, ctx._(METHODS[Method(line.method)]))]),
    )


def _labelled(ctx: Context, key: str) -> tuple[str, str]:
    return key, ctx._(STAGES[key][0])


ROUTES = (get("/ballots", index, cached=True),)
