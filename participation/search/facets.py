"""Counts per facet value and the filters over them: the same for every engine.

Documents alike in every facet form a group; whatever the number of documents, an engine counts groups once and the
rest is arithmetic over a few hundred of them.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from operator import attrgetter
from typing import NamedTuple

from participation.search.port import FACETS, Query, SearchDocument


class Group(NamedTuple):
    """The facet values that documents have in common, in the order of FACETS."""

    kind: str
    process_id: int | None
    area_id: int | None
    category_id: int | None
    state: str | None


def group_of(document: SearchDocument) -> Group:
    """Return the group of a document."""
    return Group(*(getattr(document, name) for name in FACETS))


def passing(query: Query, besides: str | None = None) -> Callable[[Group], bool]:
    """Return the test for all filters of a query, or for all but one."""
    tests = [(attrgetter(name), values) for name, values in query.filters.items() if values and name != besides]
    if not tests:
        return lambda group: True
    return lambda group: all(value_of(group) in values for value_of, values in tests)


def counts(groups: Mapping[Group, int], query: Query) -> dict[str, dict]:
    """Count per value of each facet under the filters of the other facets, so that a choice can be widened."""
    keep = passing(query)
    inside = [(group, number) for group, number in groups.items() if keep(group)]
    counted = {}
    for index, name in enumerate(FACETS):
        considered = inside
        if query.filters.get(name):
            keep_besides = passing(query, besides=name)
            considered = [(group, number) for group, number in groups.items() if keep_besides(group)]
        tally: Counter[str | int | None] = Counter()
        for group, number in considered:
            tally[group[index]] += number
        del tally[None]
        counted[name] = dict(tally.most_common())
    return counted
