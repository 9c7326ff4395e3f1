"""Who applied, which quotas the panel must meet, and people who count as the same because they answered the same.

People who answered everything alike can take each other's place in a panel without changing a quota. So a panel is, for
the solver, a number of seats for each *type* of answers, and everybody of a type has the same chance.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Person:
    id: str
    answers: Mapping[str, str]


@dataclass(frozen=True, order=True)
class Quota:
    """How many of the panel must have answered `value` to `feature`; both ends count."""

    feature: str
    value: str
    min: int
    max: int


@dataclass(frozen=True)
class Problem:
    """The same whatever the order of people and quotas: both are sorted, people by their id."""

    people: tuple[Person, ...]
    quotas: tuple[Quota, ...]
    seats: int
    types: tuple[tuple[str, ...], ...] = field(init=False)  # answers to the features of the quotas, in their order
    members: tuple[tuple[str, ...], ...] = field(init=False)  # ids of each type

    def __post_init__(self) -> None:
        object.__setattr__(self, "people", tuple(sorted(self.people, key=lambda person: person.id)))
        object.__setattr__(self, "quotas", tuple(sorted(self.quotas)))
        found: dict[tuple[str, ...], list[str]] = {}
        for person in self.people:
            found.setdefault(tuple(person.answers[name] for name in self.features), []).append(person.id)
        object.__setattr__(self, "types", tuple(sorted(found)))
        object.__setattr__(self, "members", tuple(tuple(found[each]) for each in sorted(found)))

    @property
    def features(self) -> tuple[str, ...]:
        return tuple(sorted({quota.feature for quota in self.quotas}))

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many people there are of each type."""
        return tuple(map(len, self.members))

    def types_in(self, quota: Quota) -> list[int]:
        """The places of the types that count for a quota."""
        place = self.features.index(quota.feature)
        return [number for number, answers in enumerate(self.types) if answers[place] == quota.value]


Panel = tuple[int, ...]  # seats of each type


def got(problem: Problem, panel: Sequence[int], quota: Quota) -> int:
    """How many of a panel count for a quota."""
    return sum(panel[number] for number in problem.types_in(quota))
