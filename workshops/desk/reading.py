"""What every page of the desk begins with: the workshop, and whether this person organises it."""

from participation.policy import ensure
from participation.web import Context
from workshops.policy import may_organise, may_read_desk
from workshops.queries import WholeWorkshop, whole_workshop


def desk_of(ctx: Context) -> WholeWorkshop:
    """For organisers, and auditors who read."""
    whole = whole_workshop(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)
    ensure(may_read_desk(ctx.actor, whole.workshop))
    return whole


def organised(ctx: Context) -> WholeWorkshop:
    """For organisers alone."""
    whole = whole_workshop(ctx.session, ctx.actor, ctx.path["slug"], ctx.now)
    ensure(may_organise(ctx.actor, whole.workshop))
    return whole
