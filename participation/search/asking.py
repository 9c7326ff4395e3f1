"""From the address of a search to its query, and to the links and choices that change one thing of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

from participation.policy import N_
from participation.search.port import Query, Sort
from participation.web import Context

SORTS: dict[Sort, str] = {
    "relevance": N_("Closest first"),
    "newest": N_("Newest first"),
    "oldest": N_("Oldest first"),
}
NARROWING = ("type", "process", "area")
_PASSING = ("page", "lang", "theme", "size")
LONGEST = 200  # characters of a query


class Named(Protocol):
    """A process or a living area: `key` stands in addresses, `name` is in the reader's language."""

    id: int
    key: str
    name: str


class Places(Protocol):
    """What the package of processes answers to the hook `places`."""

    areas: tuple[Named, ...]
    processes: tuple[Named, ...]


@dataclass(frozen=True)
class Choice:
    """A value of a filter and how many there would be with it."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Asked:
    """What an address asks for. What cannot be used is left out instead of failing."""

    text: str
    types: tuple[str, ...]
    processes: tuple[Named, ...]
    areas: tuple[Named, ...]
    sort: Sort
    kinds: Mapping[str, str]  # kind -> its name in the reader's language
    places: Places

    @property
    def query(self) -> Query:
        filters = {
            "kind": frozenset(self.types),
            "process_id": frozenset(named.id for named in self.processes),
            "area_id": frozenset(named.id for named in self.areas),
        }
        return Query(text=self.text, filters=filters, sort=self.sort)

    def type_choices(self, counts: Mapping[Any, int]) -> tuple[Choice, ...]:
        return tuple(Choice(kind, name, counts.get(kind, 0), kind in self.types) for kind, name in self.kinds.items())

    def process_choices(self, counts: Mapping[Any, int]) -> tuple[Choice, ...]:
        return _choices(self.places.processes, self.processes, counts)

    def area_choices(self, counts: Mapping[Any, int]) -> tuple[Choice, ...]:
        return _choices(self.places.areas, self.areas, counts)


def read_asked(ctx: Context) -> Asked:
    """Read `q`, `type`, `process`, `area` and `sort`; the three filters may stand several times. One query."""
    (read_places,) = ctx.services.registry.hooks("places")
    places: Places = read_places(ctx.session, ctx.locale)
    kinds = {k.kind: ctx._(k.label) for k in ctx.services.registry.kinds.values() if k.document is not None}
    sort = ctx.query.get("sort", "")
    return Asked(
        text=" ".join(ctx.query.get("q", "")[:LONGEST].split()),
        types=tuple(kind for kind in kinds if kind in ctx.query.getlist("type")),
        processes=_named(places.processes, ctx.query.getlist("process")),
        areas=_named(places.areas, ctx.query.getlist("area")),
        sort=sort if sort in SORTS else "relevance",
        kinds=kinds,
        places=places,
    )


def chips(ctx: Context, asked: Asked) -> list[tuple[str, str]]:
    """(label, address without it) of each chosen filter; the words of the query stand in their field."""
    chosen = [("type", kind, asked.kinds[kind]) for kind in asked.types]
    chosen += [("process", named.key, named.name) for named in asked.processes]
    chosen += [("area", named.key, named.name) for named in asked.areas]
    return [(label, address(pair for pair in lasting(ctx) if pair != (name, key))) for name, key, label in chosen]


def lasting(ctx: Context, *but: str) -> list[tuple[str, str]]:
    """The pairs of the address that a link to another page or order keeps, without those named `but`."""
    dropped = (*_PASSING, *but)
    return list(dict.fromkeys(pair for pair in ctx.query.multi_items() if pair[1] and pair[0] not in dropped))


def address(pairs: Iterable[tuple[str, str]]) -> str:
    """The search with these pairs, from its first page."""
    return f"/search?{urlencode(list(pairs))}"


def _named(all_of_them: Iterable[Named], keys: list[str]) -> tuple[Named, ...]:
    return tuple(named for named in all_of_them if named.key in keys)


def _choices(named: Iterable[Named], chosen: tuple[Named, ...], counts: Mapping[Any, int]) -> tuple[Choice, ...]:
    shown = (Choice(one.key, one.name, counts.get(one.id, 0), one in chosen) for one in named)
    return tuple(choice for choice in shown if choice.count or choice.chosen)
