"""The list of proposals and the page of one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from participation.policy import N_, ensure
from participation.search.port import Query
from participation.search.queries import find as search
from participation.spaces.queries import places
from participation.web import (
    Context,
    NotFound,
    Response,
    fragment,
    get,
    json_answer,
    page,
    post,
    redirect,
    shared_page,
    subject_blocks,
)
from participation.web.paging import Pager, Paging, make_pager, read_paging
from proposals import actions
from proposals.asking import NARROWING, OFFERED, Asked, address, asked, chips, kept, state_label
from proposals.days import today
from proposals.forms import options
from proposals.labels import PARTIES
from proposals.listing import RELEVANCE, SORTS, Found, Item, count, find_among, find_ids, rows
from proposals.policy import may_read
from proposals.reading import ProposalPage, proposal_page


Options = list[tuple[str, str]]
BEST = N_("Best match first")
MOST_HITS = 500  # of a search; filters and order work on these


@dataclass(frozen=True, kw_only=True)
class FilterBox:
    """The filters as a form; `prefix` keeps ids apart, for it stands twice: beside the list, and folded on phones."""

    prefix: str
    asked: Asked
    map: bool
    states: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]

    @property
    def categories(self) -> Options:
        return options(self.asked.places.categories)

    @property
    def areas(self) -> Options:
        return options(self.asked.places.areas)

    @property
    def processes(self) -> Options:
        return options(self.asked.places.processes)


@dataclass(frozen=True, kw_only=True)
class ListPage:
    asked: Asked
    items: tuple[Item, ...]
    pager: Pager
    map: bool
    chips: Options
    kept: Options
    states: tuple[tuple[str, str], ...]
    parties: tuple[tuple[str, str], ...]
    sorts: Options
    clear_url: str
    list_url: str
    map_url: str
    points_url: str
    csv_url: str

    @property
    def centre(self) -> tuple[float, float]:
        return self.asked.places.centre

    def filters(self, prefix: str) -> FilterBox:
        return FilterBox(
            prefix=prefix, asked=self.asked, map=self.map, states=self.states, parties=self.parties
        )


def index(ctx: Context) -> Response:
    if ctx.htmx:
        return fragment(ctx, "proposals/_list.html", list_page(ctx))
    if ctx.query.get("q"):  # the secretariat finds more than others
        return page(ctx, "proposals/index.html", list_page(ctx))
    return shared_page(ctx, "proposals/index.html", list_page)


def list_page(ctx: Context) -> ListPage:
    """Five queries with the reader's own; two when only the page is new since something was committed."""
    wanted = asked(ctx, ctx.recall(("places", ctx.locale), lambda: places(ctx.session, ctx.locale)))
    paging = read_paging(ctx.query)
    found = _search(ctx, wanted, paging) if wanted.q else _find(ctx, wanted, paging)
    return ListPage(
        asked=wanted,
        items=found.items,
        pager=make_pager(paging, found.total),
        map=ctx.query.get("view") == "map",
        chips=chips(ctx, wanted),
        kept=kept(ctx, "sort"),
        states=tuple((word, state_label(ctx, word)) for word in OFFERED),
        parties=tuple((key, ctx._(label)) for key, label in PARTIES.items()),
        sorts=[(key, ctx._(label)) for key, label in {**({RELEVANCE: BEST} if wanted.q else {}), **SORTS}.items()],
        clear_url=address(ctx, "/proposals", **dict.fromkeys(NARROWING)),
        list_url=address(ctx, "/proposals", view=None),
        map_url=address(ctx, "/proposals", view="map"),
        points_url=address(ctx, "/proposals/map.json", view=None, sort=None),
        csv_url=address(ctx, "/proposals.csv", view=None),
    )


def _find(ctx: Context, wanted: Asked, paging: Paging) -> Found:
    filters = wanted.filters()
    ids = find_ids(ctx.session, filters, wanted.sort, today(ctx.now), limit=paging.per_page, offset=paging.offset)
    total = ctx.recall(("proposals", filters), lambda: count(ctx.session, filters))
    return Found(items=rows(ctx.session, ids, wanted.places), total=total)


def _search(ctx: Context, wanted: Asked, paging: Paging) -> Found:
    ids = hits(ctx, wanted.q)
    return find_among(ctx.session, wanted.filters(), ids, wanted.sort, paging, today(ctx.now), wanted.places)


def hits(ctx: Context, words: str) -> tuple[int, ...]:
    """The proposals that hold these words, the best match first."""
    query = Query(text=words, filters={"kind": frozenset({"proposal"})})
    found = search(ctx.session, ctx.services, ctx.actor, query, limit=MOST_HITS)
    return tuple(document.subject_id for document in found.documents)


def show(ctx: Context) -> Response:
    view = _found(ctx)
    if not may_read(ctx.actor, view.standing):
        return page(ctx, "proposals/hidden.html", view.standing.hidden_reason, status=410)
    # a link to one of its comments, or to its own words, still finds them
    if view.standing.merged_into_id is not None and not {"own", "comments"} & set(ctx.query):
        return redirect(ctx, f"/proposals/{view.standing.merged_into_id}?merged={view.id}")
    if not view.standing.published:
        return redirect(ctx, f"{view.path}/edit")
    base = ctx.settings.base_url
    return page(
        ctx,
        "proposals/show.html",
        view,
        blocks=subject_blocks(ctx, view),
        base=base,
        url=base + view.path,
        merged="merged" in ctx.query,
    )


def place(ctx: Context) -> Response:
    """The point of one proposal as GeoJSON (RFC 7946)."""
    view = read(ctx)
    if view.lat is None or view.lng is None:
        raise NotFound
    return json_answer(geojson([(view.lng, view.lat, {"title": view.title, "url": view.path, "note": view.area})]))


def geojson(points: Iterable[tuple[float, float, dict[str, str]]]) -> dict[str, Any]:
    """A feature collection (RFC 7946) of (longitude, latitude, properties)."""
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [lng, lat]}, "properties": properties}
        for lng, lat, properties in points
    ]
    return {"type": "FeatureCollection", "features": features}


def read(ctx: Context) -> ProposalPage:
    """The proposal of the address, if this reader may read it.

    Raises:
        NotFound: there is none, it is somebody's draft, or it is hidden.
    """
    view = _found(ctx)
    if not may_read(ctx.actor, view.standing):
        raise NotFound
    return view


def _found(ctx: Context) -> ProposalPage:
    """A proposal whose existence is no secret to this reader; it may be hidden."""
    view = proposal_page(ctx.session, ctx.actor, ctx.path["id"], ctx.now, ctx.locale)
    if view is None or (not view.standing.published and not may_read(ctx.actor, view.standing)):
        raise NotFound
    return view


def ask_withdrawal(ctx: Context) -> Response:
    view = read(ctx)
    ensure(view.may_withdraw)
    return page(ctx, "proposals/withdraw.html", view)


def withdraw(ctx: Context) -> Response:
    actions.withdraw(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("The proposal is withdrawn. It stays readable, marked as withdrawn."))
    return redirect(ctx, f"/proposals/{ctx.path['id']}")


ROUTES = (
    get("/proposals", index, cached=True),
    get("/proposals/{id:int}", show, cached=True),
    get("/proposals/{id:int}/place.json", place, cached=True),
    get("/proposals/{id:int}/withdrawal", ask_withdrawal),
    post("/proposals/{id:int}/withdrawal", withdraw),
)
