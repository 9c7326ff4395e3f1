"""Who is at the board: by their account, or by the personal link that let this browser in."""

from sqlalchemy import select

from participation.web import Context
from workshops.boards.cases import Case, find_case
from workshops.models import Workshop
from workshops.showing import member_here


def case_of(ctx: Context, *, team: bool = False) -> Case:
    """Who asks for what the address names.

    Raises:
        NotFound, Refused: see `find_case`.
    """
    slug, guest = ctx.path["slug"], None
    if not ctx.api and not ctx.actor.signed_in:
        workshop_id = ctx.session.scalar(select(Workshop.id).where(Workshop.slug == slug))
        member = member_here(ctx, workshop_id) if workshop_id else None
        guest = member.id if member else None
    return find_case(ctx.session, ctx.actor, slug, guest=guest, team_id=ctx.path["id"] if team else None)
