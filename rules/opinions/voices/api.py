"""Light voices over the API: reading them, liking one."""

from typing import Any

from participation.web import Context, Response, get, json_answer, put, with_query
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.paging import make_pager, read_paging
from participation.web.routing import delete
from rules.opinions.sending import read_case
from rules.opinions.voices import actions, queries
from rules.opinions.voices.queries import SORTS, VoiceView


def index(ctx: Context) -> Response:
    """`?section=` and `?sort=` as on the page."""
    case, paging, sort = read_case(ctx), read_paging(ctx.query), ctx.query.get("sort", "")
    section, sort = ctx.query.get("section", "")[:60], sort if sort in SORTS else SORTS[0]
    about = {"section": section, "sort": sort, "paging": paging, "is_open": case.is_open(ctx.now)}
    voices, total = queries.voices_page(ctx.session, ctx.actor, case.id, **about)
    parameters = (("section", section), ("sort", sort), ("per_page", str(paging.per_page)))
    address = f"{ctx.settings.base_url}{ctx.url_path}{with_query(parameters, page=paging.page + 1)}"
    following = address if paging.page < make_pager(paging, total).pages else None
    return json_answer({"items": [_voice(ctx, each) for each in voices], "total": total, "next": following})


def like(ctx: Context) -> Response:
    """Like a voice, at most once; while its public comment is open."""
    return _liked(ctx, actions.like_voice(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now), liked=True)


def unlike(ctx: Context) -> Response:
    """Take one's like back."""
    return _liked(ctx, actions.withdraw_like(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now), liked=False)


def _liked(ctx: Context, count: int, *, liked: bool) -> Response:
    return json_answer({"likes_count": count, "liked": liked})


def _voice(ctx: Context, voice: VoiceView) -> dict[str, Any]:
    return {
        "id": voice.id,
        "url": f"{ctx.settings.base_url}/voices/{voice.id}",
        "section": voice.section,
        "nickname": voice.nickname or None,
        "body": voice.body,
        "likes_count": voice.likes,
        "created_at": voice.at.isoformat(),
        "state": "hidden" if voice.hidden else "published",
    }


VOICE = record_of(
    id=NUMBER,
    url=TEXT,
    section=maybe(TEXT),
    nickname=maybe(TEXT),
    body=TEXT,
    likes_count=NUMBER,
    created_at=MOMENT,
    state=TEXT,
)
LIKED = Doc(record_of(likes_count=NUMBER, liked=FLAG), signed_in=True)
QUERY = {**PAGES, "section": 'Key of a section; "-" for the whole text', "sort": "newest or liked"}
ROUTES = (
    get("/api/v1/documents/{slug}/versions/{number:int}/voices", index, api=True, doc=Doc(list_of(VOICE), query=QUERY)),
    put("/api/v1/voices/{id:int}/like", like, api=True, limit="like", doc=LIKED),
    delete("/api/v1/voices/{id:int}/like", unlike, api=True, limit="like", doc=LIKED),
)
