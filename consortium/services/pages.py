"""The catalogue, its table, and the page of a service."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.services.asking import SORTS, Asked, asked, facets, found
from consortium.services.forms import ServiceForm
from consortium.services.labels import CHANNELS, DATA, MOVES
from consortium.services.models import TRANSITIONS, Channel
from consortium.services.policy import may_change, may_enter, may_publish, may_read, may_start_or_end
from consortium.services.queries import Line, VersionView, Whole, acting_of, service_slug, versions_of, whole_service
from participation.policy import Verdict
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, fragment, get, page, redirect, subject_blocks, with_query
from participation.web.csv import csv_answer
from participation.web.facets import Facet, chips
from participation.web.paging import Pager, make_pager, read_paging

HEADS = ("name", "name_en", "field", "state", "since", "owners", "living_areas", "standard_api", "url")


@dataclass(frozen=True, kw_only=True)
class CataloguePage:
    asked: Asked
    items: Sequence[Line]
    pager: Pager
    facets: tuple[Facet, ...]
    chips: list[tuple[str, str]]
    sorts: list[tuple[str, str]]
    csv_url: str
    enterable: Verdict


@dataclass(frozen=True, kw_only=True)
class ServicePage:
    service: Whole
    channels: tuple[str, ...]
    data: dict[str, str]  # words for the kinds of data
    changeable: Verdict
    publishable: Verdict
    moves: tuple[tuple[str, str], ...]  # (state, word on the button) that are possible now


@dataclass(frozen=True)
class HistoryPage:
    service: Whole
    versions: tuple[VersionView, ...]
    labels: dict[str, str]
    data: dict[str, str]


def index(ctx: Context) -> Response:
    view = _catalogue_page(ctx)
    if ctx.htmx:
        return fragment(ctx, "consortium/services/_list.html", view)
    return page(ctx, "consortium/services/index.html", view)


def _catalogue_page(ctx: Context) -> CataloguePage:
    wanted, paging = asked(ctx), read_paging(ctx.query)
    lines, shown = found(ctx, wanted), facets(ctx, wanted)
    return CataloguePage(
        asked=wanted,
        items=lines[paging.offset : paging.offset + paging.per_page],
        pager=make_pager(paging, len(lines)),
        facets=shown,
        chips=chips(ctx, "/services", wanted, shown),
        sorts=[(key, ctx._(label)) for key, label in SORTS.items()],
        csv_url="/services.csv" + with_query(ctx.query.multi_items(), page=None, lang=None),
        enterable=may_enter(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now)),
    )


def table(ctx: Context) -> Response:
    base = ctx.settings.base_url
    return csv_answer("services", HEADS, (_row(base, ctx.locale, line) for line in found(ctx, asked(ctx))))


def _row(base: str, locale: str, line: Line) -> tuple[object, ...]:
    names = (line.name.get("ja", ""), line.name.get("en", ""), line.field.key if line.field else "")
    owners = " / ".join(owner.name.to(locale) for owner in line.owners)
    areas = " / ".join(area.name.to(locale) for area in line.areas)
    api = "yes" if line.declares_api else "no"
    return (*names, line.state, line.since, owners, areas, api, base + line.path)


def show(ctx: Context) -> Response:
    view = read(ctx)
    line, acting = view.line, acting_of(ctx.session, ctx.actor, ctx.now)
    about = (ctx.actor, acting, line.owner_ids)
    shown = ServicePage(
        service=view,
        channels=tuple(ctx._(CHANNELS[Channel(key)]) for key in line.channels),
        data=data_words(ctx),
        changeable=may_change(*about),
        publishable=may_publish(*about, view.row.version > 0),
        moves=tuple(
            (str(to), ctx._(MOVES[to]))
            for to in MOVES
            if to in TRANSITIONS[line.state] and view.row.version and may_start_or_end(*about, line.state, to)
        ),
    )
    subject = ctx.session.get_one(Subject, line.id)
    return page(ctx, "consortium/services/show.html", shown, blocks=subject_blocks(ctx, subject))


def history(ctx: Context) -> Response:
    view = read(ctx)
    labels = {name: ctx._(field.label) for name, field in ServiceForm.fields.items()}
    shown = HistoryPage(view, versions_of(ctx.session, view.line.id), labels, data_words(ctx))
    return page(ctx, "consortium/services/history.html", shown)


def data_words(ctx: Context) -> dict[str, str]:
    return {str(key): ctx._(label) for key, label in DATA.items()}


def by_id(ctx: Context) -> Response:
    slug = service_slug(ctx.session, ctx.path["id"])
    if slug is None:
        raise NotFound
    return redirect(ctx, f"/services/{slug}")


def read(ctx: Context) -> Whole:
    """The service of the address, if this reader may read it.

    Raises:
        NotFound: there is none, or it is a draft of others.
    """
    view = whole_of(ctx)
    if view is None or not may_read(ctx.actor, view.line.owner_ids, view.line.visible):
        raise NotFound
    return view


def whole_of(ctx: Context) -> Whole | None:
    """The service of the address, whoever may read it: read once for all the parts of its page."""
    slug = ctx.path["slug"]
    return ctx.recall(("service", slug), lambda: whole_service(ctx.session, slug))


ROUTES = (
    get("/services", index, cached=True),
    get("/services.csv", table, limit="services_table"),
    get("/services/by-id/{id:int}", by_id),
    get("/services/{slug}", show, cached=True),
    get("/services/{slug}/history", history),
)
