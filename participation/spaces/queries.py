"""Reads about processes and phases that every package needs."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Float, ScalarSelect, Text, bindparam, cast, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from participation.db import COMMA
from participation.spaces.models import Area, Category, Phase, Process, ProcessState

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
    rows = session.execute(_OPEN, {"process_id": process_id, "now": now}).scalars()
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
    select(
        literal("category"), Category.id, Category.key, Category.name, _NO_POINT, _NO_POINT, Category.position
    ),
    select(
        literal("process"), Process.id, Process.slug, Process.title, _NO_POINT, _NO_POINT, literal(0)
    ).where(Process.state == ProcessState.PUBLISHED),
).order_by("kind", "position", "id")


def places(session: Session, locale: str) -> Places:
    """Areas, categories and published processes by name. One query."""
    found: dict[str, list[Named]] = {"area": [], "category": [], "process": []}
    for kind, id, key, name, lat, lng, _position in session.execute(_PLACES):
        found[kind].append(Named(id, key, name.to(locale), lat, lng))
    return Places(tuple(found["area"]), tuple(found["category"]), tuple(found["process"]))
