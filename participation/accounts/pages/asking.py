"""Asking for the password, and for the second factor of whoever has one, once more before something that matters."""

from typing import TypeVar

from participation.accounts import factors, passwords, profile, queries
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
    code, account_id = form.values["code"], ctx.actor.id or 0
    if not code:
        form.fail("code", NO_CODE)
        return
    limit_codes(ctx, account_id)
    if not factors.is_code(ctx.session, account_id, ctx.services.secret, code, ctx.now):
        log_refusal(ctx, ctx.actor.email, "wrong code")
        form.fail("code", WRONG_CODE)


def spend_code(ctx: Context, form: Form) -> str:
    """Use up the code that `ask_password` found right; returns the factor's name, "" for whoever has none.

    Raises:
        Conflict: another request with the same code was faster.
    """
    if not ctx.actor.second_factor:
        return ""
    if not factors.take_code(ctx.session, ctx.actor.id or 0, ctx.services.secret, form.values["code"], ctx.now):
        raise Conflict(OVERTAKEN)
    return factors.Factor.TOTP.value
