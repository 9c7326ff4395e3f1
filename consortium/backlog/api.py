"""Improvements over the API."""

from typing import Any

from consortium.backlog import actions
from consortium.backlog.board import asked_of
from consortium.backlog.forms import ChangeForm, ItemForm, MergeForm, MoveForm
from consortium.backlog.models import ItemState
from consortium.backlog.pages import move_form, read_item
from consortium.backlog.policy import may_change, may_open, may_work
from consortium.backlog.queries import Item, counts_by_state, item_of, listed, service_of, steps_of
from consortium.backlog.wanting import Wanted, say_me_too, withdraw_me_too
from consortium.backlog.writing import choices, said, stored
from consortium.services.pages import read
from consortium.services.queries import whole_service
from participation.policy import ensure
from participation.web import Context, NotFound, Response, delete, get, json_answer, patch, post, put, with_query
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.fields import FieldError, Integer
from participation.web.paging import read_paging

MOST = 100  # voices named at once


def index(ctx: Context) -> Response:
    """The improvements of a service, a page at a time."""
    line, asked, paging = read(ctx).line, asked_of(ctx), read_paging(ctx.query)
    counts = counts_by_state(ctx.session, line.id, asked.q)
    total = counts[ItemState(asked.state)] if asked.state else sum(counts.values())
    found = listed(ctx.session, line.id, asked, paging.offset, paging.per_page)
    items = [as_json(ctx, item, line.slug) for item in found]
    following = ctx.settings.base_url + ctx.url_path + with_query(ctx.query.multi_items(), page=paging.page + 1)
    more = paging.offset + paging.per_page < total
    return json_answer({"items": items, "total": total, "next": following if more else None})


def create(ctx: Context) -> Response:
    """Put an improvement on the list of a service -> 201. `voices`: numbers of the words that it came from."""
    line = read(ctx).line
    ensure(may_open(ctx.actor, line.owner_ids, line.visible))
    form = ItemForm.read_json(ctx.json, ctx._, choices=choices(ctx, line.owners))
    voices = _voices(ctx, form)
    text = said(ctx, line.owners, form)
    row = actions.open_item(ctx.session, ctx.actor, line, text, voices=voices, locale=ctx.locale, now=ctx.now)
    return json_answer(_again(ctx, row.id), status=201)


def show(ctx: Context) -> Response:
    """One improvement with its way so far."""
    _, item = read_item(ctx)
    return json_answer(in_full(ctx, item))


def change(ctx: Context) -> Response:
    """Change what is sent; what is left out stays as it is. What stood there before stays readable."""
    case, item = read_item(ctx)
    ensure(may_change(ctx.actor, case))
    slug, _ = service_of(ctx.session, item.service_id)
    view = whole_service(ctx.session, slug)
    owners = view.line.owners if view else ()
    before = {name: str(value) if value is not None else None for name, value in stored(item, owners).items()}
    body = {**before, **ctx.json} if isinstance(ctx.json, dict) else ctx.json
    form = ChangeForm.read_json(body, ctx._, choices=choices(ctx, owners, item))
    text = said(ctx, owners, form, item)
    actions.change_item(ctx.session, ctx.actor, item.id, text, form.values["reason"], now=ctx.now)
    return json_answer(_again(ctx, item.id))


def move(ctx: Context) -> Response:
    """The next state; the people behind its voices are told."""
    case, item = read_item(ctx)
    ensure(may_work(ctx.actor, case.owners))
    form = move_form(ctx, case, MoveForm.read_json)
    form.ensure()
    values = {name: form.values[name] for name in ("reason", "release_note")}
    actions.move_item(ctx.session, ctx.actor, item.id, form.state, **values, now=ctx.now)
    return json_answer(_again(ctx, item.id))


def merge(ctx: Context) -> Response:
    """Merge it into another of the same service, with its voices and everybody who wants it. Returns that one."""
    case, item = read_item(ctx)
    ensure(may_work(ctx.actor, case.owners))
    form = MergeForm.read_json(ctx.json, ctx._)
    values = form.ensure()
    actions.merge_items(ctx.session, ctx.actor, item.id, values["into"], reason=values["reason"], now=ctx.now)
    return json_answer(_again(ctx, values["into"]))


