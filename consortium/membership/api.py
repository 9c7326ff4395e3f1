"""Organisations over the API."""

from functools import partial
from typing import Any

from consortium.membership import actions
from consortium.membership.applying import refuse_taken
from consortium.membership.directory import asked
from consortium.membership.forms import ApplicationForm
from consortium.membership.pages import found
from consortium.membership.policy import may_apply
from consortium.membership.queries import MemberView, member, members
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page


def index(ctx: Context) -> Response:
    """The public directory, a page at a time."""
    wanted = asked(ctx)
    fitting = [view for view in members(ctx.session, ctx.now) if wanted.fits(view)]
    return json_page(ctx, fitting, partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One organisation with its standing now."""
    return json_answer(as_json(ctx, found(ctx)))


def create(ctx: Context) -> Response:
    """Apply for membership -> 201 with the organisation, which is not public yet."""
    ensure(may_apply(ctx.actor))
    form = ApplicationForm.read_json(ctx.json, ctx._)
    refuse_taken(ctx, form)
    number = actions.apply(ctx.session, ctx.actor, form.application_values(), now=ctx.now)
    view = member(ctx.session, ctx.now, organisation_id=number)
    assert view is not None  # it was entered in this transaction
    return json_answer(as_json(ctx, view), status=201)


def as_json(ctx: Context, view: MemberView) -> dict[str, Any]:
    return {
        "id": view.id,
        "slug": view.slug,
        "url": ctx.settings.base_url + view.path,
        "corporate_number": view.corporate_number,
        "name": view.name.to(ctx.locale),
        "names": dict(view.name),
        "kind": view.kind,
        "standing": view.standing,
        "since": view.moved_at.isoformat(),
        "website": view.website,
        "description": view.description,
    }


ORGANISATION = record_of(
    id=NUMBER,
    slug=TEXT,
    url=TEXT,
    corporate_number=maybe(TEXT),
    name=TEXT,
    names={"type": "object"},
    kind=TEXT,
    standing=TEXT,
    since=MOMENT,
    website=TEXT,
    description=TEXT,
)
FILTERS = {"q": "Words of name or description", "kind": "Kind of organisation", "standing": "Standing", **PAGES}
ROUTES = (
    get("/api/v1/organisations", index, api=True, doc=Doc(list_of(ORGANISATION), query=FILTERS)),
    post(
        "/api/v1/organisations",
        create,
        api=True,
        limit="apply",
        doc=Doc(ORGANISATION, ApplicationForm, status=201, signed_in=True),
    ),
    get("/api/v1/organisations/{slug}", show, api=True, doc=Doc(ORGANISATION)),
)
