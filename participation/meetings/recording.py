"""Writing down a meeting: who was there, minutes and their confirmation, decisions, what is to be done."""

from dataclasses import dataclass
from typing import Any

from participation.meetings import actions, minuting
from participation.meetings.forms import (
    ActionForm,
    ConfirmForm,
    DecisionForm,
    MinutesForm,
    NoteForm,
    PresenceForm,
    localized,
)
from participation.meetings.models import ActionItem
from participation.meetings.pages import MeetingPage, meeting_page, read
from participation.meetings.policy import may_confirm, may_give_action, may_note, may_record
from participation.meetings.queries import account_names
from participation.meetings.views import WholeMeeting
from participation.names import display_name
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, delete, fragment, get, page, post, put, redirect
from participation.web.fields import clean
from participation.web.forms import Form


@dataclass(frozen=True)
class RecordPage:
    shown: MeetingPage
    presence: PresenceForm
    minutes: MinutesForm
    decision: DecisionForm
    action: ActionForm
    note: NoteForm
    form: Form  # the one that was sent, for its errors

    @property
    def meeting(self) -> WholeMeeting:
        return self.shown.meeting


@dataclass(frozen=True)
class ConfirmPage:
    meeting: WholeMeeting
    form: ConfirmForm


def edit(ctx: Context) -> Response:
    return _page(ctx, read(ctx))


def keep_minutes(ctx: Context) -> Response:
    """Autosave: minutes are a draft until they are confirmed, so what is typed is the draft."""
    whole, form = read(ctx), MinutesForm.read(ctx.form, ctx._)
    texts = [clean(form.raw[name])[:40_000] for name in ("body_ja", "body_en")]
    minuting.write_minutes(ctx.session, ctx.actor, whole.line.id, localized(*texts), now=ctx.now)
    return fragment(ctx, "meetings/_saved.html", None)


def save_minutes(ctx: Context) -> Response:
    whole, form = _recordable(ctx), MinutesForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, whole, form)
    text = localized(form.values["body_ja"], form.values["body_en"])
    minuting.write_minutes(ctx.session, ctx.actor, whole.line.id, text, now=ctx.now)
    return _again(ctx, whole, N_("The draft is kept. Only the group sees it until a later meeting confirms it."))


def save_presence(ctx: Context) -> Response:
    whole = _recordable(ctx)
    form = PresenceForm.read(ctx.form, ctx._, choices={"present": _people(ctx, whole)})
    if not form.ok:
        return _page(ctx, whole, form)
    names = form.values["names"].splitlines()
    actions.record_presence(ctx.session, ctx.actor, whole.line.id, form.accounts(), names, now=ctx.now)
    return _again(ctx, whole, N_("Recorded who was there."))


def add_decision(ctx: Context) -> Response:
    whole, form = _recordable(ctx), DecisionForm.read(ctx.form, ctx._)
    if not form.ok:
        return _page(ctx, whole, form)
    text = localized(form.values["text_ja"], form.values["text_en"])
    minuting.record_decision(ctx.session, ctx.actor, whole.line.id, text, now=ctx.now)
    return _again(ctx, whole, N_("The decision is written down."))


def strike_decision(ctx: Context) -> Response:
    whole = read(ctx)
    minuting.strike_decision(ctx.session, ctx.actor, whole.line.id, ctx.path["number"], now=ctx.now)
    return _again(ctx, whole, N_("The decision is taken out of the draft."))


def add_action(ctx: Context) -> Response:
    whole = read(ctx)
    ensure(may_give_action(ctx.actor, whole.line))
    form = ActionForm.read(ctx.form, ctx._, choices={"owner": _people(ctx, whole)})
    if not form.ok:
        return _page(ctx, whole, form)
    values = form.values
    text, whom = localized(values["text_ja"], values["text_en"]), int(values["owner"]) if values["owner"] else None
    about = {"owner_id": whom, "owner": values["owner_name"], "now": ctx.now}
    minuting.give_action(ctx.session, ctx.actor, whole.line.id, text, values["due_on"], **about)
    return _again(ctx, whole, N_("The task is written down. Its owner is reminded in time."))


def finish(ctx: Context) -> Response:
    return _finish(ctx, True)


def unfinish(ctx: Context) -> Response:
    return _finish(ctx, False)


def _finish(ctx: Context, done: bool) -> Response:
    row = ctx.session.get(ActionItem, ctx.path["id"])
    if row is None:
        raise NotFound
    minuting.finish_action(ctx.session, ctx.actor, row.id, done, now=ctx.now)
    ctx.say("ok", ctx._("Marked as done.") if done else ctx._("Marked as not done."))
    return redirect(ctx, "/me" if ctx.form.get("back") == "me" else f"/meetings/{row.meeting_id}")


def ask_confirm(ctx: Context) -> Response:
    """The page that asks before minutes are frozen; it names the meeting that confirms them."""
    whole = _confirmable(ctx)
    newest = ctx.query.get("later", str(whole.later[-1].id))
    return _confirm(ctx, whole, ConfirmForm.filled({"later": newest}, ctx._, choices=_later(ctx, whole)))