def want(ctx: Context) -> Response:
    """Want it too; saying it twice changes nothing."""
    return _wanted(say_me_too(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now))


def want_no_more(ctx: Context) -> Response:
    """Take one's me-too back; without one nothing changes."""
    return _wanted(withdraw_me_too(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now))


def _wanted(wanted: Wanted) -> Response:
    return json_answer({"me_toos": wanted.me_toos, "me_too": wanted.mine})


def _voices(ctx: Context, form: ItemForm) -> list[int]:
    """The numbers under `voices`, which only the API takes."""
    given = ctx.json.get("voices") if isinstance(ctx.json, dict) else None
    field = Integer("", min=1, max=2**53)
    try:
        return [field.read(field.from_json(each)) for each in given[:MOST]] if isinstance(given, list) else []
    except FieldError as error:
        form.fail("voices", error.message, **error.values)
        return []


def _again(ctx: Context, item_id: int) -> dict[str, Any]:
    ctx.session.flush()
    ctx.session.expire_all()
    item = item_of(ctx.session, item_id)
    if item is None:
        raise NotFound
    return in_full(ctx, item)


def as_json(ctx: Context, item: Item, slug: str) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": ctx.settings.base_url + item.path,
        "service": slug,
        "title": item.title,
        "body": item.body if item.visible else "",
        "state": item.state,
        "since": item.since.isoformat(),
        "owner": item.organisation.to(ctx.locale) if item.organisation else item.person or None,
        "target_on": item.target_on.isoformat() if item.target_on else None,
        "release_note": item.release_note,
        "me_toos": item.me_toos,
        "voices": item.voices,
        "comments_count": item.comments,
        "merged_into": item.merged_into_id,
        "created_at": item.opened_at.isoformat(),
    }


def in_full(ctx: Context, item: Item) -> dict[str, Any]:
    slug, _ = service_of(ctx.session, item.service_id)
    steps = [
        {"from": step.was, "to": step.to, "reason": step.reason, "at": step.at.isoformat()}
        for step in steps_of(ctx.session, item.id)
    ]
    return {**as_json(ctx, item, slug), "steps": steps}


SHORT = {
    "id": NUMBER,
    "url": TEXT,
    "service": TEXT,
    "title": TEXT,
    "body": TEXT,
    "state": TEXT,
    "since": MOMENT,
    "owner": maybe(TEXT),
    "target_on": maybe({"type": "string", "format": "date"}),
    "release_note": TEXT,
    "me_toos": NUMBER,
    "voices": NUMBER,
    "comments_count": NUMBER,
    "merged_into": maybe(NUMBER),
    "created_at": MOMENT,
}
STEP = record_of(**{"from": maybe(TEXT)}, to=TEXT, reason=TEXT, at=MOMENT)
ITEM = record_of(**SHORT, steps={"type": "array", "items": STEP})
WANTED = record_of(me_toos=NUMBER, me_too=FLAG)
FILTERS = {
    "q": "Words of title or text",
    "state": "new, triaged, planned, in_progress, released or declined",
    "sort": "wanted, newest, moved or due",
    **PAGES,
}
ROUTES = (
    get("/api/v1/services/{slug}/backlog", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post(
        "/api/v1/services/{slug}/backlog",
        create,
        api=True,
        limit="enter_service",
        doc=Doc(ITEM, ItemForm, status=201, signed_in=True),
    ),
    get("/api/v1/backlog/{id:int}", show, api=True, doc=Doc(ITEM)),
    patch(
        "/api/v1/backlog/{id:int}",
        change,
        api=True,
        limit="enter_service",
        doc=Doc(ITEM, ChangeForm, signed_in=True),
    ),
    post("/api/v1/backlog/{id:int}/transitions", move, api=True, doc=Doc(ITEM, MoveForm, signed_in=True)),
    post("/api/v1/backlog/{id:int}/merge", merge, api=True, doc=Doc(ITEM, MergeForm, signed_in=True)),
    put("/api/v1/backlog/{id:int}/me-too", want, api=True, limit="support", doc=Doc(WANTED, signed_in=True)),
    delete("/api/v1/backlog/{id:int}/me-too", want_no_more, api=True, limit="support", doc=Doc(WANTED, signed_in=True)),
)
