"""Between a first proof and a session: the page that asks for the second factor of whoever has one."""

import json
from dataclasses import dataclass
from datetime import timedelta

from participation import signed
from participation.accounts import factors, joining, passkeys
from participation.accounts.browser import limit_codes, log_refusal, start_session
from participation.accounts.forms import RecoveryForm, SecondStepForm
from participation.accounts.models import Account
from participation.accounts.pages.asking import WRONG_CODE, WRONG_PASSKEY, take_factor
from participation.accounts.sessions import actor_of_account
from participation.policy import DESK_ROLES, N_
from participation.web import Conflict, Context, Response, get, json_answer, page, post, redirect

PATIENCE = timedelta(minutes=10)
COOKIE = "second"
TOO_LATE = N_("That took too long, or was begun in another browser. Please sign in again.")
NO_RECOVERY_CODE = N_("This is not one of your recovery codes, or it was used before.")


@dataclass(frozen=True)
class SecondStep:
    passkeys: bool  # whether the account has any


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
    proved = _proved(ctx)
    if proved is None:
        return _again(ctx)
    return _code(ctx, proved[0], SecondStepForm.filled({}, ctx._))


def _code(ctx: Context, account_id: int, form: SecondStepForm, status: int = 200) -> Response:
    view = SecondStep(passkeys.has_passkey(ctx.session, account_id))
    return page(ctx, "accounts/sign_in_code.html", view, form=form, status=status)


def recovery_page(ctx: Context) -> Response:
    if _proved(ctx) is None:
        return _again(ctx)
    return page(ctx, "accounts/sign_in_recovery.html", None, form=RecoveryForm.filled({}, ctx._))


def limit_tries(ctx: Context) -> None:
    proved = _proved(ctx)
    if proved is not None:
        limit_codes(ctx, proved[0])


def enter_code(ctx: Context) -> Response:
    proved, form = _proved(ctx), SecondStepForm.read(ctx.form, ctx._)
    if proved is None:
        return _again(ctx)
    factor = take_factor(ctx, proved[0], form) if form.ok else ""
    if not factor:
        form.fail("code", WRONG_PASSKEY if form.values.get("passkey") else WRONG_CODE)
        _note_refusal(ctx, proved[0])
        return _code(ctx, proved[0], form, 422)
    return _in(ctx, proved, factor)


def passkey_options(ctx: Context) -> Response:
    """What the device is to sign, for the script of the page."""
    proved = _proved(ctx)
    if proved is None:
        raise Conflict(TOO_LATE)
    return json_answer(json.loads(passkeys.begin_proof(ctx.session, proved[0], ctx.settings, ctx.now)))


def enter_recovery_code(ctx: Context) -> Response:
    proved, form = _proved(ctx), RecoveryForm.read(ctx.form, ctx._)
    if proved is None:
        return _again(ctx)
    if form.ok and not factors.take_recovery_code(ctx.session, proved[0], form.values["recovery"], ctx.now):
        form.fail("recovery", NO_RECOVERY_CODE)
    if not form.ok:
        _note_refusal(ctx, proved[0])
        return page(ctx, "accounts/sign_in_recovery.html", None, form=form, status=422)
    return _in(ctx, proved, factors.Factor.RECOVERY_CODE)


def _note_refusal(ctx: Context, account_id: int) -> None:
    log_refusal(ctx, joining.find_usable(ctx.session, account_id).email or "", "wrong code")


def _in(ctx: Context, proved: tuple[int, str, str], factor: str) -> Response:
    account_id, way, next_path = proved
    start_session(ctx, joining.find_usable(ctx.session, account_id), way, str(factor))
    ctx.set_cookies.append({"key": COOKIE, "value": "", "max_age": 0})
    if factor == factors.Factor.RECOVERY_CODE:
        left = factors.codes_left(ctx.session, account_id)
        ctx.say("info", ctx._(N_("Recovery codes that are left: %(left)s."), left=left))
    return redirect(ctx, next_path)


ROUTES = (
    get("/sign-in/code", code_page),
    post("/sign-in/code", enter_code, prepare=limit_tries),
    post("/sign-in/code/passkey", passkey_options, limit="token"),
    get("/sign-in/recovery-code", recovery_page),
    post("/sign-in/recovery-code", enter_recovery_code, prepare=limit_tries),
)
