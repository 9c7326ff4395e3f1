"""Buying together, as the Method of Equal Shares does: every voter has a purse, supporters share a project's cost.

Exact and quick: purses are integers over one common denominator, voters with equal ballots have one purse, a project
is priced again only when its old price, which can only rise, would still be the lowest, and what is bought while
nobody's purse is too small stays bought when all purses grow.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd, lcm

from proposals.ballots.counting.budgets import Points, supporters
from proposals.ballots.counting.exact import Number

# the price for each point and unit of cost, the cost, minus the points, the place in the published order
Key = tuple[Fraction, Number, int, int]


@dataclass(frozen=True)
class Election:
    """What does not change during the count: costs, points, who stands behind which project."""

    cost: Mapping[str, Number]
    points: Mapping[str, int]
    behind: Mapping[str, Sequence[tuple[int, int, Sequence[int]]]]  # (points, weight, groups of voters)
    rank: Mapping[str, int]
    groups: int
    voters: int

    def base(self, one: str) -> Key:
        """The lowest that the price of a project can be: every supporter pays in full."""
        return Fraction(1, self.points[one]), self.cost[one], -self.points[one], self.rank[one]


@dataclass(frozen=True)
class Purchase:
    """A project bought: what each supporter pays for each point, and how many supporters had less than that left."""

    option: str
    share: Fraction
    level: tuple[str, ...] = ()  # projects of the same price, cost and points: the published order decided


def election(
    groups: Mapping[Points, int], cost: Mapping[str, Number], points: Mapping[str, int], rank: Mapping[str, int]
) -> Election:
    """Supporters sorted by their points and by how many voters share one purse; projects without points drop out."""
    weights = list(groups.values())
    behind: dict[str, dict[tuple[int, int], list[int]]] = {}
    for one, group, given in supporters(groups):
        behind.setdefault(one, {}).setdefault((given, weights[group]), []).append(group)
    rows = {one: [(p, w, found) for (p, w), found in kinds.items()] for one, kinds in behind.items()}
    return Election(cost, points, rows, rank, len(weights), sum(weights))


class Purses:
    """The purses during one count; `copy` to try out a count, `grow` to begin the next one with more money."""

    def __init__(self, held: Election, endowment: Number) -> None:
        self.held = held
        self.unit = lcm(Fraction(endowment).denominator, *(Fraction(held.cost[one]).denominator for one in held.behind))
        self.money = [int(endowment * self.unit)] * held.groups
        self.bought: list[Purchase] = []
        self.waiting = sorted(held.behind, key=held.base)

    def grow(self) -> None:
        """One unit of currency more in every purse."""
        self.money = [held + self.unit for held in self.money]

    def buy_what_all_can_pay(self) -> None:
        """Buy the cheapest project as long as no supporter lacks money: with more money it would be bought too."""
        while self.waiting and self._whole(price := self.price(self.waiting[0]), self.waiting[0]):
            self._pay(self.waiting.pop(0), price)

    def finish(self, tell: bool = False) -> list[Purchase]:
        """Buy on until no project can be paid; the purses themselves stay as they are. `tell`: ties are looked for."""
        trial = Purses.__new__(Purses)
        trial.held, trial.unit, trial.money = self.held, self.unit, list(self.money)
        trial.bought, trial.waiting = list(self.bought), []
        heap = [(self.held.base(one), one) for one in self.waiting]
        heapify(heap)
        while heap:
            _, one = heappop(heap)
            if (price := trial.price(one)) is None:
                continue
            key = trial.key(one, price)
            if heap and heap[0][0] < key:
                heappush(heap, (key, one))
            else:
                trial._pay(one, price, trial._level(key, heap) if tell else ())
        return trial.bought

    def price(self, one: str) -> tuple[int, int] | None:
        """(amount, points): what each point costs those who are not out of money; None if all together cannot pay."""
        full = int(self.held.cost[one] * self.unit)
        amount, points, found = full, self.held.points[one], -1
        while points > 0:
            poor = paid = gone = 0
            for given, weight, groups in self.held.behind[one]:
                limit = -(-amount * given // points)
                less = [held for held in map(self.money.__getitem__, groups) if held < limit]
                poor, paid, gone = poor + len(less), paid + weight * sum(less), gone + weight * given * len(less)
            if poor == found or not poor:
                return amount, points
            found, amount, points = poor, full - paid, self.held.points[one] - gone
        return None

    def key(self, one: str, price: tuple[int, int]) -> Key:
        """By what projects are compared: the price for each point and unit of cost, then cost, points, the order."""
        _, cost, points, rank = self.held.base(one)
        free = Fraction(1, self.held.points[one])  # without cost nobody pays, however dear a point would be
        return Fraction(price[0], price[1] * self.unit) / cost if cost else free, cost, points, rank

    def _whole(self, price: tuple[int, int] | None, one: str) -> bool:
        return price is not None and price[1] == self.held.points[one]

    def _pay(self, one: str, price: tuple[int, int], level: tuple[str, ...] = ()) -> None:
        finer = price[1] // gcd(*price)
        if finer > 1:
            self.unit *= finer
            self.money = [held * finer for held in self.money]
        share = price[0] * finer // price[1]
        for given, _, groups in self.held.behind[one]:
            due = share * given
            for group in groups:
                held = self.money[group]
                self.money[group] = held - due if held > due else 0
        self.bought.append(Purchase(one, Fraction(share, self.unit), level))

    def _level(self, key: Key, heap: Sequence[tuple[Key, str]]) -> tuple[str, ...]:
        """The others whose price, cost and points are the same now."""
        near = [one for old, one in heap if old[:3] <= key[:3] and old[1:3] == key[1:3]]
        return tuple(one for one in near if (price := self.price(one)) and self.key(one, price)[:3] == key[:3])
