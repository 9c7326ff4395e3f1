"""The list of documents and rules, and the pages of one version."""

from dataclasses import dataclass

from participation.web import Context, NotFound, Response, get, page, redirect, subject_blocks
from rules.documents.canonical import canonical_bytes
from rules.documents.listing import DocumentLine, documents
from rules.documents.models import Document, Kind
from rules.documents.policy import may_write
from rules.documents.port import blocks_of
from rules.documents.queries import published_version, sections_of
from rules.documents.reading import VersionPage, document_path, version_page


@dataclass(frozen=True)
class ListPage:
    rules: bool  # only the rules
    items: tuple[DocumentLine, ...]
    may_write: bool


def index(ctx: Context) -> Response:
    return _list(ctx, (Kind.VISION, Kind.PLAN, Kind.RULE), rules=False)


def rules_index(ctx: Context) -> Response:
    return _list(ctx, (Kind.RULE,), rules=True)


def _list(ctx: Context, kinds: tuple[Kind, ...], *, rules: bool) -> Response:
    found = documents(ctx.session, ctx.actor, kinds, ctx.now, ctx.locale)
    return page(ctx, "rules/documents/index.html", ListPage(rules, found, bool(may_write(ctx.actor))))


def show(ctx: Context) -> Response:
    """The version that counts now; a rule has its own address."""
    view = read(ctx)
    if view.rule and not ctx.url_path.startswith("/rules/"):
        return redirect(ctx, f"/rules/{view.slug}")
    return _show(ctx, view)


def show_rule(ctx: Context) -> Response:
    view = read(ctx)
    if not view.rule:
        raise NotFound
    return _show(ctx, view)


def show_version(ctx: Context) -> Response:
    return _show(ctx, read(ctx, ctx.path["version"]))


def _show(ctx: Context, view: VersionPage) -> Response:
    return page(
        ctx,
        "rules/documents/show.html",
        view,
        blocks=subject_blocks(ctx, view.subject),
        parts=blocks_of(ctx, view),
        url=f"{ctx.settings.base_url}{view.line.path}",
    )


def read(ctx: Context, number: int | None = None) -> VersionPage:
    """The version of the address for this reader.

    Raises:
        NotFound: there is none, or it is not public.
    """
    slug = ctx.path.get("slug") or ctx.path["key"]
    view = version_page(ctx.session, ctx.actor, slug, number, ctx.now, ctx.locale)
    if view is None:
        raise NotFound
    return view


def text_json(ctx: Context) -> Response:
    """The frozen bytes whose SHA-256 the page names."""
    found = published_version(ctx.session, ctx.path["slug"], ctx.path["version"])
    if found is None:
        raise NotFound
    data = canonical_bytes(*found, sections_of(ctx.session, found[1].id))
    return Response(data, media_type="application/json")


def by_id(ctx: Context) -> Response:
    """Where links to the subject lead."""
    document = ctx.session.get(Document, ctx.path["id"])
    if document is None or (not document.newest and not may_write(ctx.actor)):
        raise NotFound
    return redirect(ctx, document_path(document.slug))


ROUTES = (
    get("/documents", index, cached=True),
    get("/documents/by-id/{id:int}", by_id),
    get("/documents/{slug}", show, cached=True),
    get("/documents/{slug}/{version:int}", show_version, cached=True),
    get("/documents/{slug}/{version:int}/text.json", text_json, cached=True),
    get("/rules", rules_index, cached=True),
    get("/rules/{key}", show_rule, cached=True),
)
