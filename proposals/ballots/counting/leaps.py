"""What would be bought with any share between two bounds, where that is certain: so that Add1 need not try each.

Every purse is followed by a lower and an upper bound, integers in parts of 2^-80 of a unit of money. A price is at
least what it is with the fullest purses and at most what it is with the emptiest. A project is bought only when its
highest possible price beats the lowest possible price of every other; else the answer is that nothing is certain, and
the caller counts exactly. So the outcome is the one of the definition, to the last project.
"""

from heapq import heapify, heappop, heapreplace

from proposals.ballots.counting.purses import Election, Key, Price

PARTS = 1 << 80


class Leap:
    """One count with all shares from `low` to `high` at once."""

    def __init__(self, held: Election, low: int, high: int) -> None:
        self.held = held
        self.low = [low * PARTS] * held.groups
        self.high = [high * PARTS] * held.groups
        self.known: dict[str, Price] = {}
        self.heap = [(held.key(one), one) for one in held.behind]
        heapify(self.heap)

    def bought(self) -> tuple[str, ...] | None:
        """The projects in the order of their purchase, whatever the share; None where it is not certain."""
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

    def _lowest(self, one: str) -> Key | None:
        """The lowest that its price can be now, with the fullest purses; None where even they are not enough."""
        price = self.held.price(one, self.high, PARTS, self.known.get(one))
        if price is None:
            return None
        self.known[one] = price
        return self.held.key(one, price, PARTS)

    def _buy(self, one: str) -> bool:
        """Pay for it, if it is certain that it is next."""
        dear = self.held.price(one, self.low, PARTS)
        if dear is None:
            return False
        worst = self.held.key(one, dear, PARTS)
        while self.heap and self.heap[0][0] < worst:
            old, other = self.heap[0]
            key = self._lowest(other)
            if key is None:
                heappop(self.heap)
            elif key < worst:
                return False
            else:
                heapreplace(self.heap, (key, other))
        cheap = self.known[one]
        self.held.pay(one, self.low, -(-dear[0] // dear[1]))
        self.held.pay(one, self.high, cheap[0] // cheap[1])
        return True
