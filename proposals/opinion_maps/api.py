"""Opinion maps over the API: the same forms, actions and rules as the pages."""

from typing import Any

from participation.db import Localized
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, post, put
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.listing import json_page, narrowed, soonest
from proposals.opinion_maps import actions, casting
from proposals.opinion_maps.desk import choices_of, found, look_for_name, processes_of, row_of
from proposals.opinion_maps.forms import DecisionForm, MoveForm, NewMapForm, StatementForm, VoteForm
from proposals.opinion_maps.labels import VOTES
from proposals.opinion_maps.models import MapState, StatementState
from proposals.opinion_maps.pages import read
from proposals.opinion_maps.policy import may_keep
from proposals.opinion_maps.queries import MapView, maps, progress, statement_asked
from proposals.opinion_maps.results import Bar, Result, result_of


def index(ctx: Context) -> Response:
    """Opinion maps that the reader may read, newest first."""
    found = narrowed(
        ctx, maps(ctx.session, ctx.actor, ctx.now),
        words=lambda view: (*view.question.values(), *view.intro.values()),
        fields={"state": lambda view: view.state, "process": lambda view: view.process_slug},
        sorts={"closes": lambda view: soonest(view.closes_at), "participants": lambda view: -view.participants},
    )  # fmt: skip
    return json_page(ctx, found, lambda view: as_json(ctx, view))


def create(ctx: Context) -> Response:
    """A draft of the secretariat -> 201."""
    ensure(may_keep(ctx.actor))
    form = NewMapForm.read_json(ctx.json, ctx._, choices=choices_of(ctx))
    look_for_name(ctx, form)
    said = form.said(processes_of(ctx))
    actions.create_map(ctx.session, ctx.actor, form.values["slug"], said, now=ctx.now)
    ctx.path["slug"] = form.values["slug"]
    return json_answer(as_json(ctx, read(ctx)), status=201)


def move(ctx: Context) -> Response:
    """Open it for opinions, or close it: `to`."""
    view = found(ctx)
    to = MapState(MoveForm.read_json(ctx.json, ctx._).ensure()["to"])
    actions.move_map(ctx.session, ctx.actor, view.id, to, now=ctx.now)
    ctx.session.flush()
    return json_answer(as_json(ctx, read(ctx)))


def decide(ctx: Context) -> Response:
    """Accept a statement that waits, or decline it with a `reason` that its author reads."""
    row = row_of(ctx, found(ctx))
    values = DecisionForm.read_json(ctx.json, ctx._).ensure()
    to = StatementState(values["to"])
    actions.decide_statement(ctx.session, ctx.actor, row.id, to, values["reason"], now=ctx.now)
    return json_answer({"number": row.number, "state": to})


def show(ctx: Context) -> Response:
    """One map, with the next statement for whoever asks and the map that was last computed."""
    view = read(ctx)
    done = progress(ctx.session, ctx.actor, view)
    asked = None if done.following is None else statement_asked(ctx.session, view, done.following, ctx.locale)
    following = None if asked is None else {"number": asked.number, "text": asked.text, "language": asked.locale}
    result = result_of(ctx.session, view, ctx.locale)
    return json_answer({**as_json(ctx, view), "statements": done.total, "voted": done.done, "next": following,
                        "result": None if result is None else _result(result)})  # fmt: skip


def vote(ctx: Context) -> Response:
    """Agree, disagree or pass; saying it twice is saying it once, and the last one counts."""
    value = VOTES[VoteForm.read_json(ctx.json, ctx._).ensure()["vote"]]
    view = casting.vote(ctx.session, ctx.actor, ctx.path["slug"], ctx.path["number"], value, now=ctx.now).map
    done = progress(ctx.session, ctx.actor, view, ctx.path["number"])
    return json_answer({"voted": done.done, "statements": done.total, "next": done.following})


def add(ctx: Context) -> Response:
    """Add a statement; where statements are moderated, it waits first -> 201."""
    view, values = read(ctx), StatementForm.read_json(ctx.json, ctx._).ensure()
    text = Localized({ctx.locale: values["text"]})
    made = actions.add_statement(ctx.session, ctx.actor, view.slug, text, locale=ctx.locale, now=ctx.now)
    return json_answer({"number": made.number, "state": made.state}, status=201)


def as_json(ctx: Context, view: MapView) -> dict[str, Any]:
    return {
        "id": view.id,
        "url": ctx.settings.base_url + view.path,
        "slug": view.slug,
        "question": view.question.to(ctx.locale),
        "intro": view.intro.to(ctx.locale),
        "state": view.state,
        "process": view.process_slug,
        "participants": view.participants,
        "takes_statements": view.takes_statements,
        "moderated": view.moderated,
        "opens_at": view.opens_at.isoformat() if view.opens_at else None,
        "closes_at": view.closes_at.isoformat() if view.closes_at else None,
    }


def _result(result: Result) -> dict[str, Any]:
    return {
        "computed_at": result.computed_at.isoformat(),
        "participants": result.participants,
        "placed": result.placed,
        "groups": [
            {
                "letter": group.letter,
                "size": group.size,
                "representative": [{"statement": each.line.number, "side": each.side} for each in group.apart],
            }
            for group in result.groups
        ],
        "statements": [
            {
                "number": line.number,
                "text": line.text,
                **_votes(line.everybody),
                "consensus": line.consensus,
                "groups": {bar.letter: _votes(bar) for bar in line.groups},
            }
            for line in result.lines
        ],
    }


def _votes(bar: Bar) -> dict[str, int]:
    return {"agree": bar.agree, "disagree": bar.disagree, "pass": bar.passed}


ONE = dict(
    id=NUMBER, url=TEXT, slug=TEXT, question=TEXT, intro=TEXT, state=TEXT, process=TEXT, participants=NUMBER,
    takes_statements=FLAG, moderated=FLAG, opens_at=maybe(MOMENT), closes_at=maybe(MOMENT),
)  # fmt: skip
WRITTEN = record_of(number=NUMBER, state=TEXT)
FOLLOWING = maybe(record_of(number=NUMBER, text=TEXT, language=TEXT))
PATH = "/api/v1/opinion-maps"
FILTERS = {
    "q": "Words of question or introduction",
    "state": "draft, open or closed",
    "process": "Its slug",
    "sort": "newest, closes or participants",
    **PAGES,
}
ROUTES = (
    get(PATH, index, api=True, doc=Doc(list_of(record_of(**ONE)), query=FILTERS)),
    post(PATH, create, api=True, doc=Doc(record_of(**ONE), NewMapForm, status=201, signed_in=True)),
    get(
        f"{PATH}/{{slug}}",
        show,
        api=True,
        doc=Doc(record_of(**ONE, statements=NUMBER, voted=NUMBER, next=FOLLOWING, result=maybe({"type": "object"}))),
    ),
    post(f"{PATH}/{{slug}}/transitions", move, api=True, doc=Doc(record_of(**ONE), MoveForm, signed_in=True)),
    post(
        f"{PATH}/{{slug}}/statements/{{number:int}}/decision",
        decide,
        api=True,
        doc=Doc(WRITTEN, DecisionForm, signed_in=True),
    ),
    put(
        f"{PATH}/{{slug}}/statements/{{number:int}}/vote",
        vote,
        api=True,
        limit="opinion_vote",
        doc=Doc(record_of(voted=NUMBER, statements=NUMBER, next=maybe(NUMBER)), VoteForm, signed_in=True),
    ),
    post(
        f"{PATH}/{{slug}}/statements",
        add,
        api=True,
        limit="add_statement",
        doc=Doc(WRITTEN, StatementForm, status=201, signed_in=True),
    ),
)
