"""Writing a proposal: one page to write, one to check, then it is public. Whatever was typed is kept on the way."""

from typing import Any

from participation.media import uploads
from participation.pictures import store_uploads
from participation.policy import N_, ensure, signed_in, takes_part
from participation.spaces.queries import Places, open_processes, places
from participation.web import Context, NotFound, Response, delete, fragment, get, page, post, redirect
from participation.web.forms import Form
from proposals import actions
from proposals.drafts import Writing, drafts_of, typed
from proposals.forms import PICTURES, DraftForm, EditForm, ProposalForm, choices, to_stored
from proposals.pictures import change_pictures
from proposals.policy import may_edit, may_publish, may_save_draft
from proposals.reading import ProposalPage, proposal_page
from proposals.similar import similar_to

UPLOAD_LIMIT = 32_000_000  # bytes: three pictures and the words
CHANGED_MEANWHILE = N_("Another author changed this text meanwhile. Compare the versions, then send yours again.")


def take_pictures(ctx: Context) -> Any:
    """Encode what was uploaded, before the transaction."""
    files = [item for item in ctx.form.getlist("pictures") if not isinstance(item, str) and item.filename]
    return store_uploads(uploads(ctx.settings), files, PICTURES) if files and ctx.actor.signed_in else ([], "")


def new(ctx: Context) -> Response:
    ensure(takes_part(ctx.actor))
    where = _open_places(ctx)
    form = ProposalForm.filled({"title": ctx.query.get("title", "")[:200]}, ctx._, choices=choices(where))
    return _write_page(ctx, where, form, None)


def create(ctx: Context) -> Response:
    ensure(takes_part(ctx.actor))
    where = _open_places(ctx)
    draft = DraftForm.read(ctx.form, ctx._, choices=choices(where))
    process_id = _process(where, draft)
    if process_id is None:
        draft.fail("process", N_("Please choose one of the options."))
    if not draft.ok:
        return _write_page(ctx, where, _with_errors(ProposalForm.read, ctx, where, draft), None)
    number = actions.create_draft(
        ctx.session, ctx.actor, process_id or 0, to_stored(draft.values, where), locale=ctx.locale, now=ctx.now
    )
    return _after_saving(ctx, where, number)


def edit(ctx: Context) -> Response:
    where, view = places(ctx.session, ctx.locale), own(ctx)
    ensure(may_edit(ctx.actor, view.standing) if view.standing.published else may_save_draft(ctx.actor, view.standing))
    kind = EditForm if view.standing.published else ProposalForm
    return _write_page(ctx, where, kind.filled(typed(view), ctx._, choices=choices(where)), view)


def save(ctx: Context) -> Response:
    view = own(ctx)
    where = places(ctx.session, ctx.locale)
    if view.standing.published:
        return _save_version(ctx, where, view)
    draft = DraftForm.read(ctx.form, ctx._, choices=choices(where))
    if not draft.ok:
        return _write_page(ctx, where, _with_errors(ProposalForm.read, ctx, where, draft), view)
    actions.save_draft(ctx.session, ctx.actor, view.id, to_stored(draft.values, where), now=ctx.now)
    return _after_saving(ctx, where, view.id)


def _after_saving(ctx: Context, where: Places, number: int) -> Response:
    """To the page that was asked for; back to the form, with everything in it, where the text cannot go public yet."""
    refusal = _keep_pictures(ctx, number)
    form = ProposalForm.read(ctx.form, ctx._, choices=choices(where))
    checking = ctx.form.get("step") != "save"
    if refusal:
        form.fail("pictures", refusal)
    if (checking and not form.ok) or refusal:
        if not checking:
            form.errors = {"pictures": form.errors["pictures"]}
        return _write_page(ctx, where, form, proposal_page(ctx.session, ctx.actor, number, ctx.now, ctx.locale))
    if checking:
        return redirect(ctx, f"/proposals/{number}/check")
    ctx.say("ok", ctx._("The draft is saved. Only you see it."))
    return redirect(ctx, f"/proposals/{number}/edit")


def _save_version(ctx: Context, where: Places, view: ProposalPage) -> Response:
    ensure(may_edit(ctx.actor, view.standing))
    form = EditForm.read(ctx.form, ctx._, choices=choices(where))
    if ctx.form.get("base_version") != str(view.version):
        form.fail("body", CHANGED_MEANWHILE)
    refusal = ctx.prepared[1]
    if refusal:
        form.fail("pictures", refusal)
    if not form.ok:
        return _write_page(ctx, where, form, view)
    _keep_pictures(ctx, view.id)
    actions.edit(
        ctx.session,
        ctx.actor,
        view.id,
        to_stored(form.values, where),
        reason=form.values["reason"],
        now=ctx.now,
    )
    ctx.say("ok", ctx._("The new version is public. Everybody can see what changed."))
    return redirect(ctx, view.path)


def autosave_new(ctx: Context) -> Response:
    """The first saving by the script makes the draft and says where the next ones go."""
    ensure(takes_part(ctx.actor))
    where = _open_places(ctx)
    draft = DraftForm.read(ctx.form, ctx._, choices=choices(where))
    process_id = _process(where, draft)
    values = to_stored(draft.values, where)
    if process_id is None or not (values.get("title") or values.get("body")):
        return fragment(ctx, "proposals/_saved.html", None)
    number = actions.create_draft(ctx.session, ctx.actor, process_id, values, locale=ctx.locale, now=ctx.now)
    return fragment(ctx, "proposals/_saved.html", number)


