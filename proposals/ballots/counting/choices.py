"""What a voter may choose, for each method, and how it is read.

yes_no      "yes" | "no" | "abstain"
approval    ["a", "b"]
score       {"a": 3, "b": -1}
ranked      [["a"], ["b", "c"]]: best first, those that stand equal together; options left out stand below all
budgets     approval ["a", "b"] · ordinal ["a", "b"], best first · cumulative and scoring {"a": 3}
"""

from collections.abc import Mapping, Sequence
from typing import Any

from proposals.ballots.counting.model import ANSWERS, BUDGETS, RANKED, Option, Rules

MOST_POINTS = 10**9


class BadChoice(ValueError):
    """A choice that its ballot does not allow: `code` says why, `option` which one, `limit` what would be allowed."""

    def __init__(self, code: str, option: str = "", limit: Any = None) -> None:
        super().__init__(f"{code}{f' {option!r}' if option else ''}")
        self.code, self.option, self.limit = code, option, limit


def shape(rules: Rules) -> str:
    """Which of the shapes above a choice has: answer, list, ranks or points."""
    if rules.method == "yes_no":
        return "answer"
    if rules.method in RANKED:
        return "ranks"
    return "points" if rules.method == "score" or (rules.method in BUDGETS and pointed(rules)) else "list"


def pointed(rules: Rules) -> bool:
    """Whether voters on a budget give points."""
    return rules.vote in ("cumulative", "scoring")


def chosen(choice: Any, rules: Rules) -> tuple[str, ...]:
    """The ids that a choice names, in its own order; what is no choice of this shape names BadChoice `shape`."""
    kind = shape(rules)
    if kind == "answer" and choice in ANSWERS:
        return (choice,)
    if kind == "list" and isinstance(choice, list | tuple):
        return _texts(choice)
    if kind == "ranks" and isinstance(choice, list | tuple) and all(isinstance(rank, list | tuple) for rank in choice):
        return _texts([one for rank in choice for one in rank])
    if kind == "points" and isinstance(choice, Mapping) and all(type(one) is int for one in choice.values()):
        return _texts(tuple(choice))
    raise BadChoice("shape")


def read_choice(choice: Any, known: frozenset[str], rules: Rules) -> tuple[str, ...]:
    """The ids a choice names, each known and named once; limits of number, cost and points are `check_choice`'s.

    Raises:
        BadChoice: shape, unknown, twice, points (out of all bounds).
    """
    ids = chosen(choice, rules)
    if rules.method == "yes_no":
        return ids
    seen: set[str] = set()
    for one in ids:
        if one not in known:
            raise BadChoice("unknown", one)
        if one in seen:
            raise BadChoice("twice", one)
        seen.add(one)
        if isinstance(choice, Mapping) and abs(choice[one]) > MOST_POINTS:
            raise BadChoice("points", one, MOST_POINTS)
    return ids


def check_choice(choice: Any, options: Sequence[Option], rules: Rules) -> None:
    """Whether a voter may cast this.

    Raises:
        BadChoice: as `read_choice`, and too_few, too_many, too_dear, scale, too_many_points.
    """
    ids = read_choice(choice, frozenset(one.id for one in options), rules)
    if rules.method == "yes_no":
        return
    if len(ids) < rules.min_choices:
        raise BadChoice("too_few", limit=rules.min_choices)
    if rules.max_choices and len(ids) > rules.max_choices:
        raise BadChoice("too_many", limit=rules.max_choices)
    cost = {one.id: one.cost for one in options}
    if rules.max_cost and sum(cost[one] for one in ids) > rules.max_cost:
        raise BadChoice("too_dear", limit=rules.max_cost)
    if isinstance(choice, Mapping):
        _check_points(choice, rules)


def _check_points(points: Mapping[str, int], rules: Rules) -> None:
    lowest, highest = (0, rules.points) if rules.vote == "cumulative" and rules.method in BUDGETS else (
        rules.lowest, rules.highest)  # fmt: skip
    for one, given in points.items():
        if given < lowest or (highest and given > highest):
            raise BadChoice("scale", one, (lowest, highest))
    if rules.points and sum(points.values()) > rules.points:
        raise BadChoice("too_many_points", limit=rules.points)


def _texts(ids: Sequence[Any]) -> tuple[str, ...]:
    if not all(isinstance(one, str) for one in ids):
        raise BadChoice("shape")
    return tuple(ids)
