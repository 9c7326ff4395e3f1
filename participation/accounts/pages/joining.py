"""Pages of signing up: address, "check your mail", the page behind the mailed link."""

from dataclasses import dataclass
from typing import Any

from participation.accounts import joining
from participation.accounts.browser import limit_mails, start_session, wait_for_mail
from participation.accounts.forms import EmailForm, SignUpForm, hashed, refuse_common
from participation.accounts.nicknames import make_nickname
from participation.accounts.tokens import Purpose, look_up
from participation.policy import N_
from participation.settings import OidcProvider
from participation.web import Context, get, page, post, redirect, safe_path


@dataclass(frozen=True)
class Doors:
    """The ways in, on the pages of signing in and up."""

    next: str
    providers: tuple[OidcProvider, ...]


@dataclass(frozen=True)
class Welcome:
    email: str
    key: str


def doors(ctx: Context, wanted: str | None) -> Doors:
    return Doors(safe_path(wanted, "/me"), ctx.settings.oidc)


def wanted_path(ctx: Context) -> str:
    """Where the person was going, if that is on this site."""
    wanted = ctx.form.get("next")
    return safe_path(wanted if isinstance(wanted, str) else None, "/me")


def unreferred(response: Any) -> Any:
    """For pages whose address is a secret: no link from them tells it to anybody."""
    response.headers["referrer-policy"] = "no-referrer"
    return response


def sign_up_page(ctx: Context) -> Any:
    form = EmailForm.filled({}, ctx._)
    return page(ctx, "accounts/sign_up.html", doors(ctx, ctx.query.get("next")), form=form)


def read_address(ctx: Context) -> EmailForm:
    """For `prepare`: the address, with the limits on mails that anybody can cause."""
    form = EmailForm.read(ctx.form, ctx._)
    if form.ok:
        limit_mails(ctx, form.values["email"])
    return form


def sign_up(ctx: Context) -> Any:
    form, wanted = ctx.prepared, wanted_path(ctx)
    if not form.ok:
        return page(ctx, "accounts/sign_up.html", doors(ctx, wanted), form=form, status=422)
    send(ctx, "sign_up", form.values["email"], wanted)
    return redirect(ctx, "/check-your-mail")


def send(ctx: Context, what: str, email: str, next_path: str) -> None:
    """Queue one of the mails that begin something, and remember it for the page that follows."""
    base_url = ctx.settings.base_url
    if what == "sign_up":
        joining.begin_sign_up(ctx.session, email, base_url, ctx.locale, next_path, ctx.now)
    elif what == "reset":
        joining.begin_reset(ctx.session, email, base_url, ctx.locale, ctx.now)
    else:
        joining.begin_sign_in_by_mail(ctx.session, email, base_url, ctx.locale, next_path, ctx.now)
    wait_for_mail(ctx, email, what, next_path)


def welcome_page(ctx: Context) -> Any:
    token = look_up(ctx.session, ctx.path["key"], Purpose.SIGN_UP, now=ctx.now)
    form = SignUpForm.filled({"name": make_nickname(ctx._)}, ctx._)
    return unreferred(page(ctx, "accounts/welcome.html", Welcome(token.email or "", ctx.path["key"]), form=form))


def prepare_welcome(ctx: Context) -> tuple[SignUpForm, str | None]:
    token = look_up(ctx.session, ctx.path["key"], Purpose.SIGN_UP, now=ctx.now)
    form = SignUpForm.read(ctx.form, ctx._)
    refuse_common(ctx, form, "password", token.email or "", form.values.get("name", ""))
    return form, hashed(form)


def finish(ctx: Context) -> Any:
    form, password_hash = ctx.prepared
    if not form.ok:
        token = look_up(ctx.session, ctx.path["key"], Purpose.SIGN_UP, now=ctx.now)
        view = Welcome(token.email or "", ctx.path["key"])
        return unreferred(page(ctx, "accounts/welcome.html", view, form=form, status=422))
    account, next_path = joining.finish_sign_up(
        ctx.session,
        ctx.path["key"],
        name=form.values["name"],
        password_hash=password_hash,
        locale=ctx.locale,
        now=ctx.now,
    )
    start_session(ctx, account, "link")
    ctx.say("ok", ctx._(N_("Welcome, %(name)s. Your account is ready."), name=account.name))
    return redirect(ctx, next_path)


ROUTES = (
    get("/sign-up", sign_up_page),
    post("/sign-up", sign_up, prepare=read_address),
    get("/sign-up/{key}", welcome_page),
    post("/sign-up/{key}", finish, prepare=prepare_welcome, heavy=True, limit="token"),
)
