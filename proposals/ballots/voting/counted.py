"""The published ballots: one looked up by its receipt, all of them page by page, and as a table."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from participation.policy import N_
from participation.web import Context, Response, get, page
from participation.web.csv import csv_answer
from participation.web.paging import Pager, make_pager, read_paging
from proposals.ballots.models import State
from proposals.ballots.queries import BallotView, ListedBallot, PublishedList, published_list
from proposals.ballots.receipts import read_receipt
from proposals.ballots.voting.pages import read
from proposals.ballots.voting.paper import Kind
from proposals.ballots.voting.papers import make_paper
from proposals.ballots.voting.slips import ANSWERS, places_of

LONGEST = 100  # characters of what is looked for
PER_PAGE, EVERYTHING = 50, 1_000_000
WITHHELD = {
    "few": N_(
        "Fewer than ten ballots were counted. A list of them could tell who chose what, "
        "so only the totals are published."
    ),
    "unanimous": N_(
        "All voters chose the same. A list would tell what each of them chose, so only the totals are published."
    ),
}

Lines = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Row:
    """A counted ballot; `lines`: a place, a rating or points, with the titles of the options that have it."""

    receipt: str
    name: str
    lines: Lines


@dataclass(frozen=True, kw_only=True)
class CountedPage:
    ballot: BallotView
    published: bool
    asked: str = ""
    readable: bool = False
    found: Row | None = None
    withheld: str = ""
    rows: tuple[Row, ...] = ()
    pager: Pager | None = None


def receipts(ctx: Context) -> Response:
    view = read(ctx)
    if view.state != State.PUBLISHED:
        return page(ctx, "proposals/ballots/receipts.html", CountedPage(ballot=view, published=False))
    asked, paging = ctx.query.get("receipt", "")[:LONGEST].strip(), read_paging(ctx.query, PER_PAGE)
    receipt = read_receipt(asked)
    listed = _listed(ctx, start=paging.offset, limit=paging.per_page)
    found = _listed(ctx, receipt=receipt).ballots if receipt else ()
    shown = CountedPage(
        ballot=view,
        published=True,
        asked=asked,
        readable=receipt is not None,
        found=_row(ctx, view, found[0]) if found else None,
        withheld=ctx._(WITHHELD[listed.withheld]) if listed.withheld else "",
        rows=tuple(_row(ctx, view, each) for each in listed.ballots),
        pager=make_pager(paging, listed.total),
    )
    return page(ctx, "proposals/ballots/receipts.html", shown)


def table(ctx: Context) -> Response:
    """The list for a spreadsheet: a column for each option, whose cells hold what the ballot says of it."""
    view = read(ctx)
    listed = _listed(ctx, limit=EVERYTHING)
    keys = [option.key for option in sorted(view.options, key=lambda option: option.position)]
    heads = ["receipt", *(["voter"] if not view.secret else []), *(keys or ["choice"])]
    return csv_answer(f"ballot-{view.slug}", heads, _cells(listed, keys, view))


def _cells(listed: PublishedList, keys: list[str], view: BallotView) -> Iterator[list[Any]]:
    for ballot in listed.ballots:
        said = marks(ballot.choice, _ranked(view)) if keys else {}
        cells = [said.get(key, "") for key in keys] if keys else [ballot.choice]
        yield [ballot.receipt, *([] if view.secret else [ballot.voter]), *cells]


def marks(choice: Any, ranked: bool) -> dict[str, int]:
    """What a choice says of each option: 1 for chosen, a place, a rating or points."""
    if isinstance(choice, dict):
        return dict(choice)
    if ranked:
        return {key: place for place, keys in enumerate(places_of(choice), 1) for key in keys}
    return dict.fromkeys(choice, 1)


def lines_of(choice: Any, titles: dict[str, str], ranked: bool, answer: str = "") -> Lines:
    """A choice in words, for one line of a table."""
    if isinstance(choice, str):
        return (("", (answer,)),)
    if isinstance(choice, dict):
        ordered = sorted(choice.items(), key=lambda pair: (-pair[1], pair[0]))
        return tuple((str(number), (titles[key],)) for key, number in ordered)
    if ranked:
        places = enumerate(places_of(choice), 1)
        return tuple((f"{place}.", tuple(titles[key] for key in keys)) for place, keys in places)
    return tuple(("", (titles[key],)) for key in choice)


def _listed(ctx: Context, **which: Any) -> PublishedList:
    return published_list(ctx.session, ctx.actor, ctx.path["slug"], ctx.now, **which)


def _row(ctx: Context, view: BallotView, ballot: ListedBallot) -> Row:
    titles = {option.key: option.title.to(ctx.locale) for option in view.options}
    answer = ctx._(ANSWERS[ballot.choice]) if isinstance(ballot.choice, str) else ""
    return Row(ballot.receipt, ballot.voter, lines_of(ballot.choice, titles, _ranked(view), answer))


def _ranked(view: BallotView) -> bool:
    return make_paper(view.method, view.rules, ()).kind == Kind.RANKS


ROUTES = (
    get("/ballots/{slug}/receipts", receipts, limit="receipts"),
    get("/ballots/{slug}/counted.csv", table, limit="ballots_table"),
)
