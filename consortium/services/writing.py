"""Entering and changing a service: one form, a draft that only its people see, and its publication."""

from dataclasses import dataclass

from consortium.services import actions
from consortium.services.forms import ChangeForm, MoveForm, NewServiceForm, Offers, ServiceForm, stored
from consortium.services.labels import MOVES
from consortium.services.models import ServiceState
from consortium.services.offering import offers
from consortium.services.pages import data_words, read
from consortium.services.policy import may_change, may_enter, may_publish, may_start_or_end
from consortium.services.queries import Whole, acting_of
from participation.consents.queries import published_purposes
from participation.policy import N_, ensure, require
from participation.web import Context, Response, get, page, patch, post, redirect
from participation.web.i18n import ZONE

BLANK = {"category": "", "reason_ja": "", "reason_en": "", "purpose": ""}
SPARE = 2  # empty rows of data below those that are filled


@dataclass(frozen=True)
class FormPage:
    form: ServiceForm
    data: tuple[tuple[str, str], ...]  # (kind, word)
    purposes: tuple[tuple[str, str], ...]  # (key, title) of those that are published
    service: Whole | None = None

    @property
    def rows(self) -> list[dict[str, str]]:
        """The rows of data to show, with some to fill."""
        return [*self.form.raw.get("data", []), *([BLANK] * SPARE)]


@dataclass(frozen=True)
class MovePage:
    service: Whole
    form: MoveForm
    to: str
    label: str


def new(ctx: Context) -> Response:
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_enter(ctx.actor, acting))
    offered = offers(ctx, acting)
    own = list(offered.owners) if len(offered.owners) == 1 else []
    values = {"since": ctx.now.astimezone(ZONE).date(), "state": ServiceState.RUNNING, "owners": own}
    return _form(ctx, NewServiceForm.filled(values, ctx._, choices=offered.choices))


def create(ctx: Context) -> Response:
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_enter(ctx.actor, acting))
    offered = offers(ctx, acting)
    form = NewServiceForm.read(ctx.form, ctx._, choices=offered.choices)
    if not form.ok:
        return _form(ctx, form, status=422)
    row = enter(ctx, form, offered)
    if ctx.form.get("do") != "publish":
        ctx.say("ok", ctx._("The draft is kept. Only those who run the service and the secretariat see it."))
        return redirect(ctx, f"/services/{row.slug}")
    actions.publish_service(ctx.session, ctx.actor, row.id, now=ctx.now)
    ctx.say("ok", ctx._("The service is in the catalogue."))
    return redirect(ctx, f"/services/{row.slug}")


def enter(ctx: Context, form: NewServiceForm, offered: Offers) -> actions.Service:
    """The draft that this form describes."""
    said, state, since = form.said(offered), ServiceState(form.values["state"]), form.values["since"]
    return actions.enter_service(ctx.session, ctx.actor, said, state=state, since=since, now=ctx.now)


def edit(ctx: Context) -> Response:
    view, offered = _own(ctx)
    return _form(ctx, ChangeForm.filled(stored(view), ctx._, choices=offered.choices), view)


def save(ctx: Context) -> Response:
    view, offered = _own(ctx)
    form = ChangeForm.read(ctx.form, ctx._, choices=offered.choices)
    if not form.ok:
        return _form(ctx, form, view, 422)
    said, reason = form.said(offered), form.values["reason"]
    changed = actions.change_service(ctx.session, ctx.actor, view.line.id, said, reason, now=ctx.now)
    ctx.say("ok", ctx._("The changes are saved.") if changed else ctx._("Nothing was different."))
    return redirect(ctx, view.line.path)


def publish(ctx: Context) -> Response:
    view = read(ctx)
    about = (ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), view.line.owner_ids)
    ensure(may_publish(*about, view.row.version > 0))
    actions.publish_service(ctx.session, ctx.actor, view.line.id, now=ctx.now)
    ctx.say("ok", ctx._("The service is in the catalogue."))
    return redirect(ctx, view.line.path)


def ask_move(ctx: Context) -> Response:
    view, wanted = read(ctx), ctx.query.get("to", "")
    ensure(require(wanted in list(ServiceState), N_("This step is not possible from the present state.")))
    _ensure_move(ctx, view, ServiceState(wanted))
    form = MoveForm.filled({"to": wanted, "day": ctx.now.astimezone(ZONE).date()}, ctx._)
    return _move(ctx, view, form)


def move(ctx: Context) -> Response:
    view, form = read(ctx), MoveForm.read(ctx.form, ctx._)
    ensure(may_change(ctx.actor, acting_of(ctx.session, ctx.actor, ctx.now), view.line.owner_ids))
    if not form.ok:
        return _move(ctx, view, form, 422)
    to, day, reason = ServiceState(form.values["to"]), form.values["day"], form.values["reason"]
    actions.move_service(ctx.session, ctx.actor, view.line.id, to, day=day, reason=reason, now=ctx.now)
    ctx.say("ok", ctx._("Recorded. The page of the service says so from now on."))
    return redirect(ctx, view.line.path)


def _own(ctx: Context) -> tuple[Whole, Offers]:
    view, acting = read(ctx), acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_change(ctx.actor, acting, view.line.owner_ids))
    return view, offers(ctx, acting, view.line.owners)


def _ensure_move(ctx: Context, view: Whole, to: ServiceState) -> None:
    acting = acting_of(ctx.session, ctx.actor, ctx.now)
    ensure(may_start_or_end(ctx.actor, acting, view.line.owner_ids, view.line.state, to))


def _form(ctx: Context, form: ServiceForm, view: Whole | None = None, status: int = 200) -> Response:
    shown = FormPage(form, tuple(data_words(ctx).items()), purposes_of(ctx), view)
    return page(ctx, "consortium/services/edit.html", shown, status=status)


def purposes_of(ctx: Context) -> tuple[tuple[str, str], ...]:
    """The published consent purposes by key, each named with the service that asks for it."""
    found = published_purposes(ctx.session)
    names = ((each.key, each.version.title.to(ctx.locale), each.service.name.to(ctx.locale)) for each in found)
    return tuple((key, f"{title} ({service})") for key, title, service in names)


def _move(ctx: Context, view: Whole, form: MoveForm, status: int = 200) -> Response:
    to = str(form.raw.get("to", ""))
    label = ctx._(MOVES[ServiceState(to)]) if to in list(ServiceState) else ctx._("Change the state")
    return page(ctx, "consortium/services/move.html", MovePage(view, form, to, label), status=status)


ROUTES = (
    get("/services/new", new),
    post("/services/new", create, limit="enter_service"),
    get("/services/{slug}/edit", edit),
    patch("/services/{slug}", save, limit="enter_service"),
    post("/services/{slug}/publication", publish),
    get("/services/{slug}/state", ask_move),
    post("/services/{slug}/state", move),
)
