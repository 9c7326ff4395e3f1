"""The form of a meeting, its way from plan to held, and the members' answers."""

from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from participation.meetings import actions
from participation.meetings.forms import AnswerForm, MeetingForm, MoveForm, stored, typed
from participation.meetings.labels import MOVES
from participation.meetings.models import Access, Meeting, MeetingState
from participation.meetings.pages import meeting_page, moves_of, read, shown
from participation.meetings.policy import may_change_meeting, may_move_meeting, may_plan
from participation.meetings.port import Body
from participation.meetings.views import WholeMeeting
from participation.policy import N_, ensure, require
from participation.web import Context, NotFound, Response, fragment, get, page, patch, post, put, redirect
from participation.web.i18n import ZONE

DONE = {
    MeetingState.INVITED: N_("The members are invited, and the meeting stands in the public list."),
    MeetingState.HELD: N_("Recorded. Write down who was there and what was decided."),
    MeetingState.CALLED_OFF: N_("Called off. Whoever was invited is told."),
}
AHEAD, EVENING, LONG = timedelta(days=28), time(18), timedelta(hours=2)


@dataclass(frozen=True)
class FormPage:
    form: MeetingForm
    body: Body
    meeting: WholeMeeting | None = None
    waiting: bool = False  # whether it shows words that are not saved yet


@dataclass(frozen=True)
class MovePage:
    meeting: WholeMeeting
    form: MoveForm
    to: str
    label: str
    moves: tuple[tuple[str, str], ...] = ()  # to choose from, where the step that was sent is none


def new(ctx: Context) -> Response:
    body = _body(ctx, ctx.query.get("on", ""))
    day = (ctx.now.astimezone(ZONE) + AHEAD).date()
    starts = datetime.combine(day, EVENING, ZONE)
    values = {"starts_at": starts, "ends_at": starts + LONG, "access": Access.PUBLIC}
    return page(ctx, "meetings/edit.html", FormPage(MeetingForm.filled(values, ctx._), body))


def create(ctx: Context) -> Response:
    body, form = _body(ctx, str(ctx.form.get("on", ""))), MeetingForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "meetings/edit.html", FormPage(form, body), status=422)
    row = plan(ctx, body.id, form)
    ctx.say("ok", ctx._("The meeting is planned. Only the group sees it until you invite."))
    return redirect(ctx, f"/meetings/{row.id}")


def plan(ctx: Context, body_id: int, form: MeetingForm) -> Meeting:
    """The meeting that this form describes."""
    return actions.plan_meeting(
        ctx.session, ctx.actor, body_id, form.plan(), registry=ctx.services.registry, now=ctx.now
    )


def edit(ctx: Context) -> Response:
    whole = _own(ctx)
    row = ctx.session.get_one(Meeting, whole.line.id)
    form = MeetingForm.filled(stored(row), ctx._)
    return page(ctx, "meetings/edit.html", FormPage(form, whole.line.body, whole, bool(row.typed)))


def keep(ctx: Context) -> Response:
    """Autosave: what is typed waits here, whatever it is."""
    whole, form = _own(ctx), MeetingForm.read(ctx.form, ctx._)
    actions.keep_typed(ctx.session, ctx.actor, whole.line.id, typed(form), now=ctx.now)
    return fragment(ctx, "meetings/_saved.html", None)


def save(ctx: Context) -> Response:
    whole, form = _own(ctx), MeetingForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "meetings/edit.html", FormPage(form, whole.line.body, whole), status=422)
    changed = actions.change_meeting(ctx.session, ctx.actor, whole.line.id, form.plan(), now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, whole.line.path)


def ask_move(ctx: Context) -> Response:
    whole, wanted = read(ctx), ctx.query.get("to", "")
    ensure(require(wanted in list(MeetingState), N_("This step is not possible from the present state.")))
    to = MeetingState(wanted)
    ensure(may_move_meeting(ctx.actor, whole.line, to, ctx.now, agenda=bool(whole.agenda)))
    return _move(ctx, whole, MoveForm.filled({"to": wanted}, ctx._))


def move(ctx: Context) -> Response:
    whole, form = read(ctx), MoveForm.read(ctx.form, ctx._)
    wanted = str(form.raw.get("to", ""))
    if wanted in list(MeetingState):
        to = MeetingState(wanted)
        ensure(may_move_meeting(ctx.actor, whole.line, to, ctx.now, agenda=bool(whole.agenda)))
    if not form.ok:
        return _move(ctx, whole, form, 422)
    to, reason = MeetingState(form.values["to"]), form.values["reason"]
    actions.move_meeting(ctx.session, ctx.actor, whole.line.id, to, reason=reason, now=ctx.now)
    ctx.say("ok", ctx._(DONE[to]))
    return redirect(ctx, whole.line.path)


def answer(ctx: Context) -> Response:
    whole, form = read(ctx), AnswerForm.read(ctx.form, ctx._)
    if not form.ok:
        return shown(ctx, replace(meeting_page(ctx, whole), form=form), 422)
    actions.answer_meeting(ctx.session, ctx.actor, whole.line.id, form.values["comes"] == "yes", now=ctx.now)
    ctx.say("ok", ctx._("Thank you. You can change your answer until the meeting begins."))
    return redirect(ctx, whole.line.path)


def _body(ctx: Context, number: str) -> Body:
    """The body for which a meeting is planned. Raises NotFound."""
    if not (number.isascii() and number.isdigit() and len(number) < 18):
        raise NotFound
    body = actions.found_body(ctx.session, ctx.services.registry, int(number))
    ensure(may_plan(ctx.actor, body.kind, body.id, body.at_work))
    return body


def _own(ctx: Context) -> WholeMeeting:
    whole = read(ctx)
    ensure(may_change_meeting(ctx.actor, whole.line))
    return whole


def _move(ctx: Context, whole: WholeMeeting, form: MoveForm, status: int = 200) -> Response:
    to = str(form.raw.get("to", ""))
    if to in list(MOVES):
        view = MovePage(whole, form, to, ctx._(MOVES[MeetingState(to)]))
    else:
        view = MovePage(whole, form, to, ctx._("Change the state"), moves_of(ctx, whole))
    return page(ctx, "meetings/move.html", view, status=status)


ROUTES = (
    get("/meetings/new", new),
    post("/meetings", create, limit="plan_meeting"),
    get("/meetings/{id:int}/edit", edit),
    patch("/meetings/{id:int}", save, limit="plan_meeting"),
    post("/meetings/{id:int}/draft", keep, limit="meeting_autosave"),
    get("/meetings/{id:int}/state", ask_move),
    post("/meetings/{id:int}/state", move, limit="plan_meeting"),
    put("/meetings/{id:int}/answer", answer, limit="answer_meeting"),
)
