"""The application: a form that keeps what is typed, and the answer to what was asked back."""

from dataclasses import dataclass
from typing import Any

from consortium.membership import actions
from consortium.membership.forms import AgainForm, ApplicationForm, filled
from consortium.membership.models import ApplicationDraft, Membership, Stage
from consortium.membership.policy import may_apply, may_apply_again
from consortium.membership.queries import MemberView, StepView, history_of, member
from participation.organisations.models import Organisation
from participation.organisations.queries import is_public, organisation_by_number
from participation.policy import ensure
from participation.web import Context, NotFound, Response, fragment, get, page, post, redirect


@dataclass(frozen=True)
class ApplyPage:
    form: ApplicationForm
    saved: bool
    again: MemberView | None = None
    question: StepView | None = None  # what the secretariat asked back


def ask(ctx: Context) -> Response:
    ensure(may_apply(ctx.actor))
    draft = ctx.session.get(ApplicationDraft, ctx.actor.id)
    form = ApplicationForm.filled(draft.fields if draft else {}, ctx._)
    return page(ctx, "consortium/apply.html", ApplyPage(form, draft is not None))


def save(ctx: Context) -> Response:
    """Autosave, and the button for whoever has no script: nothing is checked yet."""
    form = ApplicationForm.read(ctx.form, ctx._)
    actions.save_draft(ctx.session, ctx.actor, _typed(form), now=ctx.now)
    if ctx.form.get("do") != "save":
        return fragment(ctx, "consortium/_saved.html", None)
    ctx.say("ok", ctx._("Your draft is kept. You can go on with it here at any time."))
    return redirect(ctx, "/organisations/apply")


def discard(ctx: Context) -> Response:
    ensure(may_apply(ctx.actor))
    actions.discard_draft(ctx.session, ctx.actor)
    ctx.say("ok", ctx._("The draft is discarded."))
    return redirect(ctx, "/organisations/apply")


def send(ctx: Context) -> Response:
    ensure(may_apply(ctx.actor))
    form = ApplicationForm.read(ctx.form, ctx._)
    refuse_taken(ctx, form)
    if not form.ok:
        return page(ctx, "consortium/apply.html", ApplyPage(form, False), status=422)
    number = actions.apply(ctx.session, ctx.actor, form.application_values(), now=ctx.now)
    ctx.say("ok", ctx._("Your application has been sent. The secretariat looks at it, and you are told by mail."))
    return redirect(ctx, f"/organisations/by-id/{number}")


def ask_again(ctx: Context) -> Response:
    view = _own(ctx)
    form = AgainForm.filled(_stored(ctx, view), ctx._)
    return page(ctx, "consortium/apply.html", ApplyPage(form, False, view, _question(ctx, view)))


def send_again(ctx: Context) -> Response:
    view, form = _own(ctx), AgainForm.read(ctx.form, ctx._)
    refuse_taken(ctx, form, besides=view.id)
    if not form.ok:
        shown = ApplyPage(form, False, view, _question(ctx, view))
        return page(ctx, "consortium/apply.html", shown, status=422)
    values, answer = form.application_values(), form.values["answer"]
    actions.apply_again(ctx.session, ctx.actor, view.id, values, answer, now=ctx.now)
    ctx.say("ok", ctx._("Your application has been sent. The secretariat looks at it, and you are told by mail."))
    return redirect(ctx, view.path)


def refuse_taken(ctx: Context, form: ApplicationForm, *, besides: int = 0) -> None:
    """Mark the form where another organisation has the corporate number."""
    number = form.values.get("corporate_number") if form.ok else None
    other = organisation_by_number(ctx.session, number) if number else None
    if other is not None and other.id != besides:
        form.refuse_taken(other, is_public(ctx.session, other.id), ctx.locale)


def _typed(form: ApplicationForm) -> dict[str, str]:
    return {name: str(form.raw.get(name, ""))[:4_000] for name in form.fields}


def _stored(ctx: Context, view: MemberView) -> dict[str, Any]:
    row = ctx.session.get_one(Membership, view.id)
    return filled(ctx.session.get_one(Organisation, view.id), {"purpose": row.purpose, "contact": row.contact})


def _own(ctx: Context) -> MemberView:
    view = member(ctx.session, ctx.now, slug=ctx.path["slug"])
    if view is None:
        raise NotFound
    ensure(may_apply_again(ctx.actor, view.id, view.stage))
    return view


def _question(ctx: Context, view: MemberView) -> StepView | None:
    steps = history_of(ctx.session, view.id)
    return steps[0] if view.stage == Stage.RETURNED and steps else None


ROUTES = (
    get("/organisations/apply", ask),
    post("/organisations/apply", send, limit="apply"),
    post("/organisations/apply/draft", save, limit="autosave"),
    post("/organisations/apply/discard", discard),
    get("/organisations/{slug}/apply", ask_again),
    post("/organisations/{slug}/apply", send_again, limit="apply"),
)
