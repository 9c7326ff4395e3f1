"""One box over everything public."""

from dataclasses import dataclass
from datetime import datetime

from participation.search.asking import NARROWING, SORTS, Asked, Choice, address, chips, lasting, read_asked
from participation.search.highlight import Piece, excerpt, marked
from participation.search.port import SearchDocument
from participation.search.queries import Found, find
from participation.web import Context, Response, get, page
from participation.web.paging import Pager, make_pager, read_paging


@dataclass(frozen=True)
class Hit:
    url: str
    type: str
    title: tuple[Piece, ...]
    own_title: bool  # else it is the title of what it belongs to, perhaps in another language
    excerpt: tuple[Piece, ...]
    locale: str
    process: str
    area: str
    published_at: datetime


@dataclass(frozen=True, kw_only=True)
class SearchPage:
    asked: Asked
    found: Found
    hits: tuple[Hit, ...]
    pager: Pager
    chips: list[tuple[str, str]]
    clear_url: str
    kept: list[tuple[str, str]]  # for the form that changes the order
    kept_filters: list[tuple[str, str]]  # for the box that changes the words
    sorts: list[tuple[str, str]]
    types: tuple[Choice, ...]
    processes: tuple[Choice, ...]
    areas: tuple[Choice, ...]


def index(ctx: Context) -> Response:
    return page(ctx, "search/index.html", search_page(ctx))


def search_page(ctx: Context) -> SearchPage:
    """Names of places in one query; then those of `find`."""
    asked = read_asked(ctx)
    paging = read_paging(ctx.query)
    found = find(ctx.session, ctx.services, ctx.actor, asked.query, limit=paging.per_page, offset=paging.offset)
    return SearchPage(
        asked=asked,
        found=found,
        hits=tuple(_hit(ctx, asked, found, document) for document in found.documents),
        pager=make_pager(paging, found.total),
        chips=chips(ctx, asked),
        clear_url=address(lasting(ctx, *NARROWING)),
        kept=lasting(ctx, "sort"),
        kept_filters=lasting(ctx, "q"),
        sorts=[(key, ctx._(label)) for key, label in SORTS.items()],
        types=asked.type_choices(found.facets.get("kind", {})),
        processes=asked.process_choices(found.facets.get("process_id", {})),
        areas=asked.area_choices(found.facets.get("area_id", {})),
    )


def _hit(ctx: Context, asked: Asked, found: Found, document: SearchDocument) -> Hit:
    return Hit(
        url=ctx.services.registry.kinds[document.kind].path(document.subject_id),
        type=asked.kinds[document.kind],
        title=marked(document.title, found.words) or (Piece(document.about, False),),
        own_title=bool(document.title),
        excerpt=excerpt(document.body, found.words),
        locale=document.locale,
        process=next((named.name for named in asked.places.processes if named.id == document.process_id), ""),
        area=next((named.name for named in asked.places.areas if named.id == document.area_id), ""),
        published_at=document.published_at,
    )


ROUTES = (get("/search", index, limit="search"),)
