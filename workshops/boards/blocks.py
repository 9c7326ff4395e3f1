"""What the boards bring to other pages: the way in from the workshop's page, the ways on from its desk."""

from typing import Any

from participation.policy import N_
from participation.web import Context
from workshops.boards.cases import Case
from workshops.boards.policy import DAY, may_arrange, may_look
from workshops.boards.queries import members
from workshops.models import Workshop
from workshops.port import DeskLink
from workshops.showing import member_here


def boards_block(ctx: Context, subject: Any) -> str | None:
    """The slug of a workshop whose boards the reader may open on its day."""
    if subject.kind != "workshop":
        return None
    workshop = ctx.session.get(Workshop, subject.id)
    if workshop is None or workshop.state not in DAY:
        return None
    return workshop.slug if may_look(ctx.actor, Case(workshop, member_here(ctx, workshop.id))) else None


def desk_links(ctx: Context, workshop: Workshop) -> tuple[DeskLink, ...]:
    case = Case(workshop, None)
    if not may_arrange(ctx.actor, case):
        return ()
    people, desk = members(ctx.session, case), f"/workshops/{workshop.slug}/desk"
    there = sum(each.checked_in_at is not None for each in people)
    placed = sum(each.team_id is not None for each in people)
    note = ctx._(N_("%(placed)s of %(all)s are in a team"), placed=placed, all=len(people))
    present = ctx._(N_("%(present)s of %(all)s are there"), present=there, all=len(people))
    return (
        DeskLink(label=ctx._(N_("Teams")), path=f"{desk}/teams", note=note, order=60),
        DeskLink(label=ctx._(N_("Who is there")), path=f"{desk}/present", note=present, order=61),
        DeskLink(label=ctx._(N_("Personal links")), path=f"{desk}/links", order=62),
        DeskLink(label=ctx._(N_("Boards")), path=f"/workshops/{workshop.slug}/board", order=63),
    )
