"""What stands of the improvements on the page of a service."""

from dataclasses import dataclass
from typing import Any

from consortium.backlog.figures import BacklogFigures, count, release_records, voice_records
from consortium.backlog.labels import STATES
from consortium.backlog.models import OPEN, ItemState
from consortium.backlog.policy import may_work
from consortium.backlog.queries import Item, counts_by_state, lately_released, owners_of
from consortium.backlog.spoken import count_waiting
from consortium.services.queries import service_slug
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
    counts = counts_by_state(ctx.session, subject.id)
    workable = may_work(ctx.actor, owners_of(ctx.session, subject.id))
    return ServiceBlock(
        f"/services/{service_slug(ctx.session, subject.id)}/backlog",
        tuple((str(state), number, ctx._(STATES[state])) for state, number in counts.items()),
        sum(counts[state] for state in OPEN),
        lately_released(ctx.session, subject.id) if counts[ItemState.RELEASED] else (),
        workable,
        count(voice_records(ctx.session, [subject.id]), release_records(ctx.session, [subject.id])),
        sum(count_waiting(ctx.session, subject.id).values()) if workable else 0,
    )
