"""Published proposals that are much like a title being typed: to support or add to instead of repeating them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from participation.search.queries import similar
from participation.spaces.queries import open_processes, places
from participation.web import Context, Response, fragment, get
from proposals.listing import Item, rows
from proposals.models import Proposal, State
from proposals.supporting.policy import OPEN_FOR_SUPPORT

ENOUGH = 8  # characters of a title
SHOWN = 3


@dataclass(frozen=True)
class Alike:
    """A proposal like the one being written, and what can still be done with it."""

    item: Item
    supportable: bool
    amendable: bool


def similar_to(ctx: Context, title: str, *, besides: int | None = None) -> tuple[Alike, ...]:
    """Up to three, the closest first; nothing for a title that says too little."""
    if len(title.strip()) < ENOUGH:
        return ()
    close = similar(ctx.session, ctx.services, ctx.actor, title, kind="proposal", limit=SHOWN, besides=besides)
    ids = [one.document.subject_id for one in close]
    if not ids:
        return ()
    supportable = _open(ctx, ids, "support", OPEN_FOR_SUPPORT)
    amendable = _open(ctx, ids, "amend", (State.PUBLISHED,))
    items = rows(ctx.session, ids, places(ctx.session, ctx.locale))
    return tuple(Alike(item, item.id in supportable, item.id in amendable) for item in items)


def _open(ctx: Context, ids: Sequence[int], feature: str, states: Sequence[State]) -> frozenset[int]:
    """Those of the proposals whose state and whose process's phase let everybody do this."""
    processes = open_processes(ctx.session, feature, ctx.now)
    found = select(Proposal.id).where(
        Proposal.id.in_(ids), Proposal.state.in_(states), Proposal.process_id.in_(processes)
    )
    return frozenset(ctx.session.scalars(found))


def suggest(ctx: Context) -> Response:
    return fragment(ctx, "proposals/_similar.html", similar_to(ctx, ctx.query.get("title", "")[:200]))


ROUTES = (get("/proposals/similar", suggest, limit="similar_proposals"),)
