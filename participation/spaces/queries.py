"""Reads about processes and phases that every package needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, ScalarSelect, Text, bindparam, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from participation.db import COMMA, look_up
from participation.search.port import SearchDocument
from participation.spaces.models import Area, Category, Phase, Process, ProcessState
from participation.subjects import Subject


@dataclass(frozen=True)
class PhaseView:
    id: int
    title: str
    description: str
    starts_at: datetime
    ends_at: datetime | None
    features: tuple[str, ...]
    when: str  # past | now | next


@dataclass(frozen=True)
class ProcessView:
    """A process as its readers see it, in their language."""

    id: int
    slug: str
    title: str
    summary: str
    body: str
    state: str
    support_cap: int | None
    updated_at: datetime
    phases: tuple[PhaseView, ...]

    @property
    def open_now(self) -> frozenset[str]:
        """What the current phases open."""
        if self.state != ProcessState.PUBLISHED:
            return frozenset()
        return frozenset(feature for phase in self.phases if phase.when == "now" for feature in phase.features)

    @property
    def closes_at(self) -> datetime | None:
        """The next end of a current phase."""
        ends = [phase.ends_at for phase in self.phases if phase.when == "now" and phase.ends_at is not None]
        return min(ends, default=None)

    @property
    def stage(self) -> str:
        """open | next | past: where it stands on the list."""
        if any(phase.when == "now" for phase in self.phases) and self.state == ProcessState.PUBLISHED:
            return "open"
        return "next" if any(p.when == "next" for p in self.phases) and self.state == ProcessState.PUBLISHED else "past"


_OPEN = (
    select(Phase.features)
    .join(Process, Process.id == Phase.process_id)
    .where(
        Phase.process_id == bindparam("process_id"),
        Process.state == ProcessState.PUBLISHED,
        Phase.starts_at <= bindparam("now"),
        or_(Phase.ends_at.is_(None), Phase.ends_at > bindparam("now")),
    )
)


def open_features(session: Session, process_id: int | None, now: datetime) -> frozenset[str]:
    """What the process's current phases open; nothing while it is not published. One query."""
    if process_id is None:
        return frozenset()
    rows = look_up(session, _OPEN, {"process_id": process_id, "now": now}).scalars()
    return frozenset(feature for features in rows for feature in features)


def open_features_text(process_id: Any, now: Any) -> ScalarSelect[str]:
    """The same as a column for a query that has a process at hand already; `read_features` reads its value."""
    return (
        select(func.aggregate_strings(cast(Phase.features, Text), COMMA))
        .join(Process, Process.id == Phase.process_id)
        .where(
            Phase.process_id == process_id,
            Process.state == ProcessState.PUBLISHED,
            Phase.starts_at <= now,
            or_(Phase.ends_at.is_(None), Phase.ends_at > now),
        )
        .scalar_subquery()
    )


def read_features(text: str | None) -> frozenset[str]:
    """The value of `open_features_text`: JSON lists with commas between them."""
    return frozenset(feature for features in json.loads(f"[{text or ''}]") for feature in features)


@dataclass(frozen=True)
class Named:
    """An area, a category or a process as a choice: `key` stands in addresses, `name` is in the reader's language."""

    id: int
    key: str
    name: str
    lat: float | None = None
    lng: float | None = None


@dataclass(frozen=True)
class Places:
    """What contributions are sorted by."""

    areas: tuple[Named, ...]
    categories: tuple[Named, ...]
    processes: tuple[Named, ...]  # the published ones

    @property
    def centre(self) -> tuple[float, float]:
        """The middle of the living areas, for a map that has nothing else to show; else of the country."""
        points = [(area.lat, area.lng) for area in self.areas if area.lat is not None and area.lng is not None]
        if not points:
            return 36.2, 138.3
        return sum(lat for lat, _ in points) / len(points), sum(lng for _, lng in points) / len(points)


