"""A service's events in their order, as the feed and the webhook show them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.consents.models import ConsentEvent, ConsentPurpose, PurposeVersion

LARGEST = 100


@dataclass(frozen=True)
class FeedEvent:
    number: int
    type: str
    purpose: str
    version: int
    subject: str | None  # None: it happened to the purpose, for everybody
    at: datetime
    receipt: str


def events_after(session: Session, service_id: int, after: int, limit: int = LARGEST) -> tuple[FeedEvent, ...]:
    """The next events of this service, the oldest first. One query; numbers have no gaps."""
    rows = session.execute(
        select(
            ConsentEvent.number,
            ConsentEvent.kind,
            ConsentPurpose.key,
            PurposeVersion.number,
            ConsentEvent.subject,
            ConsentEvent.at,
            ConsentEvent.code,
        )
        .join(ConsentPurpose, ConsentPurpose.id == ConsentEvent.purpose_id)
        .join(PurposeVersion, PurposeVersion.id == ConsentEvent.version_id)
        .where(ConsentEvent.service_id == service_id, ConsentEvent.number > after)
        .order_by(ConsentEvent.number)
        .limit(limit)
    )
    return tuple(FeedEvent(*row) for row in rows)


def as_json(event: FeedEvent) -> dict[str, Any]:
    return {
        "number": event.number,
        "type": event.type,
        "purpose": event.purpose,
        "version": event.version,
        "subject": event.subject,
        "at": event.at.isoformat(),
        "receipt": event.receipt,
    }
