"""Entering and changing a dataset, offering and withdrawing it."""

from dataclasses import dataclass

from consortium.datasets import actions
from consortium.datasets.forms import MOVES, ChangeDatasetForm, DatasetForm, MoveForm, NewDatasetForm, stored
from consortium.datasets.models import Dataset, DatasetState
from consortium.datasets.pages import read
from consortium.datasets.policy import may_keep, may_offer_or_withdraw
from consortium.datasets.queries import Line
from consortium.services.policy import may_enter
from consortium.services.queries import Line as ServiceLine
from consortium.services.queries import acting_of, catalogue
from participation.policy import N_, ensure, require
from participation.spaces.queries import places
from participation.web import Context, Response, get, page, patch, post, redirect


@dataclass(frozen=True)
class FormPage:
    form: DatasetForm
    line: Line | None = None


@dataclass(frozen=True)
class MovePage:
    line: Line
    form: MoveForm
    to: str
    label: str


def new(ctx: Context) -> Response:
    chosen, choices = {"service": ctx.query.get("service", "")}, choices_for(ctx, own_services(ctx))
    return _form(ctx, NewDatasetForm.filled(chosen, ctx._, choices=choices))


def create(ctx: Context) -> Response:
    services = own_services(ctx)
    form = NewDatasetForm.read(ctx.form, ctx._, choices=choices_for(ctx, services))
    if not form.ok:
        return _form(ctx, form, status=422)
    row = enter(ctx, form, services)
    if ctx.form.get("do") != "publish":
        ctx.say("ok", ctx._("The draft is kept. Only those who run the service and the secretariat see it."))
        return redirect(ctx, f"/datasets/{row.slug}")
    actions.move_dataset(ctx.session, ctx.actor, row.id, DatasetState.PUBLISHED, now=ctx.now)
    ctx.say("ok", ctx._("The dataset is in the catalogue."))
    return redirect(ctx, f"/datasets/{row.slug}")


def own_services(ctx: Context) -> dict[str, ServiceLine]:
    """The services for which this person may enter datasets, by slug.

    Raises:
        Refused: this person enters none at all.
    """
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_enter(ctx.actor, acting))
    lines = catalogue(ctx.session, drafts=True)
    return {line.slug: line for line in lines if may_keep(ctx.actor, acting, line.owner_ids)}


def choices_for(ctx: Context, services: dict[str, ServiceLine]) -> dict[str, list[tuple[str, str]]]:
    """What may be chosen in the form of a new dataset."""
    return {**area_choices(ctx), "service": [(line.slug, line.name.to(ctx.locale)) for line in services.values()]}


def area_choices(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    return {"areas": [(area.key, area.name) for area in places(ctx.session, ctx.locale).areas]}


def enter(ctx: Context, form: NewDatasetForm, services: dict[str, ServiceLine]) -> Dataset:
    """The draft that this form describes."""
    said = form.said(places(ctx.session, ctx.locale))
    service = services[form.values["service"]]
    return actions.enter_dataset(ctx.session, ctx.actor, service.id, said, now=ctx.now)


def edit(ctx: Context) -> Response:
    line = _own(ctx)
    return _form(ctx, ChangeDatasetForm.filled(stored(line), ctx._, choices=area_choices(ctx)), line)


def save(ctx: Context) -> Response:
    line = _own(ctx)
    form = ChangeDatasetForm.read(ctx.form, ctx._, choices=area_choices(ctx))
    if not form.ok:
        return _form(ctx, form, line, 422)
    said, reason = form.said(places(ctx.session, ctx.locale)), form.values["reason"]
    changed = actions.change_dataset(ctx.session, ctx.actor, line.id, said, reason, now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, line.path)


def ask_move(ctx: Context) -> Response:
    line, wanted = _own(ctx), ctx.query.get("to", "")
    ensure(require(wanted in list(MOVES), N_("This step is not possible from the present state.")))
    about = (ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), line.service.owner_ids)
    ensure(may_offer_or_withdraw(*about, line.state, DatasetState(wanted), line.service.visible))
    return _move(ctx, line, MoveForm.filled({"to": wanted}, ctx._))


def move(ctx: Context) -> Response:
    line, form = _own(ctx), MoveForm.read(ctx.form, ctx._)
    if not form.ok:
        return _move(ctx, line, form, 422)
    to, reason = DatasetState(form.values["to"]), form.values["reason"]
    actions.move_dataset(ctx.session, ctx.actor, line.id, to, reason, now=ctx.now)
    said = ctx._("The dataset is in the catalogue.")
    ctx.say("ok", said if to == DatasetState.PUBLISHED else ctx._("The dataset is withdrawn. Its page says why."))
    return redirect(ctx, line.path)


def _own(ctx: Context) -> Line:
    line = read(ctx)
    ensure(may_keep(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), line.service.owner_ids))
    return line


def _form(ctx: Context, form: DatasetForm, line: Line | None = None, status: int = 200) -> Response:
    return page(ctx, "consortium/datasets/edit.html", FormPage(form, line), status=status)


def _move(ctx: Context, line: Line, form: MoveForm, status: int = 200) -> Response:
    to = str(form.raw.get("to", ""))
    label = ctx._(MOVES[DatasetState(to)]) if to in list(MOVES) else ctx._("Change the state")
    return page(ctx, "consortium/datasets/move.html", MovePage(line, form, to, label), status=status)


ROUTES = (
    get("/datasets/new", new),
    post("/datasets/new", create, limit="enter_service"),
    get("/datasets/{slug}/edit", edit),
    patch("/datasets/{slug}", save, limit="enter_service"),
    get("/datasets/{slug}/state", ask_move),
    post("/datasets/{slug}/state", move),
)
