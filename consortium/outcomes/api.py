"""Making something of a poster or an idea over the API."""

from typing import Any

from consortium.outcomes.labels import PATHS
from consortium.outcomes.models import Into, Outcome
from consortium.outcomes.pages import STARTS, read_source
from consortium.outcomes.queries import became
from consortium.outcomes.turning import ApiTurn, choices, may_turn, offers, turn
from participation.policy import ensure, signed_in
from participation.web import Context, Response, get, json_answer, post
from participation.web.describing import NUMBER, TEXT, Doc, record_of


def index(ctx: Context) -> Response:
    """What was made of it, as far as this reader can open it."""
    source = read_source(ctx)
    own = ([source.id], []) if source.kind == "poster" else ([], [source.id])
    made = became(ctx.session, ctx.actor, *own).get((source.kind, source.id), ())
    base = ctx.settings.base_url
    items = [{"title": each.title, "url": base + each.path} for each in made if each.path]
    return json_answer({"items": items, "total": len(items)})


def make(ctx: Context) -> Response:
    """Make a proposal, the draft of a pilot or an improvement of it. The same again returns what was made first."""
    ensure(signed_in(ctx.actor))
    source = read_source(ctx)
    named = ctx.json.get("into") if isinstance(ctx.json, dict) else None
    into = Into(named) if isinstance(named, str) and named in set(map(str, Into)) else None
    offered = offers(ctx, into) if into else ()
    if into:
        ensure(may_turn(ctx, source, into, offered))
    form = ApiTurn.read_json(ctx.json, ctx._, choices=choices(offered))
    form.ensure()
    assert into is not None  # or the form had refused it
    return json_answer(_as_json(ctx, turn(ctx, source, into, form, offered)), status=201)


def _as_json(ctx: Context, made: Outcome) -> dict[str, Any]:
    path = PATHS[Into(made.kind)].format(made.target_id)
    return {"id": made.target_id, "into": made.kind, "url": ctx.settings.base_url + path}


LIST = record_of(items={"type": "array", "items": record_of(title=TEXT, url=TEXT)}, total=NUMBER)
MADE = record_of(id=NUMBER, into=TEXT, url=TEXT)
ROUTES = (
    *(get(f"/api/v1/{start}/{{id:int}}/outcomes", index, api=True, doc=Doc(LIST)) for start in STARTS),
    *(
        post(
            f"/api/v1/{start}/{{id:int}}/outcomes",
            make,
            api=True,
            limit="turn_poster",
            doc=Doc(MADE, ApiTurn, status=201, signed_in=True),
        )
        for start in STARTS
    ),
)
