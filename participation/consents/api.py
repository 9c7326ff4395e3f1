"""Purposes for everybody, and one's own consents, over the API."""

from typing import Any

from participation.consents.actions import grant, withdraw
from participation.consents.forms import GrantForm
from participation.consents.models import Way
from participation.consents.pages import Row, rows_of
from participation.consents.policy import may_decide_own
from participation.consents.queries import PurposeView, published_purposes
from participation.policy import ensure
from participation.web import Context, NotFound, Response, delete, get, json_answer, put
from participation.web.describing import FLAG, MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of


def purposes(ctx: Context) -> Response:
    """What people are asked for now: every published purpose."""
    found = [as_json(ctx, view) for view in published_purposes(ctx.session)]
    return json_answer({"items": found, "total": len(found), "next": None})


def mine(ctx: Context) -> Response:
    """The caller's consents: every published purpose, and whether it is on."""
    ensure(may_decide_own(ctx.actor))
    found = [own_json(ctx, row) for row in rows_of(ctx)]
    return json_answer({"items": found, "total": len(found), "next": None})


def give(ctx: Context) -> Response:
    """Switch a purpose on (idempotent). `version`: the one that was read; refused when the words are others by now."""
    ensure(may_decide_own(ctx.actor))
    number = GrantForm.read_json(ctx.json or {}, ctx._).ensure()["version"]
    key, secret = ctx.path["purpose"], ctx.services.secret
    grant(ctx.session, ctx.actor, key, secret=secret, way=Way.API, now=ctx.now, number=number)
    return _one(ctx)


def take_back(ctx: Context) -> Response:
    """Switch a purpose off, effective at once (idempotent)."""
    withdraw(ctx.session, ctx.actor, ctx.path["purpose"], way=Way.API, now=ctx.now)
    return _one(ctx)


def _one(ctx: Context) -> Response:
    row = next((row for row in rows_of(ctx) if row.view.key == ctx.path["purpose"]), None)
    if row is None:
        raise NotFound
    return json_answer(own_json(ctx, row))


def as_json(ctx: Context, view: PurposeView) -> dict[str, Any]:
    said, base = view.version, ctx.settings.base_url
    return {
        "purpose": view.key,
        "version": said.number,
        "url": f"{base}{view.path}",
        "service": view.service.key,
        "controller": view.service.controller_slug,
        "title": said.title.to(ctx.locale),
        "summary": said.summary.to(ctx.locale),
        "categories": list(said.categories),
        "reason": said.reason.to(ctx.locale),
        "retention": said.retention.to(ctx.locale),
        "retention_days": said.retention_days,
        "third_parties": said.third_parties.to(ctx.locale) or None,
        "withdrawal_effect": said.effect.to(ctx.locale),
        "sha256": said.sha256,
    }


def own_json(ctx: Context, row: Row) -> dict[str, Any]:
    held = row.standing
    return {
        **as_json(ctx, row.view),
        "granted": held.on,
        "asks_again": held.asks_again,
        "since": held.since.isoformat() if held.since else None,
        "receipt": held.receipt or None,
    }


LIST = {"type": "array", "items": TEXT}
PURPOSE_FIELDS: dict[str, Any] = {
    **dict.fromkeys(("purpose", "url", "service", "controller", "title", "summary", "reason", "retention"), TEXT),
    "version": NUMBER,
    "categories": LIST,
    "retention_days": maybe(NUMBER),
    "third_parties": maybe(TEXT),
    "withdrawal_effect": TEXT,
    "sha256": TEXT,
}
PURPOSE = record_of(**PURPOSE_FIELDS)
OWN = record_of(
    **PURPOSE_FIELDS, granted=FLAG, asks_again=FLAG, since=maybe(MOMENT), receipt=maybe(TEXT)
)  # fmt: skip
ROUTES = (
    get("/api/v1/consent-purposes", purposes, api=True, doc=Doc(list_of(PURPOSE))),
    get("/api/v1/me/consents", mine, api=True, doc=Doc(list_of(OWN), signed_in=True)),
    put("/api/v1/me/consents/{purpose}", give, api=True, limit="consent", doc=Doc(OWN, GrantForm, signed_in=True)),
    delete("/api/v1/me/consents/{purpose}", take_back, api=True, limit="consent", doc=Doc(OWN, signed_in=True)),
)
