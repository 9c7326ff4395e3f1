"""The KPIs and the goal tree of a council file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from consortium.council.located import Located
from participation.db import Localized
from participation.kpis.actions import change_kpi, define_kpi, digits, kpi_by_key, set_target
from participation.kpis.models import Kind, Level
from participation.kpis.port import FIRST, LAST, WITHOUT_NUMBER, Aim, Branch, Calendar, Comparator, plant
from participation.policy import Actor

LARGEST = 1e15
ENTERED = "entered"


@dataclass(frozen=True)
class KpiEntry:
    key: str
    values: Mapping[str, Any]  # columns of a KPI
    targets: Mapping[tuple[int, str], Aim]  # by year and part


def read_kpis(entries: Sequence[Located]) -> tuple[KpiEntry, ...]:
    """The KPIs in their order. Raises FileError with line and key for what cannot be used."""
    return tuple(_kpi(entry, position) for position, entry in enumerate(entries))


def read_tree(found: Located | None, kpis: Sequence[KpiEntry]) -> tuple[Branch, ...]:
    """Issues, then goals, then measures. Raises FileError with line and key for what cannot be used."""
    keys = found.mapping() if found is not None else {}
    known: dict[str, set[str]] = {"": set(), "kpis": {entry.key for entry in kpis}}
    branches: list[Branch] = []
    for name, level, above in LEVELS:
        entries = keys[name].items() if name in keys else []
        branches += [_branch(entry, level, above, known) for entry in entries]
        known[name] = {branch.key for branch in branches if branch.level == level}
    return tuple(branches)


LEVELS = (("issues", Level.ISSUE, ""), ("goals", Level.GOAL, "issues"), ("measures", Level.MEASURE, "goals"))


def load_kpis(session: Session, actor: Actor, entries: Sequence[KpiEntry], *, now: datetime) -> int:
    """Make the KPIs or bring them and their targets to what the file says; returns how many were different."""
    return sum(_load(session, actor, entry, now=now) for entry in entries)


def load_tree(session: Session, actor: Actor, branches: Sequence[Branch], *, now: datetime) -> int:
    """Make the goal tree or bring it to what the file says; returns how many nodes were different."""
    placed = enumerate(branches)
    return sum(plant(session, actor, branch, position=position, now=now) for position, branch in placed)


def _load(session: Session, actor: Actor, entry: KpiEntry, *, now: datetime) -> bool:
    kpi = kpi_by_key(session, entry.key)
    if kpi is None:
        kpi, changed = define_kpi(session, actor, entry.key, entry.values, now=now), True
    else:
        changed = change_kpi(session, actor, kpi, entry.values, now=now)
    for (year, part), aim in entry.targets.items():
        changed |= set_target(session, actor, kpi, year, aim, part=part, now=now)
    return changed


def _kpi(found: Located, position: int) -> KpiEntry:
    keys = found.mapping()

    def one(name: str, words: type[Kind] | type[Calendar] | type[Comparator], default: str) -> str:
        return keys[name].one_of(*words) if name in keys else default

    comparator = Comparator(one("comparator", Comparator, Comparator.AT_LEAST))
    split = [{"key": part.key(), **part.translated()} for part in keys["split"].items()] if "split" in keys else []
    parts = [part["key"] for part in split] or [""]
    baseline = _numbers(keys.get("baseline"), parts)
    values = {
        "name": Localized(found.translated()),
        "unit": _unit(keys.get("unit")),
        "note": Localized(keys["note"].translated(longest=1000) if "note" in keys else {}),
        "kind": one("kind", Kind, Kind.OUTPUT),
        "calendar": one("calendar", Calendar, Calendar.FISCAL),
        "comparator": comparator,
        "cumulative_years": int(keys["cumulative_years"].number(2, 50)) if "cumulative_years" in keys else None,
        "source": _source(keys.get("source")),
        "split": split,
        "baseline_year": int(keys["baseline_year"].number(FIRST, LAST)) if "baseline_year" in keys else None,
        "baseline": {part: digits(aim.value) for part, aim in baseline.items() if aim.value is not None},
        "position": position,
    }
    return KpiEntry(found.key(), values, _targets(keys.get("targets"), parts, comparator))


def _unit(found: Located | None) -> Localized:
    """A sign that is the same in every language, or a word in each."""
    if found is None or found.plain in (None, ""):
        return Localized()
    if isinstance(found.plain, str):
        return Localized(ja=found.text(longest=20))
    return Localized(found.translated(longest=20))


def _source(found: Located | None) -> str:
    if found is None or ENTERED in found.mapping():
        return ""
    return found.need("computed").text(longest=40)


def _targets(found: Located | None, parts: list[str], comparator: Comparator) -> dict[tuple[int, str], Aim]:
    """By year; a year without a number promises something only where the comparator says what."""
    targets: dict[tuple[int, str], Aim] = {}
    for text, entry in found.mapping().items() if found is not None else ():
        if not text.isdigit() or not FIRST <= int(text) <= LAST:
            entry.refuse(f"expected a year from {FIRST} to {LAST}")
        for part, aim in _numbers(entry, parts, range_=comparator == Comparator.RANGE).items():
            if aim.value is not None or comparator in WITHOUT_NUMBER:
                targets[int(text), part] = aim
    return targets


def _numbers(found: Located | None, parts: list[str], *, range_: bool = False) -> dict[str, Aim]:
    """A number (of a range both ends) for each part; null where the plan gives none."""
    if found is None or (found.plain is None and parts != [""]):
        return dict.fromkeys(parts, Aim()) if found is not None else {}
    if parts != [""]:
        given = found.mapping()
        if set(given) != set(parts):
            found.refuse(f"expected a number for each of {', '.join(parts)}")
        return {part: _aim(given[part], range_=range_) for part in parts}
    return {"": _aim(found, range_=range_)}


def _aim(found: Located, *, range_: bool) -> Aim:
    if found.plain is None:
        return Aim()
    if not range_:
        return Aim(_number(found))
    ends = found.items()
    if len(ends) != 2:
        found.refuse("expected [lower end, upper end]")
    return Aim(_number(ends[0]), _number(ends[1]))


def _number(found: Located) -> Decimal:
    found.number(-LARGEST, LARGEST)
    return Decimal(str(found.plain))


def _branch(found: Located, level: Level, above: str, known: Mapping[str, set[str]]) -> Branch:
    keys = found.mapping()
    parents = keys.get(above) or keys.get(above[:-1]) if above else None
    return Branch(
        key=found.key(),
        level=level,
        name=Localized(found.translated()),
        parents=_named(parents, known[above]),
        kpis=_named(keys.get("kpis"), known["kpis"] if level == Level.MEASURE else set()),
    )


def _named(found: Located | None, known: set[str]) -> frozenset[str]:
    """The keys that an entry names: one, or a list of them."""
    if found is None:
        return frozenset()
    entries = found.items() if isinstance(found.value, list) else [found]
    for entry in entries:
        if entry.plain not in known:
            entry.refuse(f"there is no {entry.plain!r}")
    return frozenset(str(entry.plain) for entry in entries)
