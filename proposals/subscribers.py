"""What becomes of a proposal later, when events arrive."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlalchemy.orm import Session

from participation.component import Subscriber
from participation.events import StoredEvent
from proposals.models import Proposal

ACTIVITY = ("proposal.published", "proposal.edited", "proposal.answered", "comment.written")


def note_activity(session: Session, event: StoredEvent) -> None:
    """Move a proposal up among the recently active ones; an event that comes late moves nothing back."""
    proposal_id = event.body.get("proposal_id") or event.body.get("on_id")
    session.execute(
        update(Proposal).where(Proposal.id == proposal_id, Proposal.active_at < event.at).values(active_at=event.at),
        execution_options={"synchronize_session": False},
    )


def by_event(*pairs: tuple[Subscriber, Iterable[str]]) -> dict[str, tuple[Subscriber, ...]]:
    """A manifest's subscriptions from each subscriber and the events that it listens to."""
    merged: dict[str, tuple[Subscriber, ...]] = {}
    for subscriber, events in pairs:
        for event_type in events:
            merged[event_type] = (*merged.get(event_type, ()), subscriber)
    return merged
