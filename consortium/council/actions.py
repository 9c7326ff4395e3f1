"""Loading a council file: what it names is made or brought up to date, what it leaves out stays as it is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.council.bodies import load_groups
from consortium.council.documents import FILE, load_documents
from consortium.council.events import CouncilLoaded
from consortium.council.indicators import load_kpis, load_tree
from consortium.council.shape import CouncilFile
from participation.component import Registry
from participation.events import record
from participation.spaces.models import Area, Category, Site


@dataclass(frozen=True)
class Changes:
    """How many rows were made and changed."""

    site: int = 0
    areas: int = 0
    categories: int = 0
    documents: int = 0
    kpis: int = 0
    goals: int = 0
    groups: int = 0

    @property
    def total(self) -> int:
        return self.site + self.areas + self.categories + self.documents + self.kpis + self.goals + self.groups


def load_council(session: Session, council: CouncilFile, registry: Registry, *, now: datetime) -> Changes:
    """Bring the city's frame to what the file says. Doing it twice changes nothing, and then records no event."""
    changes = Changes(
        site=_load_site(session, council),
        areas=_load(session, Area, [{"key": a.key, "name": a.name, "lat": a.lat, "lng": a.lng} for a in council.areas]),
        categories=_load(session, Category, [{"key": c.key, "name": c.name} for c in council.categories]),
        documents=load_documents(session, council.documents, registry, now=now),
        kpis=load_kpis(session, FILE, council.kpis, now=now),
        goals=load_tree(session, FILE, council.tree, now=now),
        groups=load_groups(session, council.groups, registry, now=now),
    )
    if changes.total:
        counts = {each: count for each, count in vars(changes).items() if each != "site"}
        fact = CouncilLoaded(sha256=council.sha256, **counts)
        record(session, fact, actor=None, now=now)
    return changes


def _load_site(session: Session, council: CouncilFile) -> int:
    site = session.get(Site, 1)
    wanted = {"name": council.city, **({"council": council.council} if council.council else {})}
    if site is None:
        session.add(Site(id=1, **wanted))
        return 1
    return _bring(site, wanted)


def _load(session: Session, model: type[Area] | type[Category], entries: Sequence[Mapping[str, Any]]) -> int:
    there = {row.key: row for row in session.scalars(select(model))}
    changed = 0
    for position, entry in enumerate(entries):
        wanted = {**entry, "position": position}
        if (row := there.get(entry["key"])) is None:
            session.add(model(**wanted))
            changed += 1
        else:
            changed += _bring(row, wanted)
    session.flush()
    return changed


def _bring(row: Any, wanted: Mapping[str, Any]) -> int:
    different = {name: value for name, value in wanted.items() if getattr(row, name) != value}
    for name, value in different.items():
        setattr(row, name, value)
    return bool(different)
