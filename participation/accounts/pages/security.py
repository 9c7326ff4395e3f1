"""Pages of one's own account: password, address, sessions, API tokens, linked providers."""

from dataclasses import dataclass
from typing import Any

from participation.accounts import profile, queries
from participation.accounts.forms import ChangeEmailForm, ChangePasswordForm, TokenForm, hashed, refuse_common
from participation.accounts.pages.asking import ask_password, asked_for, spend_code
from participation.accounts.pages.joining import unreferred
from participation.accounts.policy import may_change_own
from participation.accounts.tokens import Purpose, look_up
from participation.policy import N_, ensure
from participation.web import Context, NotFound, Response, delete, get, page, post, put, redirect, take_cell


@dataclass(frozen=True)
class Linked:
    name: str
    label: str
    linked: bool


@dataclass(frozen=True)
class Security:
    """Everything on the page; each of the three forms is the one just refused, or empty."""

    email: str
    has_password: bool
    second_factor: str  # what is asked for beside the password
    sessions: tuple[queries.OwnSession, ...]
    tokens: tuple[queries.OwnToken, ...]
    providers: tuple[Linked, ...]
    password_form: ChangePasswordForm
    email_form: ChangeEmailForm
    token_form: TokenForm
    new_token: str = ""


@dataclass(frozen=True)
class NewEmail:
    email: str
    key: str


def security(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    return _show(ctx)


def _show(ctx: Context, *, form: Any = None, new_token: str = "") -> Response:
    issuers = queries.own_identities(ctx.session, ctx.actor)
    forms = {kind: kind.filled({}, ctx._) for kind in (ChangePasswordForm, ChangeEmailForm, TokenForm)}
    if form is not None:
        forms[type(form)] = form
    view = Security(
        email=ctx.actor.email,
        has_password=queries.has_password(ctx.session, ctx.actor),
        second_factor=asked_for(ctx),
        sessions=queries.own_sessions(ctx.session, ctx.actor, ctx.now),
        tokens=queries.own_tokens(ctx.session, ctx.actor),
        providers=tuple(Linked(each.name, each.label, each.issuer in issuers) for each in ctx.settings.oidc),
        password_form=forms[ChangePasswordForm],
        email_form=forms[ChangeEmailForm],
        token_form=forms[TokenForm],
        new_token=new_token,
    )
    return page(ctx, "accounts/security.html", view, status=200 if form is None else 422, form=form)


def prepare_password(ctx: Context) -> tuple[ChangePasswordForm, str | None]:
    form = ask_password(ctx, ChangePasswordForm.read(ctx.form, ctx._))
    refuse_common(ctx, form, "password", ctx.actor.email, ctx.actor.name)
    return form, hashed(form)


def change_password(ctx: Context) -> Response:
    form, password_hash = ctx.prepared
    if not form.ok:
        return _show(ctx, form=form)
    spend_code(ctx, form)
    profile.change_password(ctx.session, ctx.actor, password_hash, ctx.now)
    ctx.say("ok", ctx._(N_("Your new password is set. You are signed out everywhere else.")))
    return redirect(ctx, "/me/security")


def prepare_email(ctx: Context) -> ChangeEmailForm:
    form = ask_password(ctx, ChangeEmailForm.read(ctx.form, ctx._))
    if form.ok:
        take_cell(ctx, "mail_address", form.values["email"])
        take_cell(ctx, "mail_address", f"by {ctx.actor.id}")
    return form


def change_email(ctx: Context) -> Response:
    form = ctx.prepared
    if not form.ok:
        return _show(ctx, form=form)
    spend_code(ctx, form)
    base_url = ctx.settings.base_url
    profile.begin_change_of_email(ctx.session, ctx.actor, form.values["email"], base_url, ctx.locale, ctx.now)
    ctx.say("info", ctx._(N_("We sent a link to the new address. The change counts when you open it.")))
    return redirect(ctx, "/me/security")


def new_email_page(ctx: Context) -> Response:
    token = look_up(ctx.session, ctx.path["key"], Purpose.NEW_EMAIL, now=ctx.now)
    view = NewEmail(str(token.payload["email"]), ctx.path["key"])
    return unreferred(page(ctx, "accounts/new_email.html", view))


def confirm_email(ctx: Context) -> Response:
    profile.finish_change_of_email(ctx.session, ctx.path["key"], ctx.now)
    ctx.say("ok", ctx._(N_("Your new address counts from now on.")))
    return redirect(ctx, "/me/security" if ctx.actor.signed_in else "/sign-in")


def end_session(ctx: Context) -> Response:
    profile.end_session(ctx.session, ctx.actor, ctx.path["id"])
    ctx.say("ok", ctx._(N_("That session is ended.")))
    return redirect(ctx, "/me/security")


def create_token(ctx: Context) -> Response:
    ensure(may_change_own(ctx.actor))
    form = TokenForm.read(ctx.form, ctx._)
    if not form.ok:
        return _show(ctx, form=form)
    key = profile.create_token(ctx.session, ctx.actor, form.values["name"], ctx.now)
    ctx.session.flush()
    return _show(ctx, new_token=key)


def revoke_token(ctx: Context) -> Response:
    profile.revoke_token(ctx.session, ctx.actor, ctx.path["id"], ctx.now)
    ctx.say("ok", ctx._(N_("That token works no more.")))
    return redirect(ctx, "/me/security")


def unlink(ctx: Context) -> Response:
    provider = next((each for each in ctx.settings.oidc if each.name == ctx.path["name"]), None)
    if provider is None:
        raise NotFound
    profile.unlink_identity(ctx.session, ctx.actor, provider.issuer, ctx.now)
    ctx.say("ok", ctx._(N_("The tie is cut.")))
    return redirect(ctx, "/me/security")


ROUTES = (
    get("/me/security", security),
    put("/me/password", change_password, prepare=prepare_password, heavy=True),
    put("/me/email", change_email, prepare=prepare_email, heavy=True),
    get("/me/email/{key}", new_email_page),
    post("/me/email/{key}", confirm_email, limit="token"),
    delete("/me/sessions/{id}", end_session),
    post("/me/tokens", create_token),
    delete("/me/tokens/{id}", revoke_token),
    delete("/me/identities/{name}", unlink),
)
