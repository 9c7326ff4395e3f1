"""Challenges and solution sheets over the API."""

from functools import partial
from typing import Any

from consortium.challenges import actions, answering
from consortium.challenges.changing import apply_change, changeable, fitting, offered, stored
from consortium.challenges.forms import ChallengeForm, ChangeForm, MatchForm, MoveForm, SheetForm, typed
from consortium.challenges.models import ChallengeState
from consortium.challenges.pages import asked, found, keeps, read, readable
from consortium.challenges.policy import may_match
from consortium.challenges.queries import Line, Sheet, challenge, sheets_of
from consortium.challenges.sheets import found as found_sheet
from consortium.challenges.sheets import match_choices, may_answer_for
from consortium.challenges.writing import choices_of, poster_in, posters_of
from participation.policy import ensure
from participation.spaces.queries import places
from participation.web import Context, Response, get, json_answer, patch, post, put
from participation.web.describing import FLAG, MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.i18n import ZONE
from participation.web.listing import json_page


def index(ctx: Context) -> Response:
    """What was posted, the open ones first, a page at a time."""
    return json_page(ctx, found(ctx, asked(ctx)), partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One challenge with the sheets that the reader may read."""
    return json_answer(_in_full(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """Post a challenge -> 201."""
    posters = posters_of(ctx)
    form = ChallengeForm.read_json(ctx.json, ctx._, choices=choices_of(ctx, posters))
    form.fit(ctx.now.astimezone(ZONE).date())
    said = form.said(places(ctx.session, ctx.locale), {slug: number for slug, (number, _) in posters.items()})
    poster = poster_in(ctx, form, posters)
    row = actions.draft_challenge(ctx.session, ctx.actor, poster, typed(form), now=ctx.now)
    actions.post_challenge(ctx.session, ctx.actor, row.id, said, now=ctx.now)
    return json_answer(_again(ctx, row.id), status=201)


def change(ctx: Context) -> Response:
    """Change what was posted while it takes sheets, with the reason; what is left out stays as it is."""
    line = changeable(ctx)
    sent = {} if ctx.json is None else ctx.json
    body = {**_stored(line), **sent} if isinstance(sent, dict) else sent
    form = fitting(ctx, line, ChangeForm.read_json(body, ctx._, choices=offered(ctx)))
    apply_change(ctx, line, form)
    return json_answer(_again(ctx, line.id))


def _stored(line: Line) -> dict[str, Any]:
    values = stored(line)
    return {**values, "closes_on": line.closes_on.isoformat() if line.closes_on else None}


def move(ctx: Context) -> Response:
    """Take no more sheets, or withdraw it with the reason."""
    line = read(ctx)
    ensure(keeps(ctx, line))
    values = MoveForm.read_json(ctx.json, ctx._).ensure()
    to = ChallengeState(values["to"])
    actions.move_challenge(ctx.session, ctx.actor, line.id, to, values["reason"], now=ctx.now)
    return json_answer(_again(ctx, line.id))


def answer(ctx: Context) -> Response:
    """Hand in the solution sheet of an organisation, or change it until the deadline."""
    line, owner, _ = found_sheet(ctx)
    ensure(may_answer_for(ctx, line, owner))
    values = SheetForm.read_json(ctx.json, ctx._).ensure()
    about = (ctx.session, ctx.actor, line.id, owner.id)
    answering.hand_in_sheet(*about, values, locale=ctx.locale, now=ctx.now)
    return json_answer(_again(ctx, line.id))


def withdraw(ctx: Context) -> Response:
    """Take the solution sheet of an organisation back before the deadline."""
    line, owner, _ = found_sheet(ctx)
    answering.withdraw_sheet(ctx.session, ctx.actor, line.id, owner.id, now=ctx.now)
    return json_answer(_again(ctx, line.id))


def match(ctx: Context) -> Response:
    """Choose sheets and draft the pilot that they become; its number is `pilot_id`."""
    line = read(ctx)
    ensure(may_match(ctx.actor, line.state))
    sheets = readable(ctx, line, sheets_of(ctx.session, line.id))
    form = MatchForm.read_json(ctx.json, ctx._, choices=match_choices(ctx, sheets))
    form.ensure()
    chosen, lead = [int(each) for each in form.values["sheets"]], int(form.values["lead"])
    answering.match_sheets(ctx.session, ctx.actor, line.id, chosen, lead, now=ctx.now)
    return json_answer(_again(ctx, line.id))


def as_json(ctx: Context, line: Line) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": ctx.settings.base_url + line.path,
        "title": line.title.to(ctx.locale),
        "background": line.background.to(ctx.locale),
        "wanted": line.wanted.to(ctx.locale),
        "state": line.state,
        "posted_by": line.poster.slug if line.poster else None,
        "field": line.field.key if line.field else None,
        "living_area": line.area.key if line.area else None,
        "closes_on": line.closes_on.isoformat() if line.closes_on else None,
        "sheets_count": line.sheets,
        "pilot_id": line.pilot_id,
        "published_at": line.published_at.isoformat() if line.published_at else None,
    }


def _in_full(ctx: Context, line: Line) -> dict[str, Any]:
    sheets = readable(ctx, line, sheets_of(ctx.session, line.id))
    return {**as_json(ctx, line), "sheets": [_sheet(each) for each in sheets]}


def _sheet(sheet: Sheet) -> dict[str, Any]:
    kept = ("id", "state", "offer", "experience", "cost", "needs", "public")
    return {"organisation": sheet.organisation.slug, **{name: getattr(sheet, name) for name in kept}}


def _again(ctx: Context, number: int) -> dict[str, Any]:
    ctx.session.flush()
    ctx.session.expire_all()
    line = challenge(ctx.session, number)
    assert line is not None  # it was written in this transaction
    return _in_full(ctx, line.at(ctx.now))


SHORT = {
    "id": NUMBER,
    "url": TEXT,
    "title": TEXT,
    "background": TEXT,
    "wanted": TEXT,
    "state": TEXT,
    "posted_by": maybe(TEXT),
    "field": maybe(TEXT),
    "living_area": maybe(TEXT),
    "closes_on": maybe({"type": "string", "format": "date"}),
    "sheets_count": NUMBER,
    "pilot_id": maybe(NUMBER),
    "published_at": maybe(MOMENT),
}
SHEET = record_of(
    organisation=TEXT, id=NUMBER, state=TEXT, offer=TEXT, experience=TEXT, cost=TEXT, needs=TEXT, public=FLAG
)
CHALLENGE = record_of(**SHORT, sheets={"type": "array", "items": SHEET})
FILTERS = {
    "q": "Words of the challenge",
    "state": "open, closed, matched or withdrawn",
    "field": "Key of the field",
    "area": "Key of the living area",
    **PAGES,
}
_SHEET_PATH = "/api/v1/challenges/{id:int}/sheets/{slug}"
ROUTES = (
    get("/api/v1/challenges", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post(
        "/api/v1/challenges",
        create,
        api=True,
        limit="post_challenge",
        doc=Doc(CHALLENGE, ChallengeForm, status=201, signed_in=True),
    ),
    get("/api/v1/challenges/{id:int}", show, api=True, doc=Doc(CHALLENGE)),
    patch(
        "/api/v1/challenges/{id:int}",
        change,
        api=True,
        limit="post_challenge",
        doc=Doc(CHALLENGE, ChangeForm, signed_in=True),
    ),
    post("/api/v1/challenges/{id:int}/transitions", move, api=True, doc=Doc(CHALLENGE, MoveForm, signed_in=True)),
    post("/api/v1/challenges/{id:int}/match", match, api=True, doc=Doc(CHALLENGE, MatchForm, signed_in=True)),
    put(_SHEET_PATH, answer, api=True, limit="answer_challenge", doc=Doc(CHALLENGE, SheetForm, signed_in=True)),
    post(f"{_SHEET_PATH}/withdrawal", withdraw, api=True, doc=Doc(CHALLENGE, signed_in=True)),
)
