"""Writing the words of a purpose, handing them in, publishing them."""

from dataclasses import dataclass

from participation.consents import actions
from participation.consents.forms import MoveForm, PurposeForm, WordsForm, filled
from participation.consents.labels import STATES
from participation.consents.managing import found_service
from participation.consents.models import UNPUBLISHED, ConsentService, VersionState
from participation.consents.policy import may_look, may_manage, may_manage_some, may_move_version, may_write_version
from participation.consents.queries import PurposeView, ServiceView, is_purpose, purpose_by_key, versions_of
from participation.policy import N_, Verdict, ensure
from participation.web import Context, NotFound, Response, get, page, post, put, redirect

SAYS = {
    VersionState.SUBMITTED: N_("Hand in for publication"),
    VersionState.DRAFT: N_("Return to the writers"),
    VersionState.PUBLISHED: N_("Publish"),
    VersionState.RETIRED: N_("Stop asking"),
}


@dataclass(frozen=True)
class NewPurpose:
    service: ServiceView


@dataclass(frozen=True)
class VersionPage:
    shown: PurposeView
    writable: Verdict
    choices: list[tuple[str, str]]  # (state, word on the button) that are possible now
    renewable: bool  # a next version may be begun
    state: str
    form: MoveForm


def ask(ctx: Context) -> Response:
    view = found_service(ctx)
    ensure(may_manage(ctx.actor, view.controller_id))
    return page(ctx, "consents/purpose_new.html", NewPurpose(view), form=PurposeForm.filled({}, ctx._))


def create(ctx: Context) -> Response:
    view = found_service(ctx)
    ensure(may_manage(ctx.actor, view.controller_id))
    form = PurposeForm.read(ctx.form, ctx._)
    if form.ok and is_purpose(ctx.session, form.values["key"]):
        form.fail("key", actions.TAKEN)
    if not form.ok:
        return page(ctx, "consents/purpose_new.html", NewPurpose(view), form=form, status=422)
    service = ctx.session.get_one(ConsentService, view.id)
    key = form.values["key"]
    actions.draft_purpose(ctx.session, ctx.actor, service, key, form.words(), now=ctx.now)
    ctx.say("ok", ctx._("The draft is kept. Nobody is asked before it is published."))
    return redirect(ctx, f"/consents/purposes/{key}/work")


def work(ctx: Context) -> Response:
    """The latest version with everything that can be done with it."""
    return _work(ctx, _latest(ctx), MoveForm.filled({}, ctx._))


def move(ctx: Context) -> Response:
    view, form, wanted = _latest(ctx), MoveForm.read(ctx.form, ctx._), str(ctx.form.get("to", ""))
    if wanted not in list(VersionState):
        raise NotFound
    to = VersionState(wanted)
    ensure(may_move_version(ctx.actor, view.service.controller_id, VersionState(view.version.state), to))
    if form.ok and to == VersionState.DRAFT and not form.values["note"]:
        form.fail("note", N_("Please say what is to be changed."))
    if not form.ok:
        return _work(ctx, view, form, 422)
    if to == VersionState.RETIRED and not ctx.form.get("sure"):
        return page(ctx, "consents/retire.html", view)  # nothing leads back from there
    actions.move_version(ctx.session, ctx.actor, view.version, to, form.values["note"], now=ctx.now)
    ctx.say("ok", ctx._("Recorded: %(state)s.", state=ctx._(STATES[to])))
    return redirect(ctx, f"{view.path}/work")


def renew(ctx: Context) -> Response:
    """Begin the next version with the words of the latest one."""
    view = _latest(ctx)
    actions.draft_version(ctx.session, ctx.actor, purpose_by_key(ctx.session, view.key), now=ctx.now)
    return redirect(ctx, f"{view.path}/words")


def ask_words(ctx: Context) -> Response:
    view = _writable(ctx)
    return page(ctx, "consents/words.html", view, form=WordsForm.filled(filled(view.version), ctx._))


def save_words(ctx: Context) -> Response:
    view, form = _writable(ctx), WordsForm.read(ctx.form, ctx._)
    if not form.ok:
        return page(ctx, "consents/words.html", view, form=form, status=422)
    actions.change_words(ctx.session, ctx.actor, view.version, form.words(), now=ctx.now)
    ctx.say("ok", ctx._("Saved."))
    return redirect(ctx, f"{view.path}/work")


def _latest(ctx: Context) -> PurposeView:
    ensure(may_manage_some(ctx.actor))
    versions = versions_of(ctx.session, ctx.path["key"], drafts=True)
    if not versions:
        raise NotFound
    ensure(may_look(ctx.actor, versions[0].service.controller_id))
    return versions[0]


def _writable(ctx: Context) -> PurposeView:
    view = _latest(ctx)
    ensure(may_write_version(ctx.actor, view.service.controller_id, VersionState(view.version.state)))
    return view


def _work(ctx: Context, view: PurposeView, form: MoveForm, status: int = 200) -> Response:
    controller, state = view.service.controller_id, VersionState(view.version.state)
    possible = [to for to in SAYS if may_move_version(ctx.actor, controller, state, to)]
    shown = VersionPage(
        view,
        may_write_version(ctx.actor, controller, state),
        [(str(to), ctx._(SAYS[to])) for to in possible],
        state not in UNPUBLISHED and bool(may_manage(ctx.actor, controller)),
        ctx._(STATES[state]),
        form,
    )
    return page(ctx, "consents/work.html", shown, status=status)


ROUTES = (
    get("/consents/services/{key}/purposes/new", ask),
    post("/consents/services/{key}/purposes", create, limit="consent"),
    get("/consents/purposes/{key}/work", work),
    post("/consents/purposes/{key}/work", move, limit="consent"),
    post("/consents/purposes/{key}/versions", renew, limit="consent"),
    get("/consents/purposes/{key}/words", ask_words),
    put("/consents/purposes/{key}/words", save_words, limit="consent"),
)
