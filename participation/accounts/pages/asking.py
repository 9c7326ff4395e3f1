"""Asking for the password once more before something that matters."""

from typing import TypeVar

from participation.accounts import passwords, profile, queries
from participation.accounts.browser import limit_guesses
from participation.accounts.policy import may_change_own
from participation.policy import N_, ensure
from participation.web import Context
from participation.web.forms import Form

F = TypeVar("F", bound=Form)
WRONG = N_("This is not your present password.")
STALE = N_("Please sign out and in again first; then you have a quarter of an hour for this.")


def ask_password(ctx: Context, form: F) -> F:
    """For `prepare`: marks the form unless its field `current` holds the password or, for whoever has none, the
    session is young enough."""
    ensure(may_change_own(ctx.actor))
    if not form.ok:
        return form
    stored = queries.stored_password(ctx.session, ctx.actor)
    if stored is None:
        if not profile.is_fresh(ctx.session, ctx.actor, ctx.now):
            form.fail("current", STALE)
        return form
    limit_guesses(ctx, ctx.actor.email)
    if not passwords.check_password(stored, form.values.get("current", "")):
        form.fail("current", WRONG)
    return form
