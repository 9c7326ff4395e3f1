"""What the boards bring to other pages: the way in from the workshop's page, the ways on from its desk."""

from dataclasses import dataclass
from typing import Any

from participation.policy import N_
from participation.web import Context
from workshops.boards.cases import Case
from workshops.boards.policy import DAY, WRITTEN, may_arrange, may_look
from workshops.boards.queries import members
from workshops.models import Workshop
from workshops.port import DeskLink
from workshops.showing import member_here


@dataclass(frozen=True)
class BoardsBlock:
    """`own`: the reader's team, None for those without one."""

    path: str
    own: int | None
    organises: bool
    writing: bool  # the boards are open


def boards_block(ctx: Context, subject: Any) -> BoardsBlock | None:
    """The way to the boards, for those who may look at them, from the day on when it is settled who takes part."""
    if subject.kind != "workshop":
        return None
    workshop = ctx.session.get(Workshop, subject.id)
    if workshop is None or workshop.state not in WRITTEN:
        return None
    case = Case(workshop, member_here(ctx, workshop.id))
    if not may_look(ctx.actor, case):
        return None
    own = case.member.team_id if case.member else None
    path, arranges = f"/workshops/{workshop.slug}", bool(may_arrange(ctx.actor, case))
    return BoardsBlock(path, own, arranges, workshop.state in DAY)


def desk_links(ctx: Context, workshop: Workshop) -> tuple[DeskLink, ...]:
    case, board = Case(workshop, None), f"/workshops/{workshop.slug}/board"
    boards = DeskLink(label=ctx._(N_("Boards")), path=board, order=63)
    if not may_arrange(ctx.actor, case):
        return (boards,) if workshop.state in WRITTEN and may_look(ctx.actor, case) else ()
    people, desk = members(ctx.session, case), f"/workshops/{workshop.slug}/desk"
    there = sum(each.checked_in_at is not None for each in people)
    placed = sum(each.team_id is not None for each in people)
    note = ctx._(N_("%(placed)s of %(all)s are in a team"), placed=placed, all=len(people))
    present = ctx._(N_("%(present)s of %(all)s are there"), present=there, all=len(people))
    return (
        DeskLink(label=ctx._(N_("Teams")), path=f"{desk}/teams", note=note, order=60),
        DeskLink(label=ctx._(N_("Who is there")), path=f"{desk}/present", note=present, order=61),
        DeskLink(label=ctx._(N_("Personal links")), path=f"{desk}/links", order=62),
        boards,
        DeskLink(label=ctx._(N_("Projector")), path=f"/workshops/{workshop.slug}/screen", order=64),
    )
