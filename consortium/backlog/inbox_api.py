"""The inbox of a service over the API."""

from consortium.backlog.forms import AnswerForm
from consortium.backlog.inbox import deal_with, may_read
from consortium.backlog.policy import may_work
from consortium.backlog.spoken import count_waiting, inbox, waiting_voice
from consortium.services.pages import read
from consortium.voices.queries import VoiceView
from participation.policy import ensure
from participation.web import Context, NotFound, Response, get, json_answer, post, with_query
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import read_paging


def index(ctx: Context) -> Response:
    """Voices to a service that wait for an answer, the one that waits longest first."""
    line, paging = read(ctx).line, read_paging(ctx.query)
    ensure(may_read(ctx, line))
    total = sum(count_waiting(ctx.session, line.id).values())
    found = inbox(ctx.session, line.id, offset=paging.offset, limit=paging.per_page)
    following = ctx.settings.base_url + ctx.url_path + with_query(ctx.query.multi_items(), page=paging.page + 1)
    more = paging.offset + paging.per_page < total
    items = [_as_json(ctx, voice) for voice in found]
    return json_answer({"items": items, "total": total, "next": following if more else None})


def deal(ctx: Context) -> Response:
    """Deal with a voice: `open` a new improvement, `join` one, `reply`, or set it `aside` with a reason."""
    line = read(ctx).line
    ensure(may_work(ctx.actor, line.owner_ids))
    voice = waiting_voice(ctx.session, line.id, ctx.path["source"])
    if voice is None:
        raise NotFound
    form = AnswerForm.read_json(ctx.json, ctx._)
    form.ensure()
    done = {"id": voice.id, "kind": form.values["kind"], "item": deal_with(ctx, line, voice, form)}
    return json_answer(done, status=201)


def _as_json(ctx: Context, voice: VoiceView) -> dict[str, object]:
    url = ctx.settings.base_url + voice.path
    return {"id": voice.id, "type": voice.kind, "url": url, "body": voice.words, "at": voice.at.isoformat()}


VOICE = record_of(id=NUMBER, type=TEXT, url=TEXT, body=TEXT, at=MOMENT)
DEALT = record_of(id=NUMBER, kind=TEXT, item=maybe(NUMBER))
ROUTES = (
    get("/api/v1/services/{slug}/inbox", index, api=True, doc=Doc(list_of(VOICE), query=PAGES, signed_in=True)),
    post(
        "/api/v1/services/{slug}/inbox/{source:int}",
        deal,
        api=True,
        doc=Doc(DEALT, AnswerForm, status=201, signed_in=True),
    ),
)
