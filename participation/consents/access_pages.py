"""A service's keys and webhook, on its page; and the code by which a person makes themselves known to a service."""

from dataclasses import dataclass

from participation.consents import access, webhooks
from participation.consents.forms import TokenForm, WebhookForm
from participation.consents.managing import Access, found_service, service_page, service_path
from participation.consents.outgoing import NotAllowed, read_place
from participation.consents.policy import may_decide_own, may_manage
from participation.consents.queries import ServiceView, services
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, delete, page, post, put, redirect

BAD_PLACE = N_("This address cannot be used: only https on port 443, at a public address.")


@dataclass(frozen=True)
class LinkPage:
    service: ServiceView
    code: str
    minutes: int


def make_token(ctx: Context) -> Response:
    view = _managed(ctx)
    form = TokenForm.read(ctx.form, ctx._)
    if not form.ok:
        return service_page(ctx, view, Access(token_form=form), 422)
    key = access.make_token(ctx.session, ctx.actor, view, form.values["name"], now=ctx.now)
    return service_page(ctx, view, Access(new_key=key))


def revoke_token(ctx: Context) -> Response:
    view = _managed(ctx)
    access.revoke_token(ctx.session, ctx.actor, view, ctx.path["id"], now=ctx.now)
    ctx.say("ok", ctx._("That key works no more."))
    return redirect(ctx, service_path(view.key))


def set_webhook(ctx: Context) -> Response:
    view = _managed(ctx)
    form = WebhookForm.read(ctx.form, ctx._)
    if form.ok:
        try:
            read_place(form.values["url"], ctx.settings.webhook_hosts)
        except NotAllowed:
            form.fail("url", BAD_PLACE)
    if not form.ok:
        return service_page(ctx, view, Access(webhook_form=form), 422)
    url, secret = form.values["url"], ctx.services.secret
    key = webhooks.set_webhook(ctx.session, ctx.actor, view, url, secret=secret, now=ctx.now)
    return service_page(ctx, view, Access(new_secret=key))


def try_again(ctx: Context) -> Response:
    view = _managed(ctx)
    webhooks.try_again(ctx.session, ctx.actor, view, now=ctx.now)
    ctx.say("ok", ctx._("We try again now."))
    return redirect(ctx, service_path(view.key))


def remove_webhook(ctx: Context) -> Response:
    view = _managed(ctx)
    webhooks.remove_webhook(ctx.session, ctx.actor, view, now=ctx.now)
    ctx.say("ok", ctx._("This address is told nothing any more."))
    return redirect(ctx, service_path(view.key))


def make_link(ctx: Context) -> Response:
    ensure(may_decide_own(ctx.actor))
    found = services(ctx.session, ctx.path["key"])
    if not found:
        raise NotFound
    code = access.make_link_code(ctx.session, ctx.actor, found[0], now=ctx.now)
    shown = "-".join(code[start : start + 4] for start in range(0, len(code), 4))
    return page(ctx, "consents/link.html", LinkPage(found[0], shown, int(access.LIFE.total_seconds() // 60)))


def _managed(ctx: Context) -> ServiceView:
    view = found_service(ctx)
    ensure(may_manage(ctx.actor, view.controller_id))
    return view


ROUTES = (
    post("/consents/services/{key}/tokens", make_token, limit="consent"),
    delete("/consents/services/{key}/tokens/{id}", revoke_token),
    put("/consents/services/{key}/webhook", set_webhook, limit="consent"),
    delete("/consents/services/{key}/webhook", remove_webhook),
    post("/consents/services/{key}/webhook/turn", try_again, limit="consent"),
    post("/consents/services/{key}/link", make_link, limit="consent"),
)
