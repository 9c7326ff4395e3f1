"""What the page of a workshop shows of its draw, and of the reader's own invitation."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.component import SubjectBlock
from participation.web import Context
from workshops.models import State, Workshop, WorkshopApplication
from workshops.panels.models import Answer, WorkshopDraw, WorkshopInvitation


@dataclass(frozen=True)
class DrawBlock:
    slug: str
    drawn: bool
    closed: bool
    seed_sha256: str
    source: str
    invited: bool  # the reader has an invitation that waits for an answer
    deadline: Any


def draw_block(ctx: Context, subject: Any) -> DrawBlock | None:
    """On a workshop whose call has opened. One query, one more for who is signed in."""
    if getattr(subject, "kind", "") != "workshop":
        return None
    found = ctx.session.execute(
        select(Workshop.slug, Workshop.state, WorkshopDraw)
        .join(WorkshopDraw, WorkshopDraw.workshop_id == Workshop.id)
        .where(Workshop.id == subject.id)
    ).first()
    if found is None or found.state == State.CALLED_OFF:
        return None
    draw, invitation = found.WorkshopDraw, None
    if ctx.actor.signed_in and draw.drawn_at:
        invitation = ctx.session.scalar(
            select(WorkshopInvitation)
            .join(WorkshopApplication, WorkshopApplication.id == WorkshopInvitation.application_id)
            .where(WorkshopInvitation.workshop_id == subject.id, WorkshopApplication.account_id == ctx.actor.id)
        )
    waits = invitation is not None and invitation.state == Answer.INVITED and ctx.now < invitation.deadline
    return DrawBlock(
        found.slug, bool(draw.drawn_at), bool(draw.frozen_at), draw.seed_sha256, draw.source.to(ctx.locale), waits,
        invitation.deadline if invitation and waits else None,
    )  # fmt: skip


BLOCKS = (SubjectBlock("workshops/panels/_block.html", draw_block, order=18),)
