"""The secretariat names coordinators."""

from dataclasses import dataclass

from consortium.challenges import actions
from consortium.challenges.forms import CoordinatorForm
from consortium.challenges.policy import may_name_coordinators
from consortium.challenges.queries import account_at, coordinators
from participation.component import MenuItem
from participation.policy import N_, ensure
from participation.web import Context, Response, delete, get, page, post, redirect

MENU = (
    MenuItem(
        "coordinators", N_("Coordinators"), "/secretariat/coordinators", order=75, place="desk", roles=("secretariat",)
    ),
)


@dataclass(frozen=True)
class DeskPage:
    form: CoordinatorForm
    people: tuple[tuple[int, str, str], ...]


def index(ctx: Context) -> Response:
    ensure(may_name_coordinators(ctx.actor))
    return _page(ctx, CoordinatorForm(ctx._))


def name(ctx: Context) -> Response:
    ensure(may_name_coordinators(ctx.actor))
    form = CoordinatorForm.read(ctx.form, ctx._)
    number = account_at(ctx.session, form.values["email"]) if form.ok else None
    if form.ok and number is None:
        form.fail("email", N_("Nobody has an account with this address."))
    if not form.ok or number is None:
        return _page(ctx, form, 422)
    actions.name_coordinator(ctx.session, ctx.actor, number, now=ctx.now)
    ctx.say("ok", ctx._("This person coordinates from now on."))
    return redirect(ctx, "/secretariat/coordinators")


def dismiss(ctx: Context) -> Response:
    ensure(may_name_coordinators(ctx.actor))
    actions.dismiss_coordinator(ctx.session, ctx.actor, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("This person coordinates no more."))
    return redirect(ctx, "/secretariat/coordinators")


def _page(ctx: Context, form: CoordinatorForm, status: int = 200) -> Response:
    view = DeskPage(form, coordinators(ctx.session))
    return page(ctx, "consortium/challenges/coordinators.html", view, status=status)


ROUTES = (
    get("/secretariat/coordinators", index),
    post("/secretariat/coordinators", name),
    delete("/secretariat/coordinators/{id:int}", dismiss),
)
