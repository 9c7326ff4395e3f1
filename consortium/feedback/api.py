"""Feedback over the API."""

from typing import Any

from consortium.feedback.figures import Group, figures
from consortium.feedback.forms import FeedbackForm
from consortium.feedback.models import Feedback
from consortium.feedback.pages import give, own_path, take_cells
from consortium.feedback.policy import may_give
from consortium.feedback.queries import count_voices, voices
from consortium.services.pages import read
from participation.policy import ensure
from participation.spaces.queries import places
from participation.web import Context, Response, get, json_answer, post, with_query
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import read_paging


def index(ctx: Context) -> Response:
    """Words that everybody may read, the newest first, and the figures; groups below five people have no numbers."""
    line, paging = read(ctx).line, read_paging(ctx.query)
    total, found = count_voices(ctx.session, line.id), figures(ctx.session, line.id)
    items = [
        {"id": voice.id, "satisfaction": voice.satisfaction, "body": voice.body, "at": voice.at.isoformat()}
        for voice in voices(ctx.session, ctx.actor, line.id, paging.offset, paging.per_page)
        if not voice.hidden
    ]
    following = ctx.settings.base_url + ctx.url_path + with_query(ctx.query.multi_items(), page=paging.page + 1)
    more = paging.offset + paging.per_page < total
    said = {"satisfaction": _group(found.total), "months": [_group(month) for month in found.months]}
    return json_answer({"items": items, "total": total, "next": following if more else None, **said})


def create(ctx: Context) -> Response:
    """Give feedback, with a token or without -> 201. `own_url` is the page on which it can be taken back."""
    line, found = read(ctx).line, places(ctx.session, ctx.locale)
    ensure(may_give(ctx.actor, line.owner_ids, line.state, line.visible))
    choices = {"area": [(area.key, area.name) for area in found.areas]}
    form = FeedbackForm.read_json(ctx.json, ctx._, choices=choices)
    form.ensure()
    row = give(ctx, line, form, found)
    return json_answer(_as_json(ctx, row), status=201)


def _as_json(ctx: Context, row: Feedback) -> dict[str, Any]:
    own_url = ctx.settings.base_url + own_path(ctx, row)
    said = {"satisfaction": row.satisfaction, "body": row.body, "at": row.at.isoformat()}
    return {"id": row.subject_id, **said, "own_url": own_url}


def _group(group: Group) -> dict[str, Any]:
    return {"key": group.key, "people": group.count, "average": group.average}


GROUP = record_of(key=TEXT, people=maybe(NUMBER), average=maybe({"type": "number"}))
VOICE = record_of(id=NUMBER, satisfaction=NUMBER, body=TEXT, at=MOMENT)
LISTED = list_of(VOICE)
LISTED = record_of(**LISTED["properties"], satisfaction=GROUP, months={"type": "array", "items": GROUP})
GIVEN = record_of(id=maybe(NUMBER), satisfaction=NUMBER, body=TEXT, at=MOMENT, own_url=TEXT)
ROUTES = (
    get("/api/v1/services/{slug}/feedback", index, api=True, doc=Doc(LISTED, query=PAGES)),
    post(
        "/api/v1/services/{slug}/feedback",
        create,
        api=True,
        prepare=take_cells,
        doc=Doc(GIVEN, FeedbackForm, status=201),
    ),
)
