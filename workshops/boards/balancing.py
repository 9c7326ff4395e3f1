"""Teams that are as alike as can be. Pure: no database, no randomness.

The people are parted into teams whose sizes differ by at most one, so that each answer is spread as evenly as possible:
the sum over answers and teams of (how many in the team gave it)^2 is made as small as possible, which is the variance
criterion of Papenberg & Klau, "Using anticlustering to partition data sets into equivalent parts", Psychological
Methods 26 (2021), for answers instead of numbers. A first parting is improved by their exchange of pairs; unless it has
then reached the least that whole numbers allow, branch and bound (Land & Doig, Econometrica 28, 1960) looks for a
better one until it has proved that there is none, or has looked at `STEPS` places.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

STEPS = 3_000  # places looked at, about a fifth of a second; the best found by then is used
Answers = Mapping[str, str]


@dataclass(frozen=True)
class Parting:
    """`teams`: the places of the people in what was given. `proved`: no parting is more even."""

    teams: tuple[tuple[int, ...], ...]
    cost: int
    proved: bool


def part_evenly(people: Sequence[Answers], teams: int) -> Parting:
    """Part `people`, each with their answers by question, into `teams`. The same people in the same order are always
    parted the same way; who gave no answer to a question counts for none of its answers.

    Raises:
        ValueError: fewer than one team.
    """
    if teams < 1:
        raise ValueError("no team")
    search = _Search([tuple(sorted(person.items())) for person in people], teams)
    search.begin()
    search.exchange()
    if search.cost > search.least:
        search.look()
    members = [tuple(sorted(who for who, team in enumerate(search.best) if team == number)) for number in range(teams)]
    return Parting(tuple(members), search.cost, search.cost == search.least or search.steps < STEPS)


@dataclass
class _Search:
    people: list[tuple[tuple[str, str], ...]]
    teams: int
    best: list[int] = field(default_factory=list)
    cost: int = 0
    steps: int = 0

    def __post_init__(self) -> None:
        totals = Counter(answer for person in self.people for answer in person)
        self.least = sum(_evenly(total, self.teams) for total in totals.values())
        few, more = divmod(len(self.people), self.teams)
        self.room = [few + (number < more) for number in range(self.teams)]
        # Those with rare answers first: they leave the least choice.
        self.order = sorted(range(len(self.people)), key=lambda who: (sum(totals[a] for a in self.people[who]), who))
        self.counts: list[Counter[tuple[str, str]]] = [Counter() for _ in range(self.teams)]

    def _more(self, who: int, team: int) -> int:
        """How much dearer it gets with this person in the team: (n+1)^2 - n^2 for each answer."""
        return sum(2 * self.counts[team][answer] + 1 for answer in self.people[who])

    def _put(self, who: int, team: int, by: int = 1) -> None:
        for answer in self.people[who]:
            self.counts[team][answer] += by

    def begin(self) -> None:
        """Each to the team where it costs least."""
        self.best, left = [0] * len(self.people), list(self.room)
        for who in self.order:
            team = min((t for t in range(self.teams) if left[t]), key=lambda t: (self._more(who, t), -left[t], t))
            self.cost += self._more(who, team)
            self._put(who, team)
            self.best[who], left[team] = team, left[team] - 1

    def exchange(self) -> None:
        """Two people change places as long as that makes it more even."""
        better = True
        while better and self.cost > self.least:
            better = any(self._change(a, b) for a in self.order for b in self.order if a < b)

    def _change(self, a: int, b: int) -> bool:
        home, there = self.best[a], self.best[b]
        if home == there:
            return False
        self._put(a, home, -1), self._put(b, there, -1)
        before = self._more(a, home) + self._more(b, there)
        after = self._more(a, there) + self._more(b, home)
        if after < before:
            self.best[a], self.best[b], self.cost = there, home, self.cost + after - before
        self._put(a, self.best[a]), self._put(b, self.best[b])
        return after < before

    def look(self) -> None:
        """Depth first through all partings that can still be better than the best one."""
        self.counts = [Counter() for _ in range(self.teams)]
        rest: list[Counter[tuple[str, str]]] = [Counter()]
        for who in reversed(self.order):
            rest.append(rest[-1] + Counter(self.people[who]))
        self._descend(0, 0, list(self.room), [0] * len(self.people), rest[::-1])

    def _descend(self, depth: int, cost: int, left: list[int], chosen: list[int], rest: list[Counter[tuple[str, str]]]
                 ) -> None:  # fmt: skip
        if depth == len(self.order):
            self.best, self.cost = list(chosen), cost
            return
        who, untouched = self.order[depth], set()
        choices = sorted((self._more(who, team), team) for team in range(self.teams) if left[team])
        for more, team in choices:
            fresh = left[team] == self.room[team] and self.room[team]  # teams that are still empty are all alike
            if fresh in untouched or self.cost == self.least or self.steps >= STEPS:
                continue
            if fresh:
                untouched.add(fresh)
            self.steps += 1
            self._put(who, team)
            if cost + more + self._at_least(rest[depth + 1]) < self.cost:
                chosen[who], left[team] = team, left[team] - 1
                self._descend(depth + 1, cost + more, left, chosen, rest)
                left[team] += 1
            self._put(who, team, -1)

    def _at_least(self, rest: Counter[tuple[str, str]]) -> int:
        """What those who have no team yet add at the very least: each answer goes where it is rarest."""
        added = 0
        for answer, number in rest.items():
            counts = sorted(team[answer] for team in self.counts)
            added += _filled(counts, number) - sum(count * count for count in counts)
        return added


def _filled(counts: Sequence[int], number: int) -> int:
    """The least sum of squares when `number` more are laid onto `counts` (ascending): water finds its level."""
    total = 0
    for place in range(len(counts), 0, -1):
        level = (sum(counts[:place]) + number) // place
        if level >= counts[place - 1]:
            return total + _evenly(sum(counts[:place]) + number, place)
        total += counts[place - 1] ** 2
    return total


def _evenly(number: int, teams: int) -> int:
    """The sum of squares of `number` spread over `teams` as evenly as whole numbers allow."""
    each, more = divmod(number, teams)
    return more * (each + 1) ** 2 + (teams - more) * each**2
