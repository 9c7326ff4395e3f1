"""From the address of a list to its filters, and to the links that take one of them away."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from participation.spaces.queries import Named, Places
from participation.web import Context
from proposals.labels import PARTIES, STATES
from proposals.listing import RELEVANCE, SORTS, STATE_FILTERS, Filters

ANSWERED = "answered"
NARROWING = ("q", "process", "category", "area", "living_area", "state", "party")
OFFERED = ("published", "under_review", ANSWERED, "in_progress", "done", "withdrawn")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The filters of an address as its form shows them. What cannot be used is left out instead of failing."""

    q: str = ""
    process: str = ""
    category: tuple[str, ...] = ()
    area: str = ""
    state: tuple[str, ...] = ()
    party: str = ""
    sort: str = "newest"
    places: Places

    def filters(self, **more: Any) -> Filters:
        return Filters(
            process_id=_id(self.places.processes, self.process),
            category_ids=tuple(named.id for named in self.places.categories if named.key in self.category),
            area_id=_id(self.places.areas, self.area),
            states=tuple(state for word in self.state for state in STATE_FILTERS[word]),
            party=self.party,
            **more,
        )


def asked(ctx: Context, places: Places) -> Asked:
    """Read the address. `living_area` is taken for `area`, as the API writes it."""
    query = ctx.query

    def one(name: str, allowed: Any) -> str:
        value = query.get(name, "")
        return value if value in allowed else ""

    words = " ".join(query.get("q", "").split())[:200]
    areas = {named.key for named in places.areas}
    categories = {named.key for named in places.categories}
    return Asked(
        q=words,
        process=one("process", {named.key for named in places.processes}),
        category=tuple(dict.fromkeys(value for value in query.getlist("category") if value in categories)),
        area=one("area", areas) or one("living_area", areas),
        state=tuple(dict.fromkeys(value for value in query.getlist("state") if value in STATE_FILTERS)),
        party=one("party", PARTIES),
        sort=one("sort", SORTS) or ("newest" if not words else RELEVANCE),
        places=places,
    )


def state_label(ctx: Context, word: str) -> str:
    return ctx._("Answered") if word == ANSWERED else ctx._(STATES[word])


def chips(ctx: Context, asked: Asked) -> list[tuple[str, str]]:
    """(label, address without it) of each chosen filter."""
    names = {("process", named.key): named.name for named in asked.places.processes}
    names |= {("category", named.key): named.name for named in asked.places.categories}
    names |= {("area", named.key): named.name for named in asked.places.areas}
    names |= {("state", word): state_label(ctx, word) for word in asked.state}
    names |= {("party", key): ctx._(label) for key, label in PARTIES.items()}
    if asked.q:
        names["q", ctx.query["q"]] = f"“{asked.q}”"
    chosen = [pair for pair in ctx.query.multi_items() if pair in names]
    return [(names[pair], without(ctx, pair)) for pair in dict.fromkeys(chosen)]


def without(ctx: Context, gone: tuple[str, str]) -> str:
    """The address without one pair, from its first page."""
    return _address(ctx.url_path, [pair for pair in _lasting(ctx) if pair != gone])


def address(ctx: Context, path: str, **changes: str | None) -> str:
    """The same filters at another place, or with other values; None leaves a name out."""
    kept = [pair for pair in _lasting(ctx) if pair[0] not in changes]
    return _address(path, kept + [(name, value) for name, value in changes.items() if value is not None])


def kept(ctx: Context, *but: str) -> list[tuple[str, str]]:
    """The pairs of the address without those named `but`, for the hidden fields of a form."""
    return [pair for pair in _lasting(ctx) if pair[0] not in but]


def _lasting(ctx: Context) -> list[tuple[str, str]]:
    return [pair for pair in ctx.query.multi_items() if pair[1] and pair[0] not in ("page", "lang", "theme", "size")]


def _address(path: str, pairs: list[tuple[str, str]]) -> str:
    return f"{path}?{urlencode(pairs)}" if pairs else path


def _id(names: tuple[Named, ...], key: str) -> int | None:
    return next((named.id for named in names if named.key == key), None)
