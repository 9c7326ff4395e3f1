"""Asking for the password, and for the second factor of whoever has one, once more before something that matters."""

from typing import TypeVar

from participation.accounts import factors, passkeys, passwords, profile, queries
from participation.accounts.browser import limit_codes, limit_guesses, log_refusal
from participation.accounts.policy import may_change_own
from participation.policy import N_, ensure
from participation.web import Conflict, Context
from participation.web.forms import Form

F = TypeVar("F", bound=Form)
WRONG = N_("This is not your present password.")
STALE = N_("Please sign out and in again first; then you have a quarter of an hour for this.")
NO_CODE = N_("Please write the one-time code that your app shows now.")
WRONG_CODE = N_("This is not the present code, or it was used before. Please wait for the next one.")
WRONG_PASSKEY = N_("The passkey's answer does not hold, or it came too late. Please try again.")
OVERTAKEN = N_("This code was used a moment ago. Please wait for the next one.")


def ask_password(ctx: Context, form: F) -> F:
    """For `prepare`: marks the form unless its field `current` holds the password (or, for whoever has none, the
    session is young enough) and its field `code` a code of the second factor, where the account has one. The handler
    then uses the code up: `spend_code`."""
    ensure(may_change_own(ctx.actor))
    ask_first_factor(ctx, form)
    if form.ok:
        ask_code(ctx, form)
    return form


def ask_first_factor(ctx: Context, form: Form) -> None:
    """The password, or a young session, alone."""
    if not form.ok:
        return
    stored = queries.stored_password(ctx.session, ctx.actor)
    if stored is None:
        if not profile.is_fresh(ctx.session, ctx.actor, ctx.now):
            form.fail("current", STALE)
        return
    limit_guesses(ctx, ctx.actor.email)
    if not passwords.check_password(stored, form.values.get("current", "")):
        form.fail("current", WRONG)


def ask_code(ctx: Context, form: Form) -> None:
    """For `prepare`: marks the field `code` unless it holds a code, of whoever has a second factor."""
    if not ctx.actor.second_factor:
        return
    code, answer, account_id = form.values["code"], form.values.get("passkey", ""), ctx.actor.id or 0
    if not code and not answer:
        form.fail("code", NO_CODE)
        return
    limit_codes(ctx, account_id)
    if answer:
        right = passkeys.is_proof(ctx.session, account_id, answer, ctx.settings, ctx.now)
    else:
        right = factors.is_code(ctx.session, account_id, ctx.services.secret, code, ctx.now)
    if not right:
        log_refusal(ctx, ctx.actor.email, "wrong passkey" if answer else "wrong code")
        form.fail("code", WRONG_PASSKEY if answer else WRONG_CODE)


def asked_for(ctx: Context) -> str:
    """What the person is asked for beside the password: "" | code | passkey (a code or a passkey)."""
    if not ctx.actor.second_factor:
        return ""
    return "passkey" if passkeys.has_passkey(ctx.session, ctx.actor.id or 0) else "code"


def spend_code(ctx: Context, form: Form) -> str:
    """Use up the code that `ask_password` found right; returns the factor's name, "" for whoever has none.

    Raises:
        Conflict: another request with the same code was faster.
    """
    if not ctx.actor.second_factor:
        return ""
    factor = take_factor(ctx, ctx.actor.id or 0, form)
    if not factor:
        raise Conflict(OVERTAKEN)
    return factor


def take_factor(ctx: Context, account_id: int, form: Form) -> str:
    """Use up the code or the device's answer in the form; the factor's name, "" where it is not right."""
    if answer := form.values.get("passkey", ""):
        taken = passkeys.take_proof(ctx.session, account_id, answer, ctx.settings, ctx.now)
        return factors.Factor.PASSKEY.value if taken else ""
    taken = factors.take_code(ctx.session, account_id, ctx.services.secret, form.values["code"] or "", ctx.now)
    return factors.Factor.TOTP.value if taken else ""
