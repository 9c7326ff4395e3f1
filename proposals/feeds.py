"""Proposals for programs: an Atom feed, a table, the points of a map."""

from participation.spaces.queries import places
from participation.web import Context, Response, get, json_answer, render
from participation.web.csv import csv_answer
from participation.web.paging import PER_PAGE
from proposals.asking import asked
from proposals.days import today
from proposals.listing import Item, every, find_ids, full_texts, rows
from proposals.pages import geojson

POINTS = 2_000
HEADS = (
    "id", "url", "title", "state", "party", "author", "category", "living_area", "supports", "comments",
    "published_at", "lat", "lng", "excerpt",
)  # fmt: skip


def atom(ctx: Context) -> Response:
    """The newest proposals that match the filters (RFC 4287)."""
    wanted = asked(ctx, places(ctx.session, ctx.locale))
    ids = find_ids(ctx.session, wanted.filters(), "newest", today(ctx.now), limit=PER_PAGE)
    items = rows(ctx.session, ids, wanted.places)
    text = render(
        ctx,
        "proposals/feed.xml",
        items,
        bodies=full_texts(ctx.session, ids),
        base=ctx.settings.base_url,
        updated=max((item.updated_at for item in items), default=ctx.now),
    )
    return Response(text, media_type="application/atom+xml")


def table(ctx: Context) -> Response:
    wanted = asked(ctx, places(ctx.session, ctx.locale))
    found = every(ctx.session, wanted.filters(), wanted.places)
    return csv_answer("proposals", HEADS, (_line(ctx.settings.base_url, item) for item in found))


def _line(base: str, item: Item) -> tuple[object, ...]:
    return (
        item.id, f"{base}/proposals/{item.id}", item.title, item.state, item.party, item.author, item.category,
        item.area, item.supports_count, item.comments_count, item.published_at, item.lat, item.lng, item.excerpt,
    )  # fmt: skip


def points(ctx: Context) -> Response:
    """The points of those that match the filters, as GeoJSON."""
    wanted = asked(ctx, places(ctx.session, ctx.locale))
    ids = find_ids(ctx.session, wanted.filters(located=True), "newest", today(ctx.now), limit=POINTS)
    places_of = (
        (item.lng, item.lat, {"title": item.title, "url": f"/proposals/{item.id}", "note": item.area})
        for item in rows(ctx.session, ids, wanted.places)
        if item.lat is not None and item.lng is not None
    )
    return json_answer(geojson(places_of))


ROUTES = (
    get("/proposals.atom", atom, cached=True),
    get("/proposals.csv", table, limit="proposals_table"),
    get("/proposals/map.json", points, cached=True),
)
