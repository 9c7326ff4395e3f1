"""What a council file says, checked. docs/council-file.md is its reference."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from consortium.council.bodies import GroupEntry, read_groups
from consortium.council.checks import refuse_wrong_checks
from consortium.council.documents import DocumentEntry, read_documents
from consortium.council.indicators import KpiEntry, read_kpis, read_tree
from consortium.council.located import Located, read_located
from participation.kpis.port import Branch
from participation.policy import N_
from participation.web.i18n import translations
from rules.checks.library import Check

KNOWN = ("city", "council", "living_areas", "categories", "vision", "rules", "kpis", "goal_tree", "groups")
LATER = ("workshop", "services_existing", "service_ideas")
# What the demo's plan calls the fields of services; a file without `categories` gets those that its services name.
FIELDS = {
    "administration": N_("Public services"),
    "health": N_("Health"),
    "education": N_("Education and children"),
    "industry": N_("Work and trade"),
    "tourism": N_("Tourism"),
    "disaster-prevention": N_("Disaster prevention"),
    "mobility": N_("Getting around"),
    "environment": N_("Environment and nature"),
}
SERVICES = ("services_existing", "service_ideas")


@dataclass(frozen=True)
class AreaEntry:
    key: str
    name: dict[str, str]
    lat: float | None
    lng: float | None


@dataclass(frozen=True)
class CategoryEntry:
    key: str
    name: dict[str, str]


@dataclass(frozen=True)
class CouncilFile:
    sha256: str  # of the file's bytes
    city: dict[str, str]
    council: dict[str, str]
    areas: tuple[AreaEntry, ...]
    categories: tuple[CategoryEntry, ...]
    documents: tuple[DocumentEntry, ...]  # the vision, then the rules
    kpis: tuple[KpiEntry, ...]
    tree: tuple[Branch, ...]
    groups: tuple[GroupEntry, ...]  # with their people and past meetings
    later: tuple[str, ...]  # keys that are understood by later versions
    unknown: tuple[str, ...]


def read_council(path: Path, checks: Mapping[str, Check] | None = None) -> CouncilFile:
    """The checked contents of a council file; `checks` are those whose values can be looked at.

    Raises:
        FileError: something in it cannot be used; the message names line and key.
    """
    top = read_located(path)
    keys = top.mapping()
    rules = _entries(keys.get("rules"))
    refuse_wrong_checks(rules, checks or {})
    kpis = read_kpis(_entries(keys.get("kpis")))
    return CouncilFile(
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
        city=top.need("city").translated(),
        council=keys["council"].translated() if "council" in keys else {},
        areas=tuple(_area(entry) for entry in _entries(keys.get("living_areas"))),
        categories=_categories(keys),
        documents=read_documents(keys, rules),
        kpis=kpis,
        tree=read_tree(keys.get("goal_tree"), kpis),
        groups=read_groups(_entries(keys.get("groups"))),
        later=tuple(key for key in keys if key in LATER),
        unknown=tuple(key for key in keys if key not in (*KNOWN, *LATER)),
    )


def _entries(found: Located | None) -> list[Located]:
    """The entries of a list whose keys must differ."""
    entries = found.items() if found is not None else []
    seen: set[str] = set()
    for entry in entries:
        key = entry.key()
        if key in seen:
            entry.refuse(f"key {key!r} stands twice")
        seen.add(key)
    return entries


def _categories(keys: dict[str, Located]) -> tuple[CategoryEntry, ...]:
    if "categories" in keys:
        return tuple(CategoryEntry(entry.key(), entry.translated()) for entry in _entries(keys["categories"]))
    entries = [entry.mapping() for name in SERVICES if name in keys for entry in keys[name].items()]
    named = {entry["field"].plain for entry in entries if "field" in entry}
    japanese = translations("ja").gettext
    return tuple(CategoryEntry(key, {"ja": japanese(label), "en": label})
                 for key, label in FIELDS.items() if key in named)


def _area(entry: Located) -> AreaEntry:
    centre = entry.mapping().get("centre")
    lat = lng = None
    if centre is not None and centre.plain is not None:
        numbers = centre.items()
        if len(numbers) != 2:
            centre.refuse("expected [latitude, longitude]")
        lat, lng = numbers[0].number(-90, 90), numbers[1].number(-180, 180)
    return AreaEntry(entry.key(), entry.translated(), lat, lng)
