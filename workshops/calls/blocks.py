"""The call on the workshop's own page: the button, or how one's application stands."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from participation.component import MeBlock, SubjectBlock
from participation.policy import Verdict
from participation.web import Context
from workshops.models import Workshop, WorkshopApplication
from workshops.policy import may_apply


@dataclass(frozen=True, kw_only=True)
class CallBlock:
    workshop: Workshop
    appliable: Verdict
    applied: bool
    withdrawn: bool
    path: str


@dataclass(frozen=True)
class Mine:
    """An application on its person's own page."""

    workshop: Workshop
    withdrawn: bool

    @property
    def path(self) -> str:
        return f"/workshops/{self.workshop.slug}/application"


def call_block(ctx: Context, subject: Any) -> CallBlock | None:
    """On the page of a workshop that everybody sees; two queries."""
    if subject.kind != "workshop" or not subject.visible:
        return None
    workshop = ctx.session.get_one(Workshop, subject.id)
    row = None
    if ctx.actor.signed_in:
        own = (WorkshopApplication.workshop_id == subject.id, WorkshopApplication.account_id == ctx.actor.id)
        row = ctx.session.scalar(select(WorkshopApplication).where(*own))
    return CallBlock(
        workshop=workshop,
        appliable=may_apply(workshop, subject.visible, ctx.now),
        applied=row is not None,
        withdrawn=row is not None and row.withdrawn_at is not None,
        path=f"/workshops/{workshop.slug}",
    )


def mine(ctx: Context) -> tuple[Mine, ...] | None:
    """The own applications, the newest first; one query."""
    rows = ctx.session.execute(
        select(Workshop, WorkshopApplication.withdrawn_at)
        .join(WorkshopApplication, WorkshopApplication.workshop_id == Workshop.id)
        .where(WorkshopApplication.account_id == ctx.actor.id)
        .order_by(WorkshopApplication.id.desc())
        .limit(5)
    )
    return tuple(Mine(workshop, at is not None) for workshop, at in rows) or None


BLOCKS = (SubjectBlock("workshops/calls/_call.html", call_block, order=5),)
ME_BLOCKS = (MeBlock("workshops/calls/_mine.html", mine, order=38),)
