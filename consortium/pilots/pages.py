"""The register of pilots, its table and map, and the page of a pilot."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from consortium.groups.policy import SCOPE as GROUP
from consortium.pilots.asking import SORTS, Asked, asked, facets, found
from consortium.pilots.moving import Move, moves_of
from consortium.pilots.policy import may_edit, may_evaluate, may_look, may_report, may_settle
from consortium.pilots.queries import Line
from consortium.pilots.reading import read, today
from consortium.pilots.whole import Whole
from participation.meetings.policy import LEAD
from participation.organisations.models import MandateRole
from participation.organisations.policy import SCOPE
from participation.policy import Verdict
from participation.spaces.queries import places
from participation.subjects import Subject
from participation.web import Context, Response, fragment, get, json_answer, page, subject_blocks, with_query
from participation.web.csv import csv_answer
from participation.web.facets import Facet, chips
from participation.web.paging import Pager, make_pager, read_paging

DRAFTERS = ((MandateRole.REPRESENTATIVE, SCOPE), (LEAD, GROUP))
HEADS = (
    "id", "url", "title", "state", "field", "working_group", "organisation", "living_areas", "place", "lat", "lng",
    "starts_on", "ends_on", "next_report", "summary",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class RegisterPage:
    asked: Asked
    items: Sequence[Line]
    pager: Pager
    facets: tuple[Facet, ...]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    map: bool
    list_url: str
    map_url: str
    points_url: str
    csv_url: str
    centre: tuple[float, float]
    today: date
    drafts: bool  # whether this person may draft one


@dataclass(frozen=True, kw_only=True)
class PilotPage:
    pilot: Whole
    today: date
    moves: tuple[Move, ...]
    editable: Verdict
    reportable: Verdict
    evaluable: Verdict
    settleable: Verdict
    reviewed_at: str  # the page of its review, for those who may look at it


def index(ctx: Context) -> Response:
    view = _register_page(ctx)
    if ctx.htmx:
        return fragment(ctx, "consortium/pilots/_list.html", view)
    return page(ctx, "consortium/pilots/index.html", view)


def _register_page(ctx: Context) -> RegisterPage:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    lines, shown = found(ctx, wanted), facets(ctx, wanted)
    given = ctx.query.multi_items()
    return RegisterPage(
        asked=wanted,
        items=lines[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(lines)),
        facets=shown,
        chips=chips(ctx, "/pilots", wanted, shown),
        sorts=[(key, ctx._(label)) for key, label in SORTS.items()],
        map=ctx.query.get("view") == "map",
        list_url="/pilots" + with_query(given, view=None, page=None),
        map_url="/pilots" + with_query(given, view="map", page=None),
        points_url="/pilots/map.json" + with_query(given, view=None, page=None, lang=None),
        csv_url="/pilots.csv" + with_query(given, view=None, page=None, lang=None),
        centre=places(ctx.session, ctx.locale).centre,
        today=today(ctx),
        drafts=ctx.actor.has("secretariat")
        or any((role, kind) in DRAFTERS for role, kind, _ in ctx.actor.roles),
    )


def table(ctx: Context) -> Response:
    base, locale = ctx.settings.base_url, ctx.locale
    return csv_answer("pilots", HEADS, (_row(base, locale, line) for line in found(ctx, asked(ctx))))


def _row(base: str, locale: str, line: Line) -> tuple[object, ...]:
    areas = " / ".join(area.name.to(locale) for area in line.areas)
    return (
        line.id, base + line.path, line.title, line.state, line.field.key if line.field else "", 
        line.group.slug if line.group else "", line.lead.slug, areas, line.place, line.lat, line.lng,
        line.starts_on, line.ends_on, line.next_report, line.summary,
    )  # fmt: skip


def points(ctx: Context) -> Response:
    """The points of those that match the filters, as GeoJSON (RFC 7946)."""
    return json_answer(_collection(found(ctx, asked(ctx))))


def _collection(lines: Sequence[Line]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [line.lng, line.lat]},
            "properties": {"title": line.title, "url": line.path, "note": line.place},
        }
        for line in lines
        if line.lat is not None
    ]
    return {"type": "FeatureCollection", "features": features}


def point(ctx: Context) -> Response:
    """The point of one pilot."""
    line = read(ctx)[0].line
    return json_answer(_collection([line]))


def show(ctx: Context) -> Response:
    view, case = read(ctx)
    actor = ctx.actor
    shown = PilotPage(
        pilot=view,
        today=today(ctx),
        moves=moves_of(ctx, case),
        editable=may_edit(actor, case),
        reportable=may_report(actor, case),
        evaluable=may_evaluate(actor, case),
        settleable=may_settle(actor, case),
        reviewed_at=f"{view.line.path}/review" if view.row.rounds and may_look(actor, case) else "",
    )
    blocks = subject_blocks(ctx, ctx.session.get_one(Subject, view.line.id))
    return page(ctx, "consortium/pilots/show.html", shown, blocks=blocks)


ROUTES = (
    get("/pilots", index, cached=True),
    get("/pilots.csv", table, limit="pilots_table"),
    get("/pilots/map.json", points, cached=True),
    get("/pilots/{id:int}", show, cached=True),
    get("/pilots/{id:int}/map.json", point),
)
