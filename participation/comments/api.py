"""Comments through the API: the same actions and queries as the pages."""

from typing import Any

from participation.comments import actions, queries
from participation.comments.forms import CommentForm
from participation.comments.queries import CommentView
from participation.policy import N_
from participation.subjects import Subject
from participation.web import Context, NotFound, Response, get, json_answer, post
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import read_paging


def create(ctx: Context) -> Response:
    """`{on: {type, id}, body, alignment?, parent_id?}` -> 201 with the comment."""
    form = CommentForm.read_json(ctx.json, ctx._)
    on = ctx.json.get("on") if isinstance(ctx.json, dict) else None
    usable = isinstance(on, dict) and isinstance(on.get("id"), int) and isinstance(on.get("type"), str)
    if not usable or abs(on["id"]) > 2**53:
        form.errors["on"] = ctx._(N_("Please say what you comment on: {type, id}."))
    values = form.ensure()
    subject = _subject(ctx, on["id"], on["type"])
    comment = actions.write_comment(
        ctx.session,
        ctx.actor,
        subject,
        body=values["body"],
        alignment=values["alignment"],
        parent_id=values["parent_id"],
        registry=ctx.services.registry,
        now=ctx.now,
    )
    view = queries.comment_view(ctx.session, ctx.actor, comment.id)
    return json_answer(as_json(ctx, view, subject.kind), status=201)


def list_on(ctx: Context) -> Response:
    """Comments on a subject in the order of writing."""
    subject = _subject(ctx, ctx.path["id"])
    paging = read_paging(ctx.query)
    rows = queries.comments_page(ctx.session, ctx.actor, subject.id, paging.offset, paging.per_page + 1)
    following = f"{ctx.url_path}?page={paging.page + 1}&per_page={paging.per_page}"
    items = [as_json(ctx, row, subject.kind) for row in rows[: paging.per_page]]
    more = len(rows) > paging.per_page
    address = ctx.settings.base_url + following if more else None
    return json_answer({"items": items, "total": subject.comments_count, "next": address})


def as_json(ctx: Context, view: CommentView | None, kind: str) -> dict[str, Any]:
    if view is None:
        raise NotFound
    return {
        "id": view.id,
        "url": f"{ctx.settings.base_url}/comments/{view.id}",
        "on_type": kind,
        "body": view.body,
        "alignment": view.alignment,
        "parent_id": view.parent_id,
        "author": {"name": view.author, "party": view.party},
        "likes_count": view.likes,
        "created_at": view.at.isoformat(),
        "edited_at": view.edited_at.isoformat() if view.edited_at else None,
        "state": view.gone or "published",
    }


def _subject(ctx: Context, subject_id: int, kind: str | None = None) -> Subject:
    subject = ctx.session.get(Subject, subject_id)
    if subject is None or not subject.visible or (kind is not None and subject.kind != kind):
        raise NotFound
    return subject


COMMENT = record_of(
    id=NUMBER,
    url=TEXT,
    on_type=TEXT,
    body=TEXT,
    alignment=maybe(TEXT),
    parent_id=maybe(NUMBER),
    author=record_of(name=TEXT, party=TEXT),
    likes_count=NUMBER,
    created_at=MOMENT,
    edited_at=maybe(MOMENT),
    state=TEXT,
)
WRITE = Doc(COMMENT, CommentForm, more_body={"on": record_of(type=TEXT, id=NUMBER)}, status=201, signed_in=True)
LIST = Doc(list_of(COMMENT), query=PAGES)

ROUTES = (
    post("/api/v1/comments", create, api=True, limit="comment", doc=WRITE),
    get("/api/v1/proposals/{id:int}/comments", list_on, api=True, doc=LIST),
    get("/api/v1/subjects/{id:int}/comments", list_on, api=True, doc=LIST),
)
