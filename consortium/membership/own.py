"""The organisations of a person, on their own page."""

from participation.organisations.queries import Own, organisations_of
from participation.web import Context


def own_organisations(ctx: Context) -> tuple[Own, ...] | None:
    """Nothing for whoever acts for none."""
    return organisations_of(ctx.session, ctx.actor, ctx.locale) or None