_NO_POINT = cast(null(), Float)
_PLACES = union_all(
    select(literal("area").label("kind"), Area.id, Area.key, Area.name, Area.lat, Area.lng, Area.position),
    select(literal("category"), Category.id, Category.key, Category.name, _NO_POINT, _NO_POINT, Category.position),
    select(literal("process"), Process.id, Process.slug, Process.title, _NO_POINT, _NO_POINT, literal(0)).where(
        Process.state == ProcessState.PUBLISHED
    ),
).order_by("kind", "position", "id")


def places(session: Session, locale: str) -> Places:
    """Areas, categories and published processes by name. One query."""
    found: dict[str, list[Named]] = {"area": [], "category": [], "process": []}
    for kind, id, key, name, lat, lng, _position in look_up(session, _PLACES):
        found[kind].append(Named(id, key, name.to(locale), lat, lng))
    return Places(tuple(found["area"]), tuple(found["category"]), tuple(found["process"]))


def processes(session: Session, locale: str, now: datetime, *, drafts: bool = False) -> list[ProcessView]:
    """All processes, newest first; two queries."""
    wanted = select(Process).order_by(Process.id.desc())
    if not drafts:
        wanted = wanted.where(Process.state != ProcessState.DRAFT)
    rows = session.scalars(wanted).all()
    return _with_phases(session, rows, locale, now)


def process_by_slug(session: Session, slug: str) -> Process | None:
    return session.scalars(select(Process).where(Process.slug == slug)).first()


def process_view(session: Session, process: Process, locale: str, now: datetime) -> ProcessView:
    return _with_phases(session, [process], locale, now)[0]


def process_document(session: Session, process_id: int) -> SearchDocument | None:
    """What search knows of a process, in all its languages."""
    process, subject = session.get(Process, process_id), session.get(Subject, process_id)
    if process is None or subject is None or not subject.visible or process.state == ProcessState.DRAFT:
        return None
    texts = [text for field in (process.title, process.summary, process.body) for text in field.values()]
    return SearchDocument(
        subject_id=process_id,
        kind="process",
        locale="ja",
        title=process.title.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at or process.updated_at,
        process_id=process_id,
        state=process.state,
    )


def _with_phases(session: Session, rows: Any, locale: str, now: datetime) -> list[ProcessView]:
    ids = [row.id for row in rows]
    wanted = select(Phase).where(Phase.process_id.in_(ids)).order_by(Phase.position, Phase.starts_at)
    phases: dict[int, list[PhaseView]] = {}
    for phase in session.scalars(wanted) if ids else ():
        phases.setdefault(phase.process_id, []).append(_phase(phase, locale, now))
    return [_process(row, tuple(phases.get(row.id, ())), locale) for row in rows]


def _phase(phase: Phase, locale: str, now: datetime) -> PhaseView:
    past = phase.ends_at is not None and phase.ends_at <= now
    return PhaseView(
        id=phase.id,
        title=phase.title.to(locale),
        description=phase.description.to(locale),
        starts_at=phase.starts_at,
        ends_at=phase.ends_at,
        features=tuple(phase.features),
        when="past" if past else "next" if phase.starts_at > now else "now",
    )


def _process(row: Process, phases: tuple[PhaseView, ...], locale: str) -> ProcessView:
    texts: Mapping[str, str] = {name: getattr(row, name).to(locale) for name in ("title", "summary", "body")}
    more = {"state": row.state, "support_cap": row.support_cap, "updated_at": row.updated_at}
    return ProcessView(id=row.id, slug=row.slug, phases=phases, **texts, **more)


def open_processes(session: Session, feature: str, now: datetime) -> frozenset[int]:
    """The published processes whose phases open `feature` now. One query."""
    rows = session.execute(
        select(Phase.process_id, Phase.features)
        .join(Process, Process.id == Phase.process_id)
        .where(
            Process.state == ProcessState.PUBLISHED,
            Phase.starts_at <= now,
            or_(Phase.ends_at.is_(None), Phase.ends_at > now),
        )
    )
    return frozenset(process_id for process_id, features in rows if feature in features)