def confirm(ctx: Context) -> Response:
    whole = _confirmable(ctx)
    form = ConfirmForm.read(ctx.form, ctx._, choices=_later(ctx, whole))
    if not form.ok:
        return _confirm(ctx, whole, form, 422)
    minuting.confirm_minutes(ctx.session, ctx.actor, whole.line.id, int(form.values["later"]), now=ctx.now)
    ctx.say("ok", ctx._("The minutes are confirmed, and from now on they stay as they are."))
    return redirect(ctx, whole.line.path)


def _confirmable(ctx: Context) -> WholeMeeting:
    whole = read(ctx)
    ensure(may_confirm(ctx.actor, whole.line, whole.minutes_state, whole.later[0] if whole.later else None))
    return whole


def _confirm(ctx: Context, whole: WholeMeeting, form: ConfirmForm, status: int = 200) -> Response:
    return page(ctx, "meetings/confirm.html", ConfirmPage(whole, form), status=status)


def add_note(ctx: Context) -> Response:
    whole, form = read(ctx), NoteForm.read(ctx.form, ctx._)
    ensure(may_note(ctx.actor, whole.line, whole.minutes_state))
    if not form.ok:
        return _page(ctx, whole, form)
    minuting.note_minutes(ctx.session, ctx.actor, whole.line.id, form.values["body"], now=ctx.now)
    return _again(ctx, whole, N_("The note stands beside the minutes."))


def _recordable(ctx: Context) -> WholeMeeting:
    whole = read(ctx)
    ensure(may_record(ctx.actor, whole.line, whole.minutes_state))
    return whole


def _people(ctx: Context, whole: WholeMeeting) -> list[tuple[str, str]]:
    """Those of the body with an account, and whoever answered: (number, name)."""
    ids = [each.account_id for each in (*whole.line.body.people, *whole.comers) if each.account_id is not None]
    names = account_names(ctx.session, ids)
    return [(str(number), display_name(names.get(number), ctx._)) for number in dict.fromkeys(ids)]


def _later(ctx: Context, whole: WholeMeeting) -> dict[str, list[tuple[str, str]]]:
    return {"later": [(str(line.id), line.title.to(ctx.locale)) for line in whole.later]}


def _again(ctx: Context, whole: WholeMeeting, message: str) -> Response:
    ctx.say("ok", ctx._(message))
    return redirect(ctx, f"{whole.line.path}/record")


def _page(ctx: Context, whole: WholeMeeting, sent: Form | None = None) -> Response:
    """The page on which all is written down; `sent` is a form that was refused."""
    shown, people = meeting_page(ctx, whole), _people(ctx, whole)
    ensure(shown.recordable | shown.tasks | shown.notable)
    minutes = whole.minutes.body if whole.minutes else {}
    names = "\n".join(each.name for each in whole.comers if each.account_id is None)
    others = names or "\n".join(each.name for each in whole.line.body.people if each.account_id is None)
    present = [str(each.account_id) for each in whole.comers if each.present or each.answer]
    forms: dict[type[Form], Form] = {
        kind: kind.filled(values, ctx._, choices=choices)
        for kind, values, choices in (
            (PresenceForm, {"present": present, "names": others}, {"present": people}),
            (MinutesForm, {"body_ja": minutes.get("ja", ""), "body_en": minutes.get("en", "")}, None),
            (DecisionForm, {}, None),
            (ActionForm, {}, {"owner": people}),
            (NoteForm, {}, None),
        )
    }
    blank: Any = next(iter(forms.values()))
    if sent is not None:
        forms[type(sent)] = sent
    view = RecordPage(shown, *forms.values(), sent or blank)  # type: ignore[arg-type]
    return page(ctx, "meetings/record.html", view, status=422 if sent else 200)


ROUTES = (
    get("/meetings/{id:int}/record", edit),
    put("/meetings/{id:int}/attendance", save_presence, limit="record_meeting"),
    put("/meetings/{id:int}/minutes", save_minutes, limit="record_meeting"),
    post("/meetings/{id:int}/minutes/draft", keep_minutes, limit="meeting_autosave"),
    get("/meetings/{id:int}/minutes/confirmation", ask_confirm),
    post("/meetings/{id:int}/minutes/confirmation", confirm, limit="record_meeting"),
    post("/meetings/{id:int}/minutes/notes", add_note, limit="record_meeting"),
    post("/meetings/{id:int}/decisions", add_decision, limit="record_meeting"),
    delete("/meetings/{id:int}/decisions/{number:int}", strike_decision, limit="record_meeting"),
    post("/meetings/{id:int}/actions", add_action, limit="record_meeting"),
    put("/meetings/actions/{id:int}/done", finish, limit="record_meeting"),
    delete("/meetings/actions/{id:int}/done", unfinish, limit="record_meeting"),
)
