"""Services and the words of their purposes, for controllers' representatives and the secretariat."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from participation.component import MenuItem
from participation.consents import actions
from participation.consents.access import tokens_of
from participation.consents.forms import ServiceForm, TokenForm, WebhookForm
from participation.consents.models import ConsentToken, Webhook
from participation.consents.policy import DESK, may_enter_service, may_look, may_manage, may_manage_some
from participation.consents.queries import (
    PurposeView,
    ServiceView,
    controllers_for,
    services,
    versions_of_service,
    waiting_versions,
)
from participation.consents.webhooks import MAX_TRIES
from participation.policy import N_, Verdict, ensure
from participation.web import Context, NotFound, Response, get, page, post, redirect


@dataclass(frozen=True)
class ServiceList:
    items: tuple[ServiceView, ...]
    enterable: bool


@dataclass(frozen=True)
class Access:
    """What was just made, and is shown this once; or a form that was refused."""

    new_key: str = ""
    new_secret: str = ""
    token_form: TokenForm | None = None
    webhook_form: WebhookForm | None = None


NOTHING = Access()


@dataclass(frozen=True)
class ServicePage:
    service: ServiceView
    purposes: tuple[PurposeView, ...]  # every version, those of one purpose together, the newest first
    manageable: Verdict
    tokens: tuple[ConsentToken, ...]
    webhook: Webhook | None
    stopped: bool  # too many failures: somebody has to look
    access: Access
    token_form: TokenForm
    webhook_form: WebhookForm

    @property
    def form(self) -> TokenForm | WebhookForm | None:
        """The form that was refused."""
        return self.access.token_form or self.access.webhook_form


def index(ctx: Context) -> Response:
    ensure(may_manage_some(ctx.actor))
    found = tuple(view for view in services(ctx.session) if may_look(ctx.actor, view.controller_id))
    return page(ctx, "consents/services.html", ServiceList(found, bool(may_enter_service(ctx.actor))))


def ask(ctx: Context) -> Response:
    ensure(may_enter_service(ctx.actor))
    return page(ctx, "consents/service_new.html", None, form=ServiceForm.filled({}, ctx._, choices=_choices(ctx)))


def enter(ctx: Context) -> Response:
    ensure(may_enter_service(ctx.actor))
    form = ServiceForm.read(ctx.form, ctx._, choices=_choices(ctx))
    if form.ok and services(ctx.session, form.values["key"]):
        form.fail("key", actions.TAKEN)
    if not form.ok:
        return page(ctx, "consents/service_new.html", None, form=form, status=422)
    made = actions.enter_service(ctx.session, ctx.actor, form.service_values(), now=ctx.now)
    ctx.say("ok", ctx._("The service is entered. Write now what it asks for."))
    return redirect(ctx, service_path(made.key))


def show(ctx: Context) -> Response:
    return service_page(ctx, found_service(ctx))


def service_page(ctx: Context, view: ServiceView, access: Access = NOTHING, status: int = 200) -> Response:
    """The page of a service, with what was just made or refused."""
    hook = ctx.session.get(Webhook, view.id)
    shown = ServicePage(
        view,
        versions_of_service(ctx.session, view.id),
        may_manage(ctx.actor, view.controller_id),
        tokens_of(ctx.session, view.id),
        hook,
        hook is not None and hook.tries >= MAX_TRIES,
        access,
        access.token_form or TokenForm.filled({}, ctx._),
        access.webhook_form or WebhookForm.filled({"url": hook.url if hook else ""}, ctx._),
    )
    return page(ctx, "consents/service.html", shown, status=status)


def found_service(ctx: Context) -> ServiceView:
    """The service of the address, for whoever may look at it. Raises NotFound, Refused."""
    ensure(may_manage_some(ctx.actor))
    found = services(ctx.session, ctx.path["key"])
    if not found:
        raise NotFound
    ensure(may_look(ctx.actor, found[0].controller_id))
    return found[0]


def service_path(key: str) -> str:
    return f"/consents/services/{key}"


def _choices(ctx: Context) -> dict[str, list[tuple[str, str]]]:
    found = controllers_for(ctx.session, ctx.actor, ctx.locale)
    return {"controller": [(str(number), name) for number, name in found]}


def waiting(session: Session, now: datetime) -> list[tuple[str, int, int, str]]:
    """For the desk: how many purposes wait for their publication, the oldest for how many days."""
    count, oldest = waiting_versions(session)
    return [(N_("Purposes to be published"), count, (now - oldest).days if oldest else 0, "/consents/services")]


MENU = (
    MenuItem(
        "desk-consents",
        N_("Purposes of data"),
        "/consents/services",
        place="desk",
        order=45,
        roles=(DESK, "administrator", "auditor"),
    ),
)
ROUTES = (
    get("/consents/services", index),
    get("/consents/services/new", ask),
    post("/consents/services", enter, limit="consent"),
    get("/consents/services/{key}", show),
)
