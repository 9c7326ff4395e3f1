"""The processes' part of the home page: what is open today, the nearest deadline first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from participation.spaces.models import Phase, Process, ProcessState

SHOWN = 6

_OPEN = (
    select(Process.slug, Process.title, Process.summary, Phase.title.label("phase"), Phase.ends_at)
    .join(Phase, Phase.process_id == Process.id)
    .where(
        Process.state == ProcessState.PUBLISHED,
        Phase.starts_at <= bindparam("now"),
        or_(Phase.ends_at.is_(None), Phase.ends_at > bindparam("now")),
    )
    .order_by(Phase.ends_at.is_(None), Phase.ends_at, Process.id, Phase.position)
)


@dataclass(frozen=True)
class OpenProcess:
    """A process that one can take part in now, in its phase that ends first."""

    slug: str
    title: str
    summary: str
    phase: str
    ends_at: datetime | None


@dataclass(frozen=True)
class OpenNow:
    processes: tuple[OpenProcess, ...]


def open_now(session: Session, now: datetime, locale: str) -> OpenNow:
    """Published processes with a phase that runs at `now`, at most six. One query."""
    first: dict[str, OpenProcess] = {}
    for row in session.execute(_OPEN, {"now": now}):
        texts = (row.title.to(locale), row.summary.to(locale), row.phase.to(locale))
        first.setdefault(row.slug, OpenProcess(row.slug, *texts, row.ends_at))
    return OpenNow(tuple(first.values())[:SHOWN])
