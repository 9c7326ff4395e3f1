"""Pages of signing in and out, by password or by a mailed link, and of choosing a new password."""

from dataclasses import dataclass
from typing import Any

from participation.accounts import joining, passwords
from participation.accounts.browser import forget_session, limit_guesses, log_refusal
from participation.accounts.forms import EmailForm, NewPasswordForm, SignInForm, hashed, refuse_common
from participation.accounts.pages.joining import doors, read_address, send, unreferred, wanted_path
from participation.accounts.pages.second_step import let_in
from participation.accounts.sessions import close_all_sessions, close_session
from participation.accounts.tokens import Purpose, look_up
from participation.policy import N_
from participation.web import Context, TooMany, get, page, post, redirect

WRONG = N_("The address or the password is not right.")


@dataclass(frozen=True)
class Link:
    """The page behind a mailed link."""

    email: str
    key: str


@dataclass(frozen=True)
class Proof:
    """What `prepare` found out about a sign-in."""

    form: SignInForm
    account_id: int | None = None
    new_hash: str | None = None


def sign_in_page(ctx: Context) -> Any:
    view = doors(ctx, ctx.query.get("next"))
    if ctx.actor.signed_in:
        return redirect(ctx, view.next)
    return page(ctx, "accounts/sign_in.html", view, form=SignInForm.filled({}, ctx._))


def check_credentials(ctx: Context) -> Proof:
    """Compare the password, in the same time whether or not the address is known."""
    form = SignInForm.read(ctx.form, ctx._)
    if not form.ok:
        return Proof(form)
    email, password = form.values["email"], form.values["password"]
    try:
        limit_guesses(ctx, email)
    except TooMany:
        log_refusal(ctx, email, "too many guesses")
        raise
    account = joining.account_by_email(ctx.session, email)
    stored = account.password_hash if account else None
    right = passwords.check_password(stored, password)
    if account is None or not right:
        log_refusal(ctx, email, "wrong password")
        form.errors["email"] = ctx._(WRONG)
        return Proof(form)
    new_hash = passwords.hash_password(password) if stored and passwords.needs_new_hash(stored) else None
    return Proof(form, account.id, new_hash)


def sign_in(ctx: Context) -> Any:
    proof, wanted = ctx.prepared, wanted_path(ctx)
    if proof.account_id is None:
        return page(ctx, "accounts/sign_in.html", doors(ctx, wanted), form=proof.form, status=422)
    account = joining.find_usable(ctx.session, proof.account_id, new_hash=proof.new_hash)
    return let_in(ctx, account, "password", wanted)


def sign_out(ctx: Context) -> Any:
    close_session(ctx.session, ctx.actor.session_key)
    return _signed_out(ctx)


def sign_out_everywhere(ctx: Context) -> Any:
    if ctx.actor.id is not None:
        close_all_sessions(ctx.session, ctx.actor.id)
    return _signed_out(ctx)


def _signed_out(ctx: Context) -> Any:
    forget_session(ctx)
    ctx.say("ok", ctx._(N_("You are signed out.")))
    response = redirect(ctx, "/")
    response.headers["clear-site-data"] = '"cache", "storage"'
    return response


def sign_in_by_mail_page(ctx: Context) -> Any:
    form = EmailForm.filled({}, ctx._)
    return page(ctx, "accounts/sign_in_by_mail.html", doors(ctx, ctx.query.get("next")), form=form)


def sign_in_by_mail(ctx: Context) -> Any:
    form, wanted = ctx.prepared, wanted_path(ctx)
    if not form.ok:
        return page(ctx, "accounts/sign_in_by_mail.html", doors(ctx, wanted), form=form, status=422)
    send(ctx, "sign_in", form.values["email"], wanted)
    return redirect(ctx, "/check-your-mail")


def link_page(ctx: Context) -> Any:
    token = look_up(ctx.session, ctx.path["key"], Purpose.SIGN_IN, now=ctx.now)
    return unreferred(page(ctx, "accounts/sign_in_link.html", Link(token.email or "", ctx.path["key"])))


def follow_link(ctx: Context) -> Any:
    account, next_path = joining.finish_sign_in_by_mail(ctx.session, ctx.path["key"], ctx.now)
    return let_in(ctx, account, "link", next_path)


def reset_page(ctx: Context) -> Any:
    return page(ctx, "accounts/reset.html", doors(ctx, "/me"), form=EmailForm.filled({}, ctx._))


def ask_reset(ctx: Context) -> Any:
    if not ctx.prepared.ok:
        return page(ctx, "accounts/reset.html", doors(ctx, "/me"), form=ctx.prepared, status=422)
    send(ctx, "reset", ctx.prepared.values["email"], "/me")
    return redirect(ctx, "/check-your-mail")


def new_password_page(ctx: Context) -> Any:
    return _new_password(ctx, NewPasswordForm.filled({}, ctx._))


def _new_password(ctx: Context, form: NewPasswordForm, status: int = 200) -> Any:
    token = look_up(ctx.session, ctx.path["key"], Purpose.RESET, Purpose.INVITATION, now=ctx.now)
    account = joining.account_of(ctx.session, token)
    view = Link(account.email or "", ctx.path["key"])
    return unreferred(page(ctx, "accounts/new_password.html", view, form=form, status=status))


def prepare_new_password(ctx: Context) -> tuple[NewPasswordForm, str | None]:
    token = look_up(ctx.session, ctx.path["key"], Purpose.RESET, Purpose.INVITATION, now=ctx.now)
    account = joining.account_of(ctx.session, token)
    form = NewPasswordForm.read(ctx.form, ctx._)
    refuse_common(ctx, form, "password", account.email or "", account.name)
    return form, hashed(form)


def choose_new_password(ctx: Context) -> Any:
    form, password_hash = ctx.prepared
    if not form.ok:
        return _new_password(ctx, form, 422)
    account = joining.choose_password(ctx.session, ctx.path["key"], password_hash, ctx.now)
    ctx.say("ok", ctx._(N_("Your new password is set. You are signed out everywhere else.")))
    return let_in(ctx, account, "link", "/me")


ROUTES = (
    get("/sign-in", sign_in_page),
    post("/sign-in", sign_in, prepare=check_credentials, heavy=True),
    get("/sign-in/link", sign_in_by_mail_page),
    post("/sign-in/link", sign_in_by_mail, prepare=read_address),
    get("/sign-in/link/{key}", link_page),
    post("/sign-in/link/{key}", follow_link, limit="token"),
    post("/sign-out", sign_out),
    post("/sign-out/everywhere", sign_out_everywhere),
    get("/reset", reset_page),
    post("/reset", ask_reset, prepare=read_address),
    get("/reset/{key}", new_password_page),
    post("/reset/{key}", choose_new_password, prepare=prepare_new_password, heavy=True, limit="token"),
)
