"""What would be bought with any share between two bounds, where that is certain: so that Add1 need not try each.

Every purse is followed by a lower and an upper bound, whole numbers in parts of a unit of money that are as small as
64 bits allow. A price is at least what it is with the fullest purses and at most what it is with the emptiest. A
project is bought only when its highest possible price beats the lowest possible price of every other; else the answer
is that nothing is certain, and the caller counts exactly. So the outcome is the one of the definition, to the last
project; numpy is only asked for sums and comparisons of whole numbers.
"""

from fractions import Fraction
from heapq import heapify, heappop, heapreplace
from math import ceil, floor
from typing import Any

import numpy as np

from proposals.ballots.counting.exact import Number
from proposals.ballots.counting.purses import Election, Price

MOST = 1 << 62  # every sum of what voters have, and every sum of points, stays below
Money = Any  # one whole number per group of voters: what each of its voters has
Key = tuple[int, int]  # as `purses.Key`: the price for each point and unit of cost in small parts, then the place


class Supporters:
    """The groups behind one project: which they are, how many voters each is, the points each gives."""

    def __init__(self, rows: Any) -> None:
        kinds = [(given, weight, members) for given, weight, members in rows]
        sizes = [len(members) for *_, members in kinds]
        self.groups = np.concatenate([np.array(members, np.int64) for *_, members in kinds])
        self.weights = np.repeat(np.array([weight for _, weight, _ in kinds], np.int64), sizes)
        self.given = np.repeat(np.array([given for given, _, _ in kinds], np.int64), sizes)
        values, self.place = np.unique(self.given, return_inverse=True)
        self.values = values.tolist()

    def times(self, numerator: int, denominator: int = 1) -> Any:
        """numerator * points / denominator of each group, rounded up; MOST where it is more than that."""
        each = [min(-(-numerator * given // denominator), MOST) for given in self.values]
        return each[0] if len(each) == 1 else np.array(each, np.int64)[self.place]


class Leaps:
    """An election in arrays, prepared once for many counts."""

    def __init__(self, held: Election) -> None:
        self.held = held
        self.fits = all(points < MOST for points in held.points.values())
        self.behind = {one: Supporters(rows) for one, rows in held.behind.items()} if self.fits else {}
        self.cost = {one: Fraction(held.cost[one]).as_integer_ratio() for one in held.behind}
        order = sorted(held.behind, key=lambda one: held.key(one)[1:])
        self.place = {one: number for number, one in enumerate(order)}

    def bought(self, low: Number, high: Number) -> tuple[str, ...] | None:
        """The projects in the order of their purchase, whatever the share; None where it is not certain."""
        parts = MOST // max(1, ceil(high) * self.held.voters)
        return Leap(self, low, high, parts).bought() if self.fits and parts else None


class Leap:
    """One count with all shares from `low` to `high` at once."""

    def __init__(self, leaps: Leaps, low: Number, high: Number, parts: int) -> None:
        self.held, self.behind, self.parts = leaps.held, leaps.behind, parts
        self.cost, self.place = leaps.cost, leaps.place
        # two different prices are further apart than one part of their denominators' product: no order is lost
        largest = max((over for over, _ in self.cost.values()), default=0)
        self.fine = 2 * (max(largest, 1) * parts * max(self.held.points.values(), default=1)).bit_length()
        self.low: Money = np.full(self.held.groups, floor(low * parts), np.int64)
        self.high: Money = np.full(self.held.groups, ceil(high * parts), np.int64)
        self.known: dict[str, Price] = {}
        self.heap = [(self._key(one, (1, self.held.points[one]), free=True), one) for one in self.held.behind]
        heapify(self.heap)

    def bought(self) -> tuple[str, ...] | None:
        """See `Leaps.bought`."""
        order: list[str] = []
        while self.heap:
            one = self.heap[0][1]
            key = self._lowest(one)
            if key is None:
                heappop(self.heap)
            elif self.heap[0][0] < key:
                heapreplace(self.heap, (key, one))
            else:
                heappop(self.heap)
                if not self._buy(one):
                    return None
                order.append(one)
        return tuple(order)

    def _key(self, one: str, price: Price, free: bool = False) -> Key:
        over, under = self.cost[one]
        if free or not over:
            return (1 << self.fine) // self.held.points[one], self.place[one]
        return ((price[0] * under) << self.fine) // (price[1] * self.parts * over), self.place[one]

    def _lowest(self, one: str) -> Key | None:
        """The lowest that its price can be now, with the fullest purses; None where even they are not enough."""
        price = self._price(one, self.high, floor(self.held.cost[one] * self.parts), self.known.get(one))
        if price is None:
            return None
        self.known[one] = price
        return self._key(one, price)

    def _buy(self, one: str) -> bool:
        """Pay for it, if it is certain that it is next."""
        dear = self._price(one, self.low, ceil(self.held.cost[one] * self.parts))
        if dear is None:
            return False
        worst = self._key(one, dear)
        while self.heap and self.heap[0][0] < worst:
            old, other = self.heap[0]
            key = self._lowest(other)
            if key is None:
                heappop(self.heap)
            elif key < worst:
                return False
            else:
                heapreplace(self.heap, (key, other))
        cheap, groups = self.known[one], self.behind[one].groups
        self.low[groups] = np.maximum(self.low[groups] - self.behind[one].times(*dear), 0)
        self.high[groups] = np.maximum(self.high[groups] - self.behind[one].times(cheap[0] // cheap[1]), 0)
        return True

    def _price(self, one: str, money: Money, cost: int, known: Price | None = None) -> Price | None:
        """As `Election.price`: what each point costs those who are not out of money. `known`: at least that."""
        behind, total = self.behind[one], self.held.points[one]
        purses = money[behind.groups]
        amount, points = known or (cost, total)
        found = -1
        while True:
            less = (purses < behind.times(amount, points)).nonzero()[0]
            poor = len(less)
            if poor == found or (not poor and known is None):
                return amount, points
            weights = behind.weights[less]
            paid, gone = int(purses[less] @ weights), int(weights @ behind.given[less])
            found, amount, points, known = poor, cost - paid, total - gone, None
            if points <= 0:
                return None
