"""A service's list of improvements: columns by state, or one state page by page; as a page and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from consortium.backlog.blocks import waiting_now
from consortium.backlog.labels import MOVES, STATES
from consortium.backlog.models import ItemState
from consortium.backlog.policy import may_open, may_work
from consortium.backlog.queries import Asked, Item, columns, counts_by_state, listed
from consortium.services.pages import read
from consortium.services.queries import Line
from participation.policy import N_, Verdict
from participation.web import Context, Response, fragment, get, page, with_query
from participation.web.csv import csv_answer
from participation.web.fields import clean
from participation.web.paging import Pager, make_pager, read_paging

SORTS = {
    "wanted": N_("Most wanted first"),
    "newest": N_("Newest first"),
    "moved": N_("Moved lately first"),
    "due": N_("Earliest target day first"),
}
LONGEST = 100  # characters of the words looked for
# The step that a card of the board offers as one button; the others need words, so they stand on the item's page.
NEXT = {
    ItemState.NEW: ItemState.TRIAGED,
    ItemState.TRIAGED: ItemState.PLANNED,
    ItemState.PLANNED: ItemState.IN_PROGRESS,
}
HEADS = ("id", "title", "state", "since", "owner", "target_day", "me_toos", "voices", "opened", "released",
         "release_note", "url")  # fmt: skip


@dataclass(frozen=True)
class Column:
    state: ItemState
    label: str
    count: int
    items: tuple[Item, ...]
    url: str  # all of this state
    step: tuple[str, str] | None  # (state, word on the button) of the next step

    @property
    def more(self) -> int:
        return self.count - len(self.items)


@dataclass(frozen=True, kw_only=True)
class BoardPage:
    """`columns` is the board; with a state chosen, `items` and `pager` are the list."""

    service: Line
    asked: Asked
    total: int
    columns: tuple[Column, ...]
    items: Sequence[Item]
    pager: Pager | None
    states: tuple[tuple[str, str, int], ...]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    csv_url: str
    path: str
    openable: Verdict
    workable: Verdict
    waiting: int  # voices that wait for an answer, for those who keep the list
    step: tuple[str, str] | None  # of the list


def asked_of(ctx: Context) -> Asked:
    """The filters of the address, or of the form that moves a card of it."""
    given = ctx.query if ctx.method == "GET" else ctx.form
    state, sort = str(given.get("state", "")), str(given.get("sort", ""))
    return Asked(
        q=clean(given.get("q", ""))[:LONGEST],
        state=state if state in list(ItemState) else "",
        sort=sort if sort in SORTS else "wanted",
    )


def board_page(ctx: Context, line: Line) -> BoardPage:
    asked, paging, path = asked_of(ctx), read_paging(ctx.query), f"{line.path}/backlog"
    counts = ctx.recall(("states", line.id, asked.q), lambda: counts_by_state(ctx.session, line.id, asked.q))
    one = ItemState(asked.state) if asked.state else None
    items = listed(ctx.session, line.id, asked, paging.offset, paging.per_page) if one else ()
    cards = {} if one else ctx.recall(("board", line.id, asked), lambda: columns(ctx.session, line.id, asked))
    workable = may_work(ctx.actor, line.owner_ids)
    return BoardPage(
        service=line,
        asked=asked,
        total=counts[one] if one else sum(counts.values()),
        columns=tuple(
            Column(state, ctx._(STATES[state]), counts[state], found, path + _query(replace(asked, state=str(state))),
                   _step(ctx, state))
            for state, found in cards.items()
        ),
        items=items,
        pager=make_pager(paging, counts[one]) if one else None,
        states=tuple((str(state), ctx._(STATES[state]), count) for state, count in counts.items()),
        chips=_chips(ctx, asked, path),
        sorts=[(key, ctx._(label)) for key, label in SORTS.items()],
        csv_url=f"{path}.csv" + _query(asked),
        path=path,
        openable=may_open(ctx.actor, line.owner_ids, line.visible),
        workable=workable,
        waiting=waiting_now(ctx, line.id) if workable else 0,
        step=_step(ctx, one) if one else None,
    )  # fmt: skip


def index(ctx: Context) -> Response:
    view = board_page(ctx, read(ctx).line)
    if ctx.htmx:
        return fragment(ctx, "consortium/backlog/_board.html", view)
    return page(ctx, "consortium/backlog/board.html", view)


def table(ctx: Context) -> Response:
    line = read(ctx).line
    rows = listed(ctx.session, line.id, asked_of(ctx), 0, None)
    base = ctx.settings.base_url
    return csv_answer(f"backlog-{line.slug}", HEADS, (_row(base, ctx.locale, item) for item in rows))


def _row(base: str, locale: str, item: Item) -> tuple[object, ...]:
    owner = item.organisation.to(locale) if item.organisation else item.person
    numbers = (item.me_toos, item.voices, item.opened_at, item.released_at)
    about = (item.id, item.title, item.state, item.since, owner, item.target_on)
    return (*about, *numbers, item.release_note, base + item.path)


def _step(ctx: Context, state: ItemState) -> tuple[str, str] | None:
    to = NEXT.get(state)
    return (str(to), ctx._(MOVES[to])) if to else None


def _query(asked: Asked) -> str:
    sort = asked.sort if asked.sort != "wanted" else ""
    pairs = [("q", asked.q), ("state", asked.state), ("sort", sort)]
    said = [(name, value) for name, value in pairs if value]
    return with_query(said) if said else ""


def _chips(ctx: Context, asked: Asked, path: str) -> list[tuple[str, str]]:
    chosen = []
    if asked.state:
        chosen.append((ctx._(STATES[ItemState(asked.state)]), path + _query(replace(asked, state=""))))
    if asked.q:
        chosen.append((asked.q, path + _query(replace(asked, q=""))))
    return chosen


ROUTES = (
    get("/services/{slug}/backlog", index, cached=True),
    get("/services/{slug}/backlog.csv", table, limit="services_table"),
)
