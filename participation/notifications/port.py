"""Which event tells whom what. Components register their rules under the hook `notices`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.events import StoredEvent


@dataclass(frozen=True)
class Wave:
    """A group of people who are told of an event: a select of account ids, with what their notice shows.

    A person who belongs to several waves of one event is told once, by the first. `mailed`: they get a mail of another
    kind about it, so the notice is not mailed as well.
    """

    recipients: Select[tuple[int]]
    about_id: int | None
    target_id: int | None
    direct: bool = False
    params: dict[str, Any] = field(default_factory=dict)
    mailed: bool = False


@dataclass(frozen=True)
class NoticeRule:
    """`says` is a message id with %(title)s and %(who)s; `detail(session, notice)` the text that a mail carries;
    `calendar(session, notice, base_url, locale)` an entry for calendars (RFC 5545) that is attached to it, or ""."""

    waves: Callable[[Session, StoredEvent], Sequence[Wave]]
    says: str
    detail: Callable[[Session, Any], str] | None = None
    calendar: Callable[[Session, Any, str, str], str] | None = None


def rules_of(registry: Registry) -> dict[str, NoticeRule]:
    """All rules by event type."""
    return {event_type: rule for rules in registry.hooks("notices") for event_type, rule in rules().items()}
