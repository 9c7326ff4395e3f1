"""Search through the API: the same query as the page."""

from typing import Any
from urllib.parse import urlencode

from participation.policy import N_
from participation.search.asking import Asked, lasting, read_asked
from participation.search.highlight import excerpt, plain
from participation.search.queries import find
from participation.web import Context, Invalid, Response, get, json_answer
from participation.web.describing import NUMBER, PAGES, TEXT, Doc, list_of, record_of
from participation.web.paging import read_paging


def search(ctx: Context) -> Response:
    """`?q=&type=` -> items `{type, id, url, title, excerpt}`; also process, area, sort, page, per_page (max 100)."""
    asked = read_asked(ctx)
    _refuse_unknown(ctx, asked)
    paging = read_paging(ctx.query)
    found = find(ctx.session, ctx.services, ctx.actor, asked.query, limit=paging.per_page, offset=paging.offset)
    kinds, base = ctx.services.registry.kinds, ctx.settings.base_url
    items = [
        {
            "type": document.kind,
            "id": document.subject_id,
            "url": base + kinds[document.kind].path(document.subject_id),
            "title": document.title or document.about,
            "excerpt": plain(excerpt(document.body, found.words)),
        }
        for document in found.documents
    ]
    further = found.total > paging.offset + paging.per_page
    following = urlencode([*lasting(ctx), ("page", paging.page + 1)])
    body: dict[str, Any] = {"items": items, "total": found.total}
    return json_answer({**body, "next": f"{base}{ctx.url_path}?{following}" if further else None})


def _refuse_unknown(ctx: Context, asked: Asked) -> None:
    wrong = sorted(set(ctx.query.getlist("type")) - {"", *asked.kinds})
    if wrong:
        known = ", ".join(asked.kinds)
        raise Invalid({"type": ctx._(N_("There is no type %(type)s. Known: %(known)s"), type=wrong[0], known=known)})


HIT = record_of(type=TEXT, id=NUMBER, url=TEXT, title=TEXT, excerpt=TEXT)
FOUND = Doc(
    list_of(HIT),
    query={
        "q": "What to look for",
        "type": "Kind of thing; may be given several times",
        "process": "Address of a process",
        "area": "Key of a living area",
        "sort": "relevance, newest or oldest",
        **PAGES,
    },
)
ROUTES = (get("/api/v1/search", search, api=True, limit="search", doc=FOUND),)