def autosave(ctx: Context) -> Response:
    view, where = own(ctx), places(ctx.session, ctx.locale)
    draft = DraftForm.read(ctx.form, ctx._, choices=choices(where))
    actions.save_draft(ctx.session, ctx.actor, view.id, to_stored(draft.values, where), now=ctx.now)
    return fragment(ctx, "proposals/_saved.html", view.id)


def check(ctx: Context) -> Response:
    view, where = own(ctx), places(ctx.session, ctx.locale)
    ensure(may_save_draft(ctx.actor, view.standing))
    form = ProposalForm.read_json(typed(view), ctx._, choices=choices(where))
    if not form.ok:
        return redirect(ctx, f"{view.path}/edit")
    verdict = may_publish(ctx.actor, view.standing)
    close = similar_to(ctx, view.title, besides=view.id)
    return page(ctx, "proposals/check.html", view, verdict=verdict, similar=close)


def publish(ctx: Context) -> Response:
    view, where = own(ctx), places(ctx.session, ctx.locale)
    ensure(may_publish(ctx.actor, view.standing))
    form = ProposalForm.read_json(typed(view), ctx._, choices=choices(where))
    if not form.ok:
        return _write_page(ctx, where, form, view)
    actions.publish(ctx.session, ctx.actor, view.id, now=ctx.now)
    ctx.say("ok", ctx._("Your proposal is public. We tell you when somebody comments and when the city answers."))
    return redirect(ctx, view.path)


def ask_discard(ctx: Context) -> Response:
    view = own(ctx)
    ensure(may_save_draft(ctx.actor, view.standing))
    return page(ctx, "proposals/discard.html", view)


def discard(ctx: Context) -> Response:
    actions.discard_draft(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("The draft is deleted."))
    return redirect(ctx, "/proposals")


def own(ctx: Context) -> ProposalPage:
    """The proposal of the address for one of its authors.

    Raises:
        NotFound: there is none, or the reader may not know of it.
        Refused: it is public, but somebody else's, or nobody is signed in.
    """
    ensure(signed_in(ctx.actor))
    view = proposal_page(ctx.session, ctx.actor, ctx.path["id"], ctx.now, ctx.locale)
    if view is None or (not view.standing.visible and ctx.actor.id not in view.standing.authors):
        raise NotFound
    return view


def _keep_pictures(ctx: Context, number: int) -> str:
    """Store what was uploaded, taken away or described; the message id of why something could not be taken."""
    stored, refusal = ctx.prepared
    alts, remove = {}, []
    for name, value in ctx.form.multi_items():
        word, _, digits = name.partition("-")
        if not (isinstance(value, str) and digits.isascii() and digits.isdigit() and len(digits) < 18):
            continue
        if word == "alt":
            alts[int(digits)] = " ".join(value.split())[:200]
        elif word == "remove":
            remove.append(int(digits))
    left_out = change_pictures(ctx.session, number, add=stored, remove=remove, alts=alts)
    return refusal or (N_("A proposal holds up to three pictures; the rest was left out.") if left_out else "")


def _open_places(ctx: Context) -> Places:
    """Areas and categories, and only the processes that take proposals now."""
    found, usable = places(ctx.session, ctx.locale), open_processes(ctx.session, "propose", ctx.now)
    return Places(found.areas, found.categories, tuple(each for each in found.processes if each.id in usable))


def _process(where: Places, form: Form) -> int | None:
    if len(where.processes) == 1 and not form.raw.get("process"):
        return where.processes[0].id
    return next((each.id for each in where.processes if each.key == form.values.get("process")), None)


def _with_errors(read: Any, ctx: Context, where: Places, draft: Form) -> Form:
    form = read(ctx.form, ctx._, choices=choices(where))
    form.errors = {**form.errors, **draft.errors}
    return form


def _write_page(ctx: Context, where: Places, form: Form, view: ProposalPage | None) -> Response:
    public = view is not None and view.standing.published
    path = view.path if view is not None else ""
    chosen = str(form.raw.get("process") or ctx.form.get("process") or ctx.query.get("process") or "")
    shown = Writing(
        form=form,
        action=f"{path}/edit" if path else "/proposals/new",
        autosave="" if public else f"{path}/draft" if path else "/proposals/drafts",
        draft=view,
        published=public,
        drafts=drafts_of(ctx.session, ctx.actor) if view is None else (),
        processes=where.processes if view is None else (),
        process=chosen,
        base_version=view.version if view is not None else 0,
        centre=where.centre,
    )
    return page(ctx, "proposals/edit.html", shown, status=422 if form.errors else 200)


ROUTES = (
    get("/proposals/new", new),
    post("/proposals/new", create, prepare=take_pictures, limit="propose", body_limit=UPLOAD_LIMIT),
    post("/proposals/drafts", autosave_new, limit="autosave"),
    get("/proposals/{id:int}/edit", edit),
    post("/proposals/{id:int}/edit", save, prepare=take_pictures, limit="propose", body_limit=UPLOAD_LIMIT),
    get("/proposals/{id:int}/draft", ask_discard),
    post("/proposals/{id:int}/draft", autosave, limit="autosave"),
    delete("/proposals/{id:int}/draft", discard),
    get("/proposals/{id:int}/check", check),
    post("/proposals/{id:int}/publish", publish, limit="propose"),
)
