"""Schulze's method: every pair is compared, and chains of wins decide where the comparisons run in a circle.

M. Schulze, "A new monotonic, clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
method", Social Choice and Welfare 36 (2011), 267-303: the strength of a link is the number of winning votes (sect.
2.1), of a path its weakest link, and a beats b if the strongest path from a to b is stronger than that from b to a.
Equal ranks are a preference neither way; options left out stand equal below all ranked ones (sect. 2.1). Where this
leaves several winners or places open, the published order decides: it is the tie-breaking ranking of the candidates
of sect. 5, drawn by seed.
"""

from collections.abc import Mapping, Sequence

from proposals.ballots.counting.model import Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.ranking import Ranks, grouped
from proposals.ballots.counting.ties import Ties

Pairs = dict[tuple[str, str], int]


def count_schulze(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """The first `seats` of Schulze's ranking; `counts`: over how many others an option has the stronger path."""
    ties = Ties(options, rules)
    ids = [one.id for one in options]
    votes = preferences(grouped(ballots), ids)
    strength, steps = strongest_paths(votes, ids)
    order: list[str] = []
    while left := [one for one in ids if one not in order]:
        best = [a for a in left if all(strength[a, b] >= strength[b, a] for b in left if a != b)]
        order.append(ties.first(best) if len(order) < rules.seats else min(best, key=ties.rank.__getitem__))
    wins = {a: sum(strength[a, b] > strength[b, a] for b in ids if a != b) for a in order}
    told = [*_pairs(votes, order), *_paths(votes, strength, steps, order)]
    winners = tuple(order[: rules.seats])
    told.append(Step("ranked", tuple(order), {"seats": rules.seats}, wins))
    return Result(rules.method, winners, tuple(order), wins, steps=tuple(told), ties=tuple(ties.broken))


def preferences(piles: Mapping[Ranks, int], ids: Sequence[str]) -> Pairs:
    """For every pair how many voters put the first above the second."""
    votes: Pairs = {(a, b): 0 for a in ids for b in ids if a != b}
    for ranks, weight in piles.items():
        below = set(ids)
        for rank in ranks:
            below.difference_update(rank)
            for a in rank:
                for b in below:
                    votes[a, b] += weight
    return votes


def strongest_paths(votes: Pairs, ids: Sequence[str]) -> tuple[Pairs, dict[tuple[str, str], str]]:
    """Strength of the strongest path of every pair, and its last stop but one (Floyd and Warshall; sect. 2.3.1)."""
    strength = {(a, b): votes[a, b] if votes[a, b] > votes[b, a] else 0 for a, b in votes}
    before = {(a, b): a for a, b in votes}
    for via in ids:
        for a in ids:
            for b in ids:
                if len({via, a, b}) == 3 and (through := min(strength[a, via], strength[via, b])) > strength[a, b]:
                    strength[a, b], before[a, b] = through, before[via, b]
    return strength, before


def _pairs(votes: Pairs, order: Sequence[str]) -> list[Step]:
    return [Step("pair", (a, b), {"for": votes[a, b], "against": votes[b, a]})
            for place, a in enumerate(order) for b in order[place + 1 :]]  # fmt: skip


def _paths(votes: Pairs, strength: Pairs, before: dict[tuple[str, str], str], order: Sequence[str]) -> list[Step]:
    """Each pair in which the winner of the comparison is not simply ranked higher: the path that decides it."""
    told = []
    for place, a in enumerate(order):
        for b in order[place + 1 :]:
            if strength[a, b] > strength[b, a] and votes[a, b] <= votes[b, a]:
                stops = [b]
                while stops[0] != a:
                    stops.insert(0, before[a, stops[0]])
                told.append(Step("path", tuple(stops), {"strength": strength[a, b], "back": strength[b, a]}))
    return told
