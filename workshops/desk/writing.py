"""Beginning a workshop, and the form with all that is said of it."""

from dataclasses import dataclass

from sqlalchemy import select

from participation.consents.queries import published_purposes
from participation.policy import Verdict, ensure
from participation.spaces.models import Process
from participation.spaces.queries import places, process_by_slug
from participation.web import Context, Response, fragment, get, page, patch, post, redirect
from participation.web.forms import Form
from workshops import actions
from workshops.desk.reading import organised
from workshops.forms import AboutForm, NewForm, WorkshopForm, from_columns, to_columns
from workshops.models import State
from workshops.policy import may_change, may_change_rules, may_create
from workshops.problems import Wrong
from workshops.queries import WholeWorkshop
from workshops.typed import Part, keep_typed, waiting


@dataclass(frozen=True)
class NewPage:
    form: Form


@dataclass(frozen=True, kw_only=True)
class EditPage:
    whole: WholeWorkshop
    form: Form
    rules: Verdict
    centre: tuple[float, float]
    waiting: bool  # whether it shows words that are not saved yet


def new(ctx: Context) -> Response:
    ensure(may_create(ctx.actor))
    chosen = {"process": ctx.query.get("process", "")}
    return page(ctx, "workshops/new.html", NewPage(NewForm.filled(chosen, ctx._, choices=_processes(ctx))))


def create(ctx: Context) -> Response:
    ensure(may_create(ctx.actor))
    form = NewForm.read(ctx.form, ctx._, choices=_processes(ctx))
    if not form.ok:
        return page(ctx, "workshops/new.html", NewPage(form), status=422)
    process = process_by_slug(ctx.session, form.values["process"])
    about, number = {"title": {"ja": form.values["title_ja"]}}, process.id if process else 0
    try:
        row = actions.create_workshop(ctx.session, ctx.actor, number, form.values["slug"], about, now=ctx.now)
    except Wrong as wrong:
        form.errors.update(wrong.said(ctx._).errors)
        return page(ctx, "workshops/new.html", NewPage(form), status=422)
    ctx.say("ok", ctx._("Begun. Only the organisers see it until the call is announced."))
    return redirect(ctx, f"/workshops/{row.slug}/edit")


def edit(ctx: Context) -> Response:
    whole = organised(ctx)
    ensure(may_change(ctx.actor, whole.workshop))
    typed = waiting(whole.workshop, Part.ABOUT)
    form = _kind(whole).filled({**from_columns(whole.workshop), **typed}, ctx._, choices=purposes(ctx))
    return _page(ctx, whole, form, waiting=bool(typed))


def autosave(ctx: Context) -> Response:
    """What is typed waits here, whatever it is."""
    whole = organised(ctx)
    form = _kind(whole).read(ctx.form, ctx._, choices=purposes(ctx))
    keep_typed(ctx.session, ctx.actor, whole.workshop.id, Part.ABOUT, form)
    return fragment(ctx, "workshops/_saved.html", None)


def save(ctx: Context) -> Response:
    whole = organised(ctx)
    ensure(may_change(ctx.actor, whole.workshop))
    form = _kind(whole).read(ctx.form, ctx._, choices=purposes(ctx))
    if not form.ok:
        return _page(ctx, whole, form, 422)
    number = whole.workshop.id
    changed = actions.change_workshop(ctx.session, ctx.actor, number, to_columns(form.values), now=ctx.now)
    keep_typed(ctx.session, ctx.actor, number, Part.ABOUT, None)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, f"{whole.path}/desk")


def purposes(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    """The purposes of use that can be chosen."""
    return {"purpose": [(each.key, each.version.title.to(ctx.locale)) for each in published_purposes(ctx.session)]}


def _kind(whole: WholeWorkshop) -> type[AboutForm]:
    return WorkshopForm if whole.workshop.state == State.PLANNED else AboutForm


def _page(
    ctx: Context, whole: WholeWorkshop, form: Form, status: int = 200, *, waiting: bool = False
) -> Response:
    view = EditPage(
        whole=whole,
        form=form,
        rules=may_change_rules(ctx.actor, whole.workshop),
        centre=places(ctx.session, ctx.locale).centre,
        waiting=waiting,
    )
    return page(ctx, "workshops/edit.html", view, status=status)


def _processes(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    rows = ctx.session.execute(select(Process.slug, Process.title).order_by(Process.id.desc()))
    return {"process": [(slug, title.to(ctx.locale)) for slug, title in rows]}


ROUTES = (
    get("/workshops/new", new),
    post("/workshops", create, limit="workshop_desk"),
    get("/workshops/{slug}/edit", edit),
    patch("/workshops/{slug}", save, limit="workshop_desk"),
    post("/workshops/{slug}/draft", autosave, limit="workshop_autosave"),
)
