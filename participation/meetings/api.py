"""Meetings over the API."""

from functools import partial
from typing import Any

from participation.meetings import actions, minuting
from participation.meetings.forms import ConfirmForm, MeetingForm, MinutesForm, MoveForm, localized
from participation.meetings.models import MeetingState
from participation.meetings.pages import asked, found, read
from participation.meetings.planning import plan
from participation.meetings.policy import may_confirm, may_move_meeting, may_plan, may_record
from participation.meetings.queries import meeting_lines
from participation.meetings.views import MeetingLine, MinutesView, WholeMeeting
from participation.names import display_name
from participation.policy import ensure
from participation.web import Context, Response, get, json_answer, post, put
from participation.web.describing import MOMENT, NUMBER, PAGES, TEXT, Doc, list_of, maybe, record_of
from participation.web.errors import Invalid
from participation.web.listing import json_page

LARGEST = 2**53  # the largest whole number that every JSON reader keeps as it is


def index(ctx: Context) -> Response:
    """Meetings that the caller may know of; without `when` those of all times, the newest first."""
    wanted = asked(ctx)
    if "when" in ctx.query:
        return json_page(ctx, found(ctx, wanted), partial(as_json, ctx))
    lines = meeting_lines(ctx.session, ctx.services.registry, ctx.actor)
    return json_page(ctx, [line for line in lines if wanted.fits(line)], partial(as_json, ctx))


def show(ctx: Context) -> Response:
    """One meeting with agenda, minutes and decisions, as far as the caller may see them."""
    return json_answer(in_full(ctx, read(ctx)))


def create(ctx: Context) -> Response:
    """Plan a meeting of the group `on` -> 201; only the group sees it until `transitions` invites."""
    number = ctx.json.get("on") if isinstance(ctx.json, dict) else None
    if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= LARGEST:
        raise Invalid({"on": ctx._("Please send a whole number.")})
    body = actions.found_body(ctx.session, ctx.services.registry, number)
    ensure(may_plan(ctx.actor, body.kind, body.id, body.at_work))
    row = plan(ctx, body.id, MeetingForm.read_json(ctx.json, ctx._))
    return json_answer(in_full(ctx, _again(ctx, row.id)), status=201)


def move(ctx: Context) -> Response:
    """Invite, say that it was held, or call it off: `to` and, for calling it off, `reason`."""
    whole, form = read(ctx), MoveForm.read_json(ctx.json, ctx._)
    wanted = form.values.get("to")
    if wanted:
        to = MeetingState(wanted)
        ensure(may_move_meeting(ctx.actor, whole.line, to, ctx.now, agenda=bool(whole.agenda)))
    values = form.ensure()
    to, reason = MeetingState(values["to"]), values["reason"]
    actions.move_meeting(ctx.session, ctx.actor, whole.line.id, to, reason=reason, now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, whole.line.id)))


def write_minutes(ctx: Context) -> Response:
    """Bring the draft of the minutes to this text."""
    whole = read(ctx)
    ensure(may_record(ctx.actor, whole.line, whole.minutes_state))
    values = MinutesForm.read_json(ctx.json, ctx._).ensure()
    text = localized(values["body_ja"], values["body_en"])
    minuting.write_minutes(ctx.session, ctx.actor, whole.line.id, text, now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, whole.line.id)))


def confirm(ctx: Context) -> Response:
    """Freeze the minutes, as the later meeting `later` of the same group confirmed them."""
    whole = read(ctx)
    ensure(may_confirm(ctx.actor, whole.line, whole.minutes_state, whole.later[0] if whole.later else None))
    choices = {"later": [(str(line.id), line.title.to(ctx.locale)) for line in whole.later]}
    later = ConfirmForm.read_json(ctx.json, ctx._, choices=choices).ensure()["later"]
    minuting.confirm_minutes(ctx.session, ctx.actor, whole.line.id, int(later), now=ctx.now)
    return json_answer(in_full(ctx, _again(ctx, whole.line.id)))


