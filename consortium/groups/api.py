"""Working groups over the API."""

from functools import partial
from typing import Any

from consortium.groups import actions
from consortium.groups.asking import asked, everything
from consortium.groups.editing import offered
from consortium.groups.forms import NewGroupForm
from consortium.groups.pages import read
from consortium.groups.policy import may_enter_group
from consortium.groups.queries import Line, Person, Whole, whole_group
from participation.names import display_name
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, post
from participation.web.describing import NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page


def index(ctx: Context) -> Response:
    """The groups, a page at a time."""
    wanted = asked(ctx)
    lines = [line for line in everything(ctx) if wanted.fits(line)]
    return json_page(ctx, lines, partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One group with its charter and its people."""
    return json_answer(in_full(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """Set up a group -> 201."""
    ensure(may_enter_group(ctx.actor))
    fields, choices = offered(ctx)
    form = NewGroupForm.read_json(ctx.json, ctx._, choices=choices)
    since = form.ensure()["since"]
    row = actions.enter_group(ctx.session, ctx.actor, form.said(fields), since=since, now=ctx.now)
    found = whole_group(ctx.session, row.slug)
    assert found is not None  # it was written in this transaction
    return json_answer(in_full(ctx, found), status=201)


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "slug": line.slug,
        "url": ctx.settings.base_url + line.path,
        "kind": line.kind,
        "name": line.name.to(ctx.locale),
        "names": dict(line.name),
        "summary": line.summary.to(ctx.locale),
        "field": line.field_key or None,
        "state": line.state,
        "since": line.since.isoformat(),
        "members": line.size,
    }


def in_full(ctx: Context, found: Whole) -> dict[str, Any]:
    people = [_person(ctx, person) for person in found.line.people]
    return {**as_json(ctx, found.line), "charter": found.row.charter.to(ctx.locale), "people": people}


def _person(ctx: Context, person: Person) -> dict[str, Any]:
    return {
        "role": person.role,
        "name": display_name(person.name, ctx._) if person.is_person else None,
        "organisation": person.organisation_slug or None,
        "post": person.post.to(ctx.locale),
        "joined_on": person.joined_on.isoformat(),
        "left_on": person.left_on.isoformat() if person.left_on else None,
    }


DAY: dict[str, Any] = {"type": "string", "format": "date"}
SHORT = {
    "id": NUMBER,
    "slug": TEXT,
    "url": TEXT,
    "kind": TEXT,
    "name": TEXT,
    "names": {"type": "object"},
    "summary": TEXT,
    "field": maybe(TEXT),
    "state": TEXT,
    "since": DAY,
    "members": NUMBER,
}
PERSON = record_of(
    role=TEXT, name=maybe(TEXT), organisation=maybe(TEXT), post=TEXT, joined_on=DAY, left_on=maybe(DAY)
)
GROUP = record_of(**SHORT, charter=TEXT, people={"type": "array", "items": PERSON})
FILTERS = {
    "q": "Words of name or summary",
    "kind": "Kind of group",
    "field": "Key of the field",
    "state": "active or ended",
    **PAGES,
}
ROUTES = (
    get("/api/v1/working-groups", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post(
        "/api/v1/working-groups",
        create,
        api=True,
        limit="enter_group",
        doc=Doc(GROUP, NewGroupForm, status=201, signed_in=True),
    ),
    get("/api/v1/working-groups/{slug}", show, api=True, doc=Doc(GROUP)),
)
