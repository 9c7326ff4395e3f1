"""Reads for writing: what a form shows of a draft or of a published text, and whose drafts there are."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.spaces.queries import Named, places
from participation.subjects import Subject
from participation.web import Context
from proposals.days import today
from proposals.listing import Filters, Item, find_ids, rows
from proposals.models import Proposal, ProposalAuthor, State
from proposals.reading import ProposalPage

SHOWN = 10


@dataclass(frozen=True)
class Draft:
    """A draft in its author's list."""

    id: int
    title: str
    updated_at: datetime


def drafts_of(session: Session, actor: Actor) -> tuple[Draft, ...]:
    """The drafts that the actor may go on with, the latest first. One query."""
    invited = select(ProposalAuthor.proposal_id).where(
        ProposalAuthor.account_id == actor.id, ProposalAuthor.accepted_at.is_not(None)
    )
    rows = session.execute(
        select(Proposal.id, Subject.title, Proposal.updated_at)
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.state == State.DRAFT)
        .where((Subject.author_id == actor.id) | Proposal.id.in_(invited))
        .order_by(Proposal.updated_at.desc())
    )
    return tuple(Draft(*row) for row in rows)


@dataclass(frozen=True)
class Mine:
    """What a person has written: what waits for them, and the newest of what is public."""

    drafts: tuple[Draft, ...]
    public: tuple[Item, ...]
    more: bool


def mine(ctx: Context) -> Mine | None:
    """The block of the own page; None for who has written nothing. Four queries."""
    drafts = drafts_of(ctx.session, ctx.actor)
    filters = Filters(author_id=ctx.actor.id, states=tuple(State))
    ids = find_ids(ctx.session, filters, "newest", today(ctx.now), limit=SHOWN + 1)
    public = rows(ctx.session, ids[:SHOWN], places(ctx.session, ctx.locale))
    return Mine(drafts, public, len(ids) > SHOWN) if drafts or public else None


@dataclass(frozen=True, kw_only=True)
class Writing:
    """The page where a proposal is written, whatever it is called: new, a draft, or a published text to change."""

    form: Any
    action: str
    autosave: str = ""
    draft: ProposalPage | None = None
    published: bool = False
    drafts: tuple[Draft, ...] = ()
    processes: tuple[Named, ...] = ()
    process: str = ""
    base_version: int = 0
    centre: tuple[float, float] = (0.0, 0.0)


def typed(view: ProposalPage) -> dict[str, Any]:
    """What stands in the proposal, by the names of the form's fields."""
    return {
        "title": view.title,
        "body": view.body,
        "category": view.category_key,
        "living_area": view.area_key,
        "lat": view.lat,
        "lng": view.lng,
    }