def _again(ctx: Context, meeting_id: int) -> WholeMeeting:
    ctx.session.flush()
    ctx.session.expire_all()
    ctx.path["id"] = meeting_id
    return read(ctx)


def as_json(ctx: Context, line: MeetingLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "url": ctx.settings.base_url + line.path,
        "group": line.body.id,
        "group_name": line.body.name.to(ctx.locale),
        "number": line.number,
        "title": line.title.to(ctx.locale),
        "state": line.state,
        "access": line.access,
        "starts_at": line.starts_at.isoformat(),
        "ends_at": line.ends_at.isoformat(),
        "precision": line.precision,
        "place": line.place.to(ctx.locale),
        "join_url": line.url,
    }


def in_full(ctx: Context, whole: WholeMeeting) -> dict[str, Any]:
    return {
        **as_json(ctx, whole.line),
        "agenda": [item.to(ctx.locale) for item in whole.agenda],
        "reason": whole.reason,
        "present": [display_name(each.name, ctx._) for each in whole.comers if each.present],
        "minutes": _minutes(ctx, whole.minutes) if whole.minutes else None,
        "decisions": [{"number": each.number, "text": each.text.to(ctx.locale)} for each in whole.decisions],
        "documents": [
            {"title": each.title.to(ctx.locale), "url": _absolute(ctx, each.path), "access": each.access}
            for each in whole.papers
        ],
    }


def _absolute(ctx: Context, path: str) -> str:
    return ctx.settings.base_url + path if path.startswith("/") else path


def _minutes(ctx: Context, view: MinutesView) -> dict[str, Any]:
    return {
        "state": view.state,
        "text": view.body.to(ctx.locale),
        "sha256": view.sha256,
        "confirmed_at": view.confirmed_at.isoformat() if view.confirmed_at else None,
        "confirmed_in": ctx.settings.base_url + view.confirmed_path if view.confirmed_path else None,
        "notes": [note.body for note in view.notes],
    }


SHORT = {
    "id": NUMBER,
    "url": TEXT,
    "group": NUMBER,
    "group_name": TEXT,
    "number": maybe(NUMBER),
    "title": TEXT,
    "state": TEXT,
    "access": TEXT,
    "starts_at": MOMENT,
    "ends_at": MOMENT,
    "precision": TEXT,
    "place": TEXT,
    "join_url": TEXT,
}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}
MINUTES = record_of(
    state=TEXT, text=TEXT, sha256=TEXT, confirmed_at=maybe(MOMENT), confirmed_in=maybe(TEXT), notes=TEXTS
)
MEETING = record_of(
    **SHORT,
    agenda=TEXTS,
    reason=TEXT,
    present=TEXTS,
    minutes=maybe(MINUTES),
    decisions={"type": "array", "items": record_of(number=NUMBER, text=TEXT)},
    documents={"type": "array", "items": record_of(title=TEXT, url=TEXT, access=TEXT)},
)
FILTERS = {"q": "Words of the title or the group", "on": "Number of the group", "when": "upcoming or past", **PAGES}
_ONE = "/api/v1/meetings/{id:int}"
ROUTES = (
    get("/api/v1/meetings", index, api=True, doc=Doc(list_of(record_of(**SHORT)), query=FILTERS)),
    post(
        "/api/v1/meetings",
        create,
        api=True,
        limit="plan_meeting",
        doc=Doc(MEETING, MeetingForm, more_body={"on": NUMBER}, status=201, signed_in=True),
    ),
    get(_ONE, show, api=True, doc=Doc(MEETING)),
    post(f"{_ONE}/transitions", move, api=True, limit="plan_meeting", doc=Doc(MEETING, MoveForm, signed_in=True)),
    put(f"{_ONE}/minutes", write_minutes, api=True, limit="record_meeting",
        doc=Doc(MEETING, MinutesForm, signed_in=True)),
    post(f"{_ONE}/minutes/confirmation", confirm, api=True, limit="record_meeting",
         doc=Doc(MEETING, ConfirmForm, signed_in=True)),
)  # fmt: skip
