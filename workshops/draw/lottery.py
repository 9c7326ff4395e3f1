"""A fair lottery over panels: the smallest chance as large as the quotas allow, then the next smallest, and so on.

After Flanigan, Gölz, Gupta, Hennig and Procaccia, "Fair algorithms for selecting citizens' assemblies", Nature 596
(2021), algorithm LEXIMIN: a linear programme gives the chances of the panels known so far and a price for the chance of
each person; an integer programme finds the panel that is worth most at these prices; when none is worth more than what
the programme pays, the smallest chance is as large as possible, and is kept for those who cannot have more.

Limits count steps, not seconds. A pool of very many different answers may reach them; `ceiling` then says what at most
could have been reached, so that anybody sees how near the lottery came.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from workshops.draw.problem import Panel, Problem
from workshops.draw.solver import Ceiling, Chances, Panels

CLOSE = 1e-7  # chances nearer than this are the same
MOST_PANELS = 400  # that are looked for
PER_ROUND = 6  # panels looked for at one set of prices
TOTAL = 10**7  # the chances of panels are published as whole numbers of about this sum


class NoPanel(Exception):
    """No panel meets the quotas."""


@dataclass(frozen=True)
class Lottery:
    """Panels with whole numbers: each is drawn with its weight out of the sum of all."""

    panels: tuple[tuple[Panel, int], ...]
    sizes: tuple[int, ...]
    ceiling: float  # no lottery that meets the quotas has a larger smallest chance
    complete: bool  # whether all chances were made as equal as possible before the limit of steps

    @property
    def total(self) -> int:
        return sum(weight for _, weight in self.panels)

    def chances(self) -> tuple[Fraction, ...]:
        """The chance of each person of each type, exactly."""
        return tuple(
            Fraction(sum(weight * panel[number] for panel, weight in self.panels), self.total * size)
            for number, size in enumerate(self.sizes)
        )


class Search:
    """The panels known so far, and what they make possible."""

    def __init__(self, problem: Problem, tell: Callable[[int], None]) -> None:
        self.sizes, self.tell = problem.sizes, tell
        self.source, self.chances, self.ceiling = Panels(problem), Chances(problem.sizes), Ceiling(problem)
        self.known: dict[Panel, None] = {}
        self.asked = 0
        self.fixed: list[float | None] = [None] * len(self.sizes)

    def ask(self, worth: Sequence[float], *, rough: bool = True) -> Panel:
        self.asked += 1
        self.tell(self.asked)
        panel = self.source.best(worth, rough=rough)
        if panel is None:
            raise NoPanel
        if panel not in self.known:
            self.known[panel] = None
            self.chances.add(panel)
        return panel

    def begin(self, seats: int) -> None:
        """Panels that between them take everybody in turn: whoever was seldom in one is worth more in the next."""
        drawn = [0] * len(self.sizes)
        for _ in range(min(MOST_PANELS // 2, 3 * -(-sum(self.sizes) // max(1, seats)))):
            panel = self.ask([0.5 ** min(50.0, count / size) for count, size in zip(drawn, self.sizes, strict=True)])
            drawn = [count + seats for count, seats in zip(drawn, panel, strict=True)]

    def stage(self) -> bool:
        """Make the smallest chance of those not yet fixed as large as possible, and fix those who cannot have more.
        False if the limit came first."""
        bound, _ = self.ceiling.find(self.fixed)
        while True:
            smallest, _, prices, paid = self.chances.find()
            if smallest >= bound - CLOSE:
                break
            if self.asked >= MOST_PANELS:
                return False
            if not self._improve(prices, paid):
                break
        self._fix(smallest, prices)
        return True

    def _improve(self, prices: Sequence[float], paid: float) -> bool:
        """Look for panels that are worth more than is paid; each next one at lower prices for whom the last one had."""
        worth = [price / size for price, size in zip(prices, self.sizes, strict=True)]
        value = 0.0
        for place in range(PER_ROUND):
            panel = self.ask(worth, rough=place > 0)
            if place == 0:
                value = sum(price * seats for price, seats in zip(worth, panel, strict=True))
                if value <= abs(paid) + CLOSE:
                    return False
            worth = [price / 2 if seats else price for price, seats in zip(worth, panel, strict=True)]
        return True

    def _fix(self, smallest: float, prices: Sequence[float]) -> None:
        """Whose chance has a price cannot have more while all others keep theirs (complementary slackness)."""
        tight = [number for number, chance in enumerate(self.fixed) if chance is None and prices[number] > CLOSE]
        waiting = [number for number, chance in enumerate(self.fixed) if chance is None]
        for number in tight or waiting:
            self.fixed[number] = max(0.0, smallest - CLOSE)
            self.chances.fix(number, max(0.0, smallest - CLOSE))


def fair_lottery(problem: Problem, tell: Callable[[int], None] = lambda asked: None) -> Lottery:
    """The fairest lottery over panels that meet every quota; `tell` hears how many panels were looked for.

    Raises:
        NoPanel: there is none.
    """
    search = Search(problem, tell)
    search.ask([0.0] * len(problem.sizes))
    ceiling, _ = search.ceiling.find(search.fixed)
    search.begin(problem.seats)
    complete = True
    while complete and None in search.fixed:
        complete = search.stage()
    _, parts, _, _ = search.chances.find()
    weighed = [(panel, round(part * TOTAL)) for panel, part in zip(search.known, parts, strict=True)]
    kept = tuple(sorted((panel, weight) for panel, weight in weighed if weight > 0))
    return Lottery(kept, problem.sizes, ceiling, complete)
