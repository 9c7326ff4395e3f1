"""Applying to a workshop, and the applicant's own page behind a personal address."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.consents.models import PurposeVersion
from participation.consents.queries import published_version, purpose_by_key
from participation.policy import Verdict, ensure, signed_in, takes_part
from participation.web import Context, NotFound, Response, delete, get, network_of, page, post, put, redirect, take_cell
from workshops.calls import actions
from workshops.calls.forms import ApplicationForm, application_form, choices_of, label_of, values_of
from workshops.calls.links import Links
from workshops.calls.policy import may_edit, may_withdraw
from workshops.models import WorkshopApplication
from workshops.policy import may_apply
from workshops.port import DeskLink
from workshops.queries import WholeWorkshop
from workshops.showing import read


@dataclass(frozen=True, kw_only=True)
class ApplyPage:
    """`why` says by field why it is asked; `token` is that of an application that is being changed."""

    whole: WholeWorkshop
    form: ApplicationForm
    purpose: PurposeVersion | None
    purpose_path: str
    why: dict[str, str]
    token: str = ""


@dataclass(frozen=True, kw_only=True)
class OwnPage:
    whole: WholeWorkshop
    row: WorkshopApplication
    token: str
    answers: tuple[tuple[str, str], ...]
    appliable: Verdict
    editable: Verdict
    withdrawable: Verdict
    notes: tuple[DeskLink, ...]


def links(ctx: Context) -> Links:
    return Links(ctx.services.secret, ctx.settings.base_url)


def new(ctx: Context) -> Response:
    whole = read(ctx)
    if (row := _mine(ctx, whole)) is not None:
        return redirect(ctx, links(ctx).path(whole.workshop.slug, row))
    ensure(may_apply(whole.workshop, whole.subject.visible, ctx.now))
    purpose = _purpose(ctx, whole)
    values = {"name": ctx.actor.name, "agreed": purpose.number if purpose else None}
    kind = application_form(whole.workshop, whole.questions, ctx.actor, ctx.locale)
    form = kind.filled(values, ctx._, choices=_choices(ctx, whole))
    return _form(ctx, whole, form)


def create(ctx: Context) -> Response:
    whole = read(ctx)
    ensure(may_apply(whole.workshop, whole.subject.visible, ctx.now))
    if ctx.actor.signed_in:
        ensure(takes_part(ctx.actor))
    kind = application_form(whole.workshop, whole.questions, ctx.actor, ctx.locale)
    form = kind.read(ctx.form, ctx._, choices=_choices(ctx, whole))
    if not form.ok:
        return _form(ctx, whole, form, 422)
    row = send(ctx, whole, form)
    if ctx.actor.signed_in:
        ctx.say("ok", ctx._("You have applied. This page shows how it goes on; you find it on the workshop's page."))
        return redirect(ctx, links(ctx).path(whole.workshop.slug, row))
    return redirect(ctx, f"{whole.path}/applied")


def send(ctx: Context, whole: WholeWorkshop, form: ApplicationForm) -> WorkshopApplication:
    """The application of this form; mails that strangers can cause are limited.

    Raises:
        TooMany: not yet again.
    """
    said = form.said(ctx.locale)
    if not ctx.actor.signed_in:
        take_cell(ctx, "mail_network", network_of(ctx.client))
        take_cell(ctx, "mail_address", said.email)
    return actions.apply(ctx.session, ctx.actor, whole.workshop.id, said, links=links(ctx), now=ctx.now)


def applied(ctx: Context) -> Response:
    """Where to look for the mailed link."""
    return page(ctx, "workshops/calls/applied.html", read(ctx))


def own(ctx: Context) -> Response:
    whole, row = opened(ctx)
    words = {question.key: question for question in whole.questions}
    hung = ctx.services.registry.hooks("workshop_application")
    view = OwnPage(
        whole=whole,
        row=row,
        token=ctx.path["token"],
        answers=tuple((words[key].label.to(ctx.locale), answer(words[key].options, value, ctx.locale))
                      for key, value in row.answers.items() if key in words),
        appliable=may_apply(whole.workshop, whole.subject.visible, ctx.now),
        editable=may_edit(whole.workshop, row, whole.subject.visible, ctx.now),
        withdrawable=may_withdraw(whole.workshop, row),
        notes=tuple(note for notes in hung for note in notes(ctx, whole.workshop, row, ctx.path["token"])),
    )  # fmt: skip
    return private(page(ctx, "workshops/calls/own.html", view))


def answer(options: list[dict[str, object]], key: str, locale: str) -> str:
    """What an answer is called."""
    return next((label_of(option, locale) for option in options if option["key"] == key), key)


def confirm(ctx: Context) -> Response:
    whole, row = opened(ctx)
    actions.confirm(ctx.session, row.id, now=ctx.now)
    ctx.say("ok", ctx._("Thank you: your application counts now."))
    return redirect(ctx, links(ctx).path(whole.workshop.slug, row))


def edit(ctx: Context) -> Response:
    whole, row = opened(ctx)
    ensure(may_edit(whole.workshop, row, whole.subject.visible, ctx.now))
    kind = application_form(whole.workshop, whole.questions, ctx.actor, ctx.locale, editing=True)
    return _form(ctx, whole, kind.filled(values_of(row), ctx._, choices=_choices(ctx, whole)))


def save(ctx: Context) -> Response:
    whole, row = opened(ctx)
    ensure(may_edit(whole.workshop, row, whole.subject.visible, ctx.now))
    kind = application_form(whole.workshop, whole.questions, ctx.actor, ctx.locale, editing=True)
    form = kind.read(ctx.form, ctx._, choices=_choices(ctx, whole))
    if not form.ok:
        return _form(ctx, whole, form, 422)
    actions.change_application(ctx.session, row.id, form.said(row.locale), now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved."))
    return redirect(ctx, links(ctx).path(whole.workshop.slug, row))


def ask_withdraw(ctx: Context) -> Response:
    whole, row = opened(ctx)
    ensure(may_withdraw(whole.workshop, row))
    return private(page(ctx, "workshops/calls/withdraw.html", whole, token=ctx.path["token"]))


def withdraw(ctx: Context) -> Response:
    whole, row = opened(ctx)
    actions.withdraw_application(ctx.session, row.id, now=ctx.now)
    ctx.say("ok", ctx._("Your application is withdrawn, and what you wrote is deleted."))
    return redirect(ctx, whole.path)


def opened(ctx: Context) -> tuple[WholeWorkshop, WorkshopApplication]:
    """The application of the personal address. Raises NotFound."""
    whole = read(ctx)
    row = links(ctx).opened(ctx.session, whole.workshop.id, ctx.path["token"])
    if row is None:
        raise NotFound
    return whole, row


def private(response: Response) -> Response:
    """The address is the key to what is shown."""
    response.headers["referrer-policy"] = "no-referrer"
    response.headers["cache-control"] = "private, no-store"
    response.headers["x-robots-tag"] = "noindex"
    return response


def mine(ctx: Context) -> Response:
    """The own application of somebody signed in."""
    ensure(signed_in(ctx.actor))
    whole = read(ctx)
    row = _mine(ctx, whole)
    if row is None:
        raise NotFound
    return redirect(ctx, links(ctx).path(whole.workshop.slug, row))


def _mine(ctx: Context, whole: WholeWorkshop) -> WorkshopApplication | None:
    if not ctx.actor.signed_in:
        return None
    own = (WorkshopApplication.workshop_id == whole.workshop.id, WorkshopApplication.account_id == ctx.actor.id)
    return ctx.session.scalar(select(WorkshopApplication).where(*own))


def _purpose(ctx: Context, whole: WholeWorkshop) -> PurposeVersion | None:
    return published_version(ctx.session, purpose_by_key(ctx.session, whole.workshop.purpose).id)


def _choices(ctx: Context, whole: WholeWorkshop) -> dict[str, list[tuple[str, str]]]:
    return choices_of(whole.questions, ctx.locale)


def _form(ctx: Context, whole: WholeWorkshop, form: ApplicationForm, status: int = 200) -> Response:
    view = ApplyPage(
        whole=whole,
        form=form,
        purpose=_purpose(ctx, whole) if "agree" in form.fields else None,
        purpose_path=f"/consents/purposes/{whole.workshop.purpose}",
        why={f"q.{question.key}": question.why.to(ctx.locale) for question in whole.questions},
        token=ctx.path.get("token", ""),
    )
    return private(page(ctx, "workshops/calls/apply.html", view, status=status))


OWN = "/workshops/{slug}/application/{token}"
ROUTES = (
    get("/workshops/{slug}/apply", new),
    post("/workshops/{slug}/apply", create, limit="workshop_apply"),
    get("/workshops/{slug}/applied", applied),
    get("/workshops/{slug}/application", mine),
    get(OWN, own),
    post(OWN, confirm, limit="workshop_apply"),
    get(OWN + "/edit", edit),
    put(OWN, save, limit="workshop_apply"),
    get(OWN + "/withdraw", ask_withdraw),
    delete(OWN, withdraw, limit="workshop_apply"),
)
