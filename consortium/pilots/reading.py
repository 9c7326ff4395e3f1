"""The pilot of an address, for whoever may read it."""

from datetime import date

from consortium.pilots.cases import case_of
from consortium.pilots.guards import Case
from consortium.pilots.policy import may_read
from consortium.pilots.whole import Whole, whole_pilot
from participation.web import Context, NotFound
from participation.web.i18n import ZONE


def read(ctx: Context) -> tuple[Whole, Case]:
    """The pilot of the address and its case, if this reader may read it.

    Raises:
        NotFound: there is none, or it is not public and this reader has no part in it.
    """
    view = whole_pilot(ctx.session, ctx.path["id"])
    if view is None:
        raise NotFound
    case = case_of(ctx.session, ctx.actor, view.row, ctx.now)
    if not may_read(ctx.actor, case, view.partner_ids, visible=view.line.visible):
        raise NotFound
    return view, case


def today(ctx: Context) -> date:
    """The day of the city."""
    return ctx.now.astimezone(ZONE).date()
