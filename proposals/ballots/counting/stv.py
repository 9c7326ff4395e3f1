"""Single transferable vote, as Scotland's councils are elected: weighted inclusive Gregory method.

The Scottish Local Government Elections Order 2011 (SSI 2011/399), schedule 1, rules 45 to 52: Droop's quota; of a
surplus every paper is passed on, worth surplus x its value / votes of the candidate, to five decimals, the rest being
dropped; largest surplus first; then whoever has the fewest votes leaves. Ties: the latest earlier stage at which the
votes differed, then the lot, which here is the published order. The Order knows no equal ranks; here such a paper is
parted equally among them.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from proposals.ballots.counting.exact import Number, exact
from proposals.ballots.counting.model import Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.ranking import Ranks, best_of, grouped
from proposals.ballots.counting.ties import Ties

UNIT = 100_000  # five decimals: votes are counted in these parts
Papers = Counter[tuple[Ranks, int]]  # how many papers of a ranking and a value


def count_stv(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """`seats` winners in the order of their election; `counts` are the first preferences."""
    count = _Count(ballots, options, rules)
    count.deal(Counter({(ranks, UNIT): weight for ranks, weight in grouped(ballots).items() if ranks}))
    first = count.votes()
    count.steps.append(Step("quota", (), {"valid": count.valid, "seats": rules.seats, "quota": shown(count.quota)},
                            {one: shown(first[one]) for one in count.ties.sort(first)}))  # fmt: skip
    while True:
        count.elect()
        if len(count.elected) >= rules.seats or not count.standing:
            break
        if len(count.standing) <= rules.seats - len(count.elected):
            count.elect(everybody=True)
            break
        if over := [one for one in count.elected if count.piled[one] > count.quota]:
            count.pass_surplus(count.choose(over, max))
        else:
            count.exclude(count.choose(count.standing, min))
    rest = count.ties.sort({one: count.piled[one] for one in count.standing})
    order = (*count.elected, *rest, *reversed(count.out))
    counts = {one: shown(first[one]) for one in count.ties.sort(first)}
    winners = tuple(count.elected)
    return Result(rules.method, winners, order, counts, steps=tuple(count.steps), ties=tuple(count.ties.broken))


def shown(units: int) -> Number:
    """Votes out of parts of votes."""
    return exact(Fraction(units, UNIT))


class _Count:
    """Where the papers lie, and who is elected, standing or out."""

    def __init__(self, ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> None:
        self.ties = Ties(options, rules)
        self.standing = self.ties.in_order(one.id for one in options)
        self.papers: dict[str, Papers] = {one: Counter() for one in self.standing}
        self.piled = dict.fromkeys(self.standing, 0)
        self.elected: list[str] = []
        self.out: list[str] = []
        self.stages: list[dict[str, int]] = []
        self.steps: list[Step] = []
        self.valid = sum(weight for ranks, weight in grouped(ballots).items() if ranks)
        self.seats = rules.seats
        self.quota = (self.valid // (rules.seats + 1) + 1) * UNIT

    def votes(self) -> dict[str, int]:
        """Votes of those who stand, in parts."""
        return {one: self.piled[one] for one in self.standing}

    def deal(self, papers: Mapping[tuple[Ranks, int], int]) -> dict[str, int]:
        """Give papers to the best option that still stands; returns who gained what, in parts of votes."""
        gains: Counter[str] = Counter()
        still = frozenset(self.standing)
        for (ranks, value), number in papers.items():
            best = best_of(ranks, still)
            for one in best:
                self.papers[one][ranks, value // len(best)] += number
                gains[one] += value // len(best) * number
        for one, more in gains.items():
            self.piled[one] += more
        self.stages.append(dict(self.piled))
        return dict(gains)

    def elect(self, everybody: bool = False) -> None:
        """Whoever has the quota is elected, the most votes first; `everybody`: the seats are as many as who stands."""
        votes = self.votes()
        reached = [one for one in self.ties.sort(votes) if everybody or votes[one] >= self.quota]
        reached = reached[: self.seats - len(self.elected)]
        if reached:
            kind, table = "last_seats" if everybody else "elected", {one: shown(votes[one]) for one in reached}
            self.steps.append(Step(kind, tuple(reached), {"quota": shown(self.quota)}, table))
        self.elected += reached
        self.standing = [one for one in self.standing if one not in reached]

    def choose(self, among: Iterable[str], extreme: type[max] | type[min]) -> str:
        """The one with the most or the fewest votes; ties go back through the stages, then to the published order."""
        level = list(among)
        for stage in reversed(self.stages):
            value = extreme(stage[one] for one in level)
            level = [one for one in level if stage[one] == value]
            if len(level) == 1:
                return level[0]
        return self.ties.first(level) if extreme is max else self.ties.last(level)

    def pass_surplus(self, one: str) -> None:
        """Pass on all papers of an elected option at what its surplus leaves of their value."""
        surplus, total = self.piled[one] - self.quota, self.piled[one]
        papers: Papers = Counter()
        for (ranks, value), number in self.papers[one].items():
            papers[ranks, surplus * value // total] += number
        self.papers[one], self.piled[one] = Counter(), self.quota
        gains = self.deal(papers)
        numbers: dict[str, Number] = {"surplus": shown(surplus), "votes": shown(total)}
        self._tell("surplus", one, numbers, surplus, gains)

    def exclude(self, one: str) -> None:
        """Take out the weakest and pass its papers on at the value they have."""
        self.standing.remove(one)
        self.out.append(one)
        papers, total = self.papers[one], self.piled[one]
        self.papers[one], self.piled[one] = Counter(), 0
        self._tell("excluded", one, {"votes": shown(total)}, total, self.deal(papers))

    def _tell(self, kind: str, one: str, numbers: dict[str, Number], moved: int, gains: Mapping[str, int]) -> None:
        """A transfer and how the votes stand then; `spent` found no further option or was dropped as a remainder."""
        spent = shown(moved - sum(gains.values()))
        table = {other: shown(gains[other]) for other in sorted(gains, key=lambda key: (-gains[key], key))}
        self.steps.append(Step(kind, (one,), numbers | {"spent": spent}, table))
        votes = {other: self.piled[other] for other in (*self.elected, *self.standing)}
        stood = {other: shown(votes[other]) for other in self.ties.sort(votes)}
        self.steps.append(Step("stage", (), {"stage": len(self.stages)}, stood))
