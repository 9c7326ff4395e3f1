"""Buying together, as the Method of Equal Shares does: every voter has a purse, supporters share a project's cost.

Exact: purses are integers over one common denominator, and voters with equal ballots have one purse. A project is
priced again only when its old price, which can only rise, would still be the lowest.
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
Price = tuple[int, int]  # (amount, points): what those who are not out of money pay for each point


@dataclass(frozen=True)
class Election:
    """What does not change during the count: costs, points, who stands behind which project."""

    cost: Mapping[str, Number]
    points: Mapping[str, int]
    behind: Mapping[str, Sequence[tuple[int, int, Sequence[int]]]]  # (points, weight, groups of voters)
    rank: Mapping[str, int]
    groups: int
    voters: int

    def key(self, one: str, price: Price | None = None, unit: int = 1) -> Key:
        """By what projects are compared. Without a price: the lowest that it can be, every supporter pays in full."""
        cost = self.cost[one]
        rate = Fraction(price[0], price[1] * unit) / cost if price and cost else Fraction(1, self.points[one])
        return rate, cost, -self.points[one], self.rank[one]

    def price(self, one: str, money: Sequence[int], unit: int, known: Price | None = None) -> Price | None:
        """What each point costs those who are not out of money; None if all together cannot pay. `known`: at least."""
        full = int(self.cost[one] * unit)
        amount, points = known or (full, self.points[one])
        found = -1
        while True:
            poor = paid = gone = 0
            for given, weight, groups in self.behind[one]:
                limit = -(-amount * given // points)
                less = [held for held in map(money.__getitem__, groups) if held < limit]
                poor, paid, gone = poor + len(less), paid + weight * sum(less), gone + weight * given * len(less)
            if poor == found or (not poor and known is None):
                return amount, points
            found, amount, points, known = poor, full - paid, self.points[one] - gone, None
            if points <= 0:
                return None

    def pay(self, one: str, money: list[int], share: int) -> int:
        """Take `share` for each point out of the purses of the supporters, or all that is left -> who had less."""
        short = 0
        for given, weight, groups in self.behind[one]:
            due = share * given
            for group in groups:
                left = money[group] - due
                money[group] = max(left, 0)
                short += weight if left < 0 else 0
        return short

    def supporters(self, one: str) -> int:
        """How many voters gave it points."""
        return sum(weight * len(groups) for _, weight, groups in self.behind[one])


@dataclass(frozen=True)
class Purchase:
    """A project bought: what each supporter pays for each point, and how many had less left (voters).

    `level`: others of the same price, cost and points.
    """

    option: str
    share: Fraction
    short: int
    level: tuple[str, ...] = ()


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


def buy(held: Election, share: Number) -> list[Purchase]:
    """All purchases, in their order, when every voter has `share`."""
    unit = lcm(Fraction(share).denominator, *(Fraction(held.cost[one]).denominator for one in held.behind))
    money = [int(share * unit)] * held.groups
    bought: list[Purchase] = []
    heap = [(held.key(one), one) for one in held.behind]
    heapify(heap)
    while heap:
        _, one = heappop(heap)
        if (price := held.price(one, money, unit)) is None:
            continue
        key = held.key(one, price, unit)
        if heap and heap[0][0] < key:
            heappush(heap, (key, one))
            continue
        level = _level(held, key, heap, money, unit)
        finer = price[1] // gcd(*price)
        if finer > 1:
            unit, money = unit * finer, [left * finer for left in money]
        paid = price[0] * finer // price[1]
        short = held.pay(one, money, paid)
        bought.append(Purchase(one, Fraction(paid, unit), short, level))
    return bought


def _level(
    held: Election, key: Key, heap: Sequence[tuple[Key, str]], money: Sequence[int], unit: int
) -> tuple[str, ...]:
    """The others whose price, cost and points are the same now: the published order decides."""
    near = [one for old, one in heap if old[:3] <= key[:3] and old[1:3] == key[1:3]]
    prices = {one: held.price(one, money, unit) for one in near}
    return tuple(one for one, price in prices.items() if price and held.key(one, price, unit)[:3] == key[:3])
