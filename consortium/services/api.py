"""Services over the API."""

from functools import partial
from typing import Any

from consortium.services import actions
from consortium.services.asking import asked, found
from consortium.services.forms import ChangeForm, NewServiceForm, stored
from consortium.services.offering import offers
from consortium.services.pages import read
from consortium.services.policy import may_change, may_enter
from consortium.services.queries import Line, Whole, acting_of, whole_service
from consortium.services.writing import enter
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, patch, post
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page


def index(ctx: Context) -> Response:
    """The catalogue, a page at a time."""
    lines = found(ctx, asked(ctx))
    return json_page(ctx, lines, partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One service with the data that it uses."""
    return json_answer(in_full(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """Enter a service -> 201; `publish` brings it into the catalogue at once, else it is a draft."""
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_enter(ctx.actor, acting))
    offered = offers(ctx, acting)
    form = NewServiceForm.read_json(ctx.json, ctx._, choices=offered.choices)
    form.ensure()
    row = enter(ctx, form, offered)
    if ctx.json.get("publish") is True:
        actions.publish_service(ctx.session, ctx.actor, row.id, now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, row.slug)), status=201)


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays as it is. `publish` brings a draft into the catalogue."""
    view, acting = read(ctx), acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_change(ctx.actor, acting, view.line.owner_ids))
    offered = offers(ctx, acting, view.line.owners)
    body = {**stored(view), **ctx.json} if isinstance(ctx.json, dict) else ctx.json
    form = ChangeForm.read_json(body, ctx._, choices=offered.choices)
    said = form.said(offered)
    actions.change_service(ctx.session, ctx.actor, view.line.id, said, form.values["reason"], now=ctx.now)
    if ctx.json.get("publish") is True and not view.row.version:
        actions.publish_service(ctx.session, ctx.actor, view.line.id, now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, view.line.slug)))


def _again(ctx: Context, slug: str) -> Whole:
    ctx.session.flush()
    ctx.session.expire_all()
    view = whole_service(ctx.session, slug)
    assert view is not None  # it was written in this transaction
    return view


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "slug": line.slug,
        "url": ctx.settings.base_url + line.path,
        "name": line.name.to(ctx.locale),
        "names": dict(line.name),
        "summary": line.summary.to(ctx.locale),
        "field": line.field.key if line.field else None,
        "state": line.state,
        "since": line.since.isoformat(),
        "published_at": line.published_at.isoformat() if line.published_at else None,
        "owners": [owner.slug for owner in line.owners],
        "living_areas": [area.key for area in line.areas],
        "channels": list(line.channels),
        "declares_api": line.declares_api,
    }


def in_full(ctx: Context, view: Whole) -> dict[str, Any]:
    row = view.row
    uses = [
        {"category": use.category, "reason": use.reason.to(ctx.locale), "purpose": use.purpose_key or None}
        for use in view.data
    ]
    return {
        **as_json(ctx, view.line),
        "description": row.description.to(ctx.locale),
        "for_whom": row.for_whom.to(ctx.locale),
        "website": row.website,
        "api_url": row.api_url,
        "api_docs": row.api_docs,
        "data": uses,
        "version": row.version,
    }


DAY: dict[str, Any] = {"type": "string", "format": "date"}
LIST: dict[str, Any] = {"type": "array", "items": TEXT}
SHORT = {
    "id": NUMBER,
    "slug": TEXT,
    "url": TEXT,
    "name": TEXT,
    "names": {"type": "object"},
    "summary": TEXT,
    "field": maybe(TEXT),
    "state": TEXT,
    "since": DAY,
    "published_at": maybe(MOMENT),
    "owners": LIST,
    "living_areas": LIST,
    "channels": LIST,
    "declares_api": FLAG,
}
USE = record_of(category=TEXT, reason=TEXT, purpose=maybe(TEXT))
SERVICE = record_of(
    **SHORT,
    description=TEXT,
    for_whom=TEXT,
    website=TEXT,
    api_url=TEXT,
    api_docs=TEXT,
    data={"type": "array", "items": USE},
    version=NUMBER,
)
FILTERS = {
    "q": "Words of name or summary",
    "field": "Key of the field",
    "state": "planned, running or ended",
    "owner": "Slug of an organisation that runs it",
    "area": "Key of a living area that it serves",
    "sort": "newest, name or state",
    **PAGES,
}
ROUTES = (
    get("/api/v1/services", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post(
        "/api/v1/services",
        create,
        api=True,
        limit="enter_service",
        doc=Doc(SERVICE, NewServiceForm, status=201, signed_in=True),
    ),
    get("/api/v1/services/{slug}", show, api=True, doc=Doc(SERVICE)),
    patch(
        "/api/v1/services/{slug}",
        change,
        api=True,
        limit="enter_service",
        doc=Doc(SERVICE, ChangeForm, signed_in=True),
    ),
)
