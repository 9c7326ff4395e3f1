"""What stands of the improvements on the page of a service."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from consortium.backlog.figures import BacklogFigures, count, release_records, voice_records
from consortium.backlog.labels import STATES
from consortium.backlog.models import OPEN, ItemState
from consortium.backlog.policy import may_work
from consortium.backlog.queries import Item, counts_by_state, lately_released
from consortium.backlog.spoken import count_waiting
from consortium.services.pages import whole_of
from participation.policy import Verdict
from participation.web import Context

BLOCK = "consortium/backlog/_service.html"


@dataclass(frozen=True)
class ServiceBlock:
    path: str
    counts: tuple[tuple[str, int, str], ...]  # (state, how many, word)
    open: int
    released: tuple[Item, ...]
    workable: Verdict
    found: BacklogFigures
    waiting: int  # voices that wait, for those who keep the list


def service_block(ctx: Context, subject: Any) -> ServiceBlock | None:
    """On the page of a service that is in the catalogue: what is being done, and what was reflected lately."""
    if subject.kind != "service" or not subject.visible:
        return None
    counts, released, found = ctx.recall(("improvements", subject.id), lambda: _public(ctx.session, subject.id))
    view = whole_of(ctx)
    workable = may_work(ctx.actor, view.line.owner_ids if view else ())
    return ServiceBlock(
        f"/services/{ctx.path['slug']}/backlog",
        tuple((str(state), number, ctx._(STATES[state])) for state, number in counts.items()),
        sum(counts[state] for state in OPEN),
        released,
        workable,
        found,
        waiting_now(ctx, subject.id) if workable else 0,
    )


def waiting_now(ctx: Context, service_id: int) -> int:
    """How many voices to a service wait."""
    return ctx.recall(("waiting", service_id), lambda: sum(count_waiting(ctx.session, service_id).values()))


def _public(session: Session, service_id: int) -> tuple[dict[ItemState, int], tuple[Item, ...], BacklogFigures]:
    """What everybody reads: how many there are in each state, what was released lately, the figures."""
    counts = counts_by_state(session, service_id)
    released = lately_released(session, service_id) if counts[ItemState.RELEASED] else ()
    return counts, released, count(voice_records(session, [service_id]), release_records(session, [service_id]))
