"""Documents over the API: what is public, in the language asked for."""

from typing import Any

from participation.web import Context, NotFound, Response, get, json_answer
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import make_pager, read_paging
from rules.documents.listing import DocumentLine, documents
from rules.documents.models import Kind
from rules.documents.reading import VersionLine, VersionPage, version_page


def index(ctx: Context) -> Response:
    """The documents, each with the version that counts now."""
    kinds = [kind for kind in Kind if kind == ctx.query.get("kind", kind)]
    found = [line for line in documents(ctx.session, ctx.actor, kinds, ctx.now, ctx.locale) if line.published_at]
    paging = read_paging(ctx.query)
    shown = found[paging.offset : paging.offset + paging.per_page]
    pager = make_pager(paging, len(found))
    more = f"{ctx.settings.base_url}/api/v1/documents?page={paging.page + 1}&per_page={paging.per_page}"
    items = [_line(ctx, line) for line in shown]
    return json_answer({"items": items, "total": len(found), "next": more if pager.page < pager.pages else None})


def show(ctx: Context) -> Response:
    """One document and all its published versions."""
    view = _read(ctx, None)
    about = {"slug": view.slug, "kind": view.kind, "title": view.title.text, "applies_to": view.applies_to}
    versions = [_version(ctx, view, line) for line in view.versions if line.published_at]
    url = ctx.settings.base_url + view.base
    return json_answer({**about, "url": url, "current": view.number, "versions": versions})


def show_version(ctx: Context) -> Response:
    """One published version with its sections and the hash of its text."""
    view = _read(ctx, ctx.path["number"])
    sections = [
        {"key": each.key, "heading": each.heading.text, "body": each.body.text, "check": each.check}
        for each in view.sections
    ]
    body = {"document": view.slug, "title": view.title.text, **_version(ctx, view, view.line)}
    return json_answer({**body, "sha256": view.sha256, "text_url": f"{body['url']}/text.json", "sections": sections})


def _read(ctx: Context, number: int | None) -> VersionPage:
    view = version_page(ctx.session, ctx.actor, ctx.path["slug"], number, ctx.now, ctx.locale)
    if view is None or not view.published:
        raise NotFound
    return view


def _line(ctx: Context, line: DocumentLine) -> dict[str, Any]:
    return {
        "slug": line.slug,
        "kind": line.kind,
        "title": line.title.text,
        "applies_to": line.applies_to,
        "url": ctx.settings.base_url + line.path,
        "version": line.number,
        "stage": line.stage,
        "sha256": line.sha256,
        "in_force_from": line.in_force_from.isoformat() if line.in_force_from else None,
        "published_at": line.published_at.isoformat() if line.published_at else None,
    }


def _version(ctx: Context, view: VersionPage, line: VersionLine) -> dict[str, Any]:
    return {
        "number": line.number,
        "url": ctx.settings.base_url + line.path,
        "stage": line.stage,
        "note": line.note.text,
        "published_at": line.published_at.isoformat() if line.published_at else None,
        "adopted_at": line.adopted_at.isoformat() if line.adopted_at else None,
        "in_force_from": line.in_force_from.isoformat() if line.in_force_from else None,
    }


DOCUMENT = record_of(
    slug=TEXT,
    kind=TEXT,
    title=TEXT,
    applies_to=maybe(TEXT),
    url=TEXT,
    version=NUMBER,
    stage=TEXT,
    sha256=TEXT,
    in_force_from=maybe(TEXT),
    published_at=MOMENT,
)
_FACTS = {
    "number": NUMBER,
    "url": TEXT,
    "stage": TEXT,
    "note": TEXT,
    "published_at": MOMENT,
    "adopted_at": maybe(MOMENT),
    "in_force_from": maybe(TEXT),
}
SECTION = record_of(key=TEXT, heading=TEXT, body=TEXT, check=maybe({"type": "object"}))
VERSION = record_of(
    document=TEXT, title=TEXT, **_FACTS, sha256=TEXT, text_url=TEXT, sections={"type": "array", "items": SECTION}
)
WHOLE = record_of(
    slug=TEXT,
    kind=TEXT,
    title=TEXT,
    applies_to=maybe(TEXT),
    url=TEXT,
    current=NUMBER,
    versions={"type": "array", "items": record_of(**_FACTS)},
)
QUERY = {"kind": "vision, plan or rule", **PAGES}
ROUTES = (
    get("/api/v1/documents", index, api=True, doc=Doc(list_of(DOCUMENT), query=QUERY)),
    get("/api/v1/documents/{slug}", show, api=True, doc=Doc(WHOLE)),
    get("/api/v1/documents/{slug}/versions/{number:int}", show_version, api=True, doc=Doc(VERSION)),
)
