"""Amendments over the API."""

from typing import Any

from participation.policy import ensure
from participation.web import Context, Invalid, NotFound, Response, delete, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, TEXT, Doc, list_of, maybe, record_of
from proposals.amending.actions import accept, reject, suggest, take_back
from proposals.amending.forms import AcceptForm, AmendmentForm, RejectForm
from proposals.amending.policy import may_suggest
from proposals.amending.queries import AmendmentView, amendment_view, amendments_on
from proposals.pages import read


def create(ctx: Context) -> Response:
    """`{title, body, reason}` -> 201 with the amendment."""
    view = read(ctx)
    ensure(may_suggest(ctx.actor, view.standing))
    form = AmendmentForm.read_json(ctx.json, ctx._)
    form.expect_change(view.title, view.body)
    values = _values(form)
    return _shown(ctx, suggest(ctx.session, ctx.actor, view.id, **values, now=ctx.now), status=201)


def list_on(ctx: Context) -> Response:
    """The newest twenty, those that wait first."""
    items = amendments_on(ctx.session, read(ctx).id)
    rows = [
        {"id": item.id, "author": item.author, "reason": item.reason, "state": item.state,
         "created_at": item.created_at.isoformat(), "url": f"{ctx.settings.base_url}/amendments/{item.id}"}
        for item in items
    ]  # fmt: skip
    return json_answer({"items": rows, "total": len(rows), "next": None})


def say_yes(ctx: Context) -> Response:
    """`{seen_version, note?}` -> the amendment, which is the proposal's next version now."""
    values = _values(AcceptForm.read_json(ctx.json, ctx._))
    accept(ctx.session, ctx.actor, ctx.path["id"], **values, now=ctx.now)
    return _shown(ctx, ctx.path["id"])


def say_no(ctx: Context) -> Response:
    """`{note}` -> the amendment."""
    values = _values(RejectForm.read_json(ctx.json, ctx._))
    reject(ctx.session, ctx.actor, ctx.path["id"], **values, now=ctx.now)
    return _shown(ctx, ctx.path["id"])


def withdraw(ctx: Context) -> Response:
    """Take one's own amendment back."""
    take_back(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    return _shown(ctx, ctx.path["id"])


def _values(form: Any) -> Any:
    if not form.ok:
        raise Invalid(form.errors)
    return form.values


def _shown(ctx: Context, amendment_id: int, status: int = 200) -> Response:
    view = amendment_view(ctx.session, amendment_id)
    if view is None:
        raise NotFound
    return json_answer(as_json(ctx, view), status=status)


def as_json(ctx: Context, view: AmendmentView) -> dict[str, Any]:
    return {
        "id": view.id,
        "url": f"{ctx.settings.base_url}/amendments/{view.id}",
        "proposal_id": view.proposal_id,
        "author": view.author,
        "title": view.title,
        "body": view.body,
        "reason": view.reason,
        "state": view.state,
        "base_version": view.base_version,
        "version": view.version,
        "note": view.decision_note or None,
        "created_at": view.created_at.isoformat(),
        "decided_at": view.decided_at.isoformat() if view.decided_at else None,
    }


ITEM = {"id": NUMBER, "url": TEXT, "author": TEXT, "reason": TEXT, "state": TEXT, "created_at": MOMENT}
WHOLE = record_of(
    **ITEM,
    proposal_id=NUMBER,
    title=TEXT,
    body=TEXT,
    base_version=NUMBER,
    version=NUMBER,
    note=maybe(TEXT),
    decided_at=maybe(MOMENT),
)
PROPOSAL, AMENDMENT = "/api/v1/proposals/{id:int}/amendments", "/api/v1/amendments/{id:int}"
ROUTES = (
    get(PROPOSAL, list_on, api=True, doc=Doc(list_of(record_of(**ITEM)))),
    post(PROPOSAL, create, api=True, limit="amend", doc=Doc(WHOLE, AmendmentForm, status=201, signed_in=True)),
    delete(AMENDMENT, withdraw, api=True, doc=Doc(WHOLE, signed_in=True)),
    post(f"{AMENDMENT}/acceptance", say_yes, api=True, doc=Doc(WHOLE, AcceptForm, signed_in=True)),
    post(f"{AMENDMENT}/rejection", say_no, api=True, doc=Doc(WHOLE, RejectForm, signed_in=True)),
)
