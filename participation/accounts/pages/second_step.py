"""Between a first proof and a session: the page that asks for the second factor of whoever has one."""

from datetime import timedelta
from typing import Any

from participation import signed
from participation.accounts import factors, joining
from participation.accounts.browser import limit_codes, log_refusal, start_session
from participation.accounts.forms import CodeForm, RecoveryForm
from participation.accounts.models import Account
from participation.accounts.pages.asking import WRONG_CODE
from participation.accounts.sessions import actor_of_account
from participation.policy import DESK_ROLES, N_
from participation.web import Context, Response, get, page, post, redirect

PATIENCE = timedelta(minutes=10)
COOKIE = "second"
TOO_LATE = N_("That took too long, or was begun in another browser. Please sign in again.")
NO_RECOVERY_CODE = N_("This is not one of your recovery codes, or it was used before.")


def let_in(ctx: Context, account: Account, way: str, next_path: str) -> Response:
    """A first proof (`way`: password, link, oidc) succeeded: a session, or the question for the second factor. What
    was proved and where the person was going is kept in their browser, signed; nothing of a session is given yet."""
    if not factors.has_factor(ctx.session, account.id):
        start_session(ctx, account, way)
        return redirect(ctx, _first_stop(ctx, account, next_path))
    proved = signed.seal(ctx.services.secret, COOKIE, [account.id, way, next_path], ctx.now)
    ctx.set_cookies.append({"key": COOKIE, "value": proved, "max_age": int(PATIENCE.total_seconds())})
    return redirect(ctx, "/sign-in/code")


def _first_stop(ctx: Context, account: Account, next_path: str) -> str:
    """Whose role waits for a second factor is led to setting one up."""
    person = actor_of_account(ctx.session, account.id)
    if not ctx.settings.desk_needs_factor or not any(person.has(role) for role in DESK_ROLES):
        return next_path
    ctx.say("info", ctx._(N_("Your role at the desk counts once you have set up a second factor.")))
    return "/me/second-factor"


def _proved(ctx: Context) -> tuple[int, str, str] | None:
    """Whose first proof this browser holds, of which way, and where to go then."""
    found = signed.unseal(ctx.services.secret, COOKIE, ctx.cookies.get(COOKIE, ""), ctx.now, PATIENCE)
    return None if found is None else (int(found[0][0]), str(found[0][1]), str(found[0][2]))


def _again(ctx: Context) -> Response:
    ctx.say("info", ctx._(TOO_LATE))
    return redirect(ctx, "/sign-in")


def code_page(ctx: Context) -> Response:
    if _proved(ctx) is None:
        return _again(ctx)
    return page(ctx, "accounts/sign_in_code.html", None, form=CodeForm.filled({}, ctx._))


def recovery_page(ctx: Context) -> Response:
    if _proved(ctx) is None:
        return _again(ctx)
    return page(ctx, "accounts/sign_in_recovery.html", None, form=RecoveryForm.filled({}, ctx._))


def limit_tries(ctx: Context) -> None:
    proved = _proved(ctx)
    if proved is not None:
        limit_codes(ctx, proved[0])


def enter_code(ctx: Context) -> Response:
    proved, form = _proved(ctx), CodeForm.read(ctx.form, ctx._)
    if proved is None:
        return _again(ctx)
    if form.ok and not factors.take_code(ctx.session, proved[0], ctx.services.secret, form.values["code"], ctx.now):
        form.fail("code", WRONG_CODE)
    if not form.ok:
        return _refused(ctx, proved[0], "accounts/sign_in_code.html", form)
    return _in(ctx, proved, factors.Factor.TOTP)


def enter_recovery_code(ctx: Context) -> Response:
    proved, form = _proved(ctx), RecoveryForm.read(ctx.form, ctx._)
    if proved is None:
        return _again(ctx)
    if form.ok and not factors.take_recovery_code(ctx.session, proved[0], form.values["recovery"], ctx.now):
        form.fail("recovery", NO_RECOVERY_CODE)
    if not form.ok:
        return _refused(ctx, proved[0], "accounts/sign_in_recovery.html", form)
    return _in(ctx, proved, factors.Factor.RECOVERY_CODE)


def _refused(ctx: Context, account_id: int, template: str, form: Any) -> Response:
    account = joining.find_usable(ctx.session, account_id)
    log_refusal(ctx, account.email or "", "wrong code")
    return page(ctx, template, None, form=form, status=422)


def _in(ctx: Context, proved: tuple[int, str, str], factor: factors.Factor) -> Response:
    account_id, way, next_path = proved
    start_session(ctx, joining.find_usable(ctx.session, account_id), way, factor.value)
    ctx.set_cookies.append({"key": COOKIE, "value": "", "max_age": 0})
    if factor == factors.Factor.RECOVERY_CODE:
        left = factors.codes_left(ctx.session, account_id)
        ctx.say("info", ctx._(N_("Recovery codes that are left: %(left)s."), left=left))
    return redirect(ctx, next_path)


ROUTES = (
    get("/sign-in/code", code_page),
    post("/sign-in/code", enter_code, prepare=limit_tries),
    get("/sign-in/recovery-code", recovery_page),
    post("/sign-in/recovery-code", enter_recovery_code, prepare=limit_tries),
)
