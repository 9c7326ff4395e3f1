"""Instant run-off: the last one leaves, its ballots go to their next option, until one has more than half.

Ties for the last place: Scottish Local Government Elections Order 2011 (SSI 2011/399), sch. 1, rule 51 - fewest votes
at the most recent earlier round at which they differed, else the published order. Options that a ballot ranks equal
share its vote in equal parts while they stand: Split-IRV in Delemazure and Peters, "Generalizing Instant Runoff
Voting to Allow for Indifferences" (EC 2024).
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from proposals.ballots.counting.exact import Number, exact
from proposals.ballots.counting.model import Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.ranking import Ranks, best_of, grouped
from proposals.ballots.counting.ties import Ties


def count_runoff(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """One winner; `order` is the winner, who still stood by their votes, then the others as they left, last first."""
    piles = grouped(ballots)
    ties = Ties(options, rules)
    standing = ties.in_order(one.id for one in options)
    rounds: list[dict[str, Number]] = []
    steps: list[Step] = []
    left: list[str] = []
    while standing:
        rounds.append(votes_of(piles, standing))
        votes, live = rounds[-1], sum(rounds[-1].values())
        numbers: dict[str, Number] = {"round": len(rounds), "valid": live, "spent": sum(piles.values()) - live}
        ranked = ties.sort(votes)
        if len(standing) == 1 or 2 * votes[ranked[0]] > live:
            steps.append(Step("won", ranked[:1], numbers, {one: votes[one] for one in ranked}))
            order = (*ranked, *reversed(left))
            counts = {one: rounds[0][one] for one in ties.sort(rounds[0])}
            return Result(rules.method, order[:1], order, counts, steps=tuple(steps), ties=tuple(ties.broken))
        out = weakest(standing, rounds, ties)
        steps.append(Step("out", (out,), numbers | {"votes": votes[out]}, {one: votes[one] for one in ranked}))
        steps.append(_moved(piles, standing, out))
        standing = [one for one in standing if one != out]
        left.append(out)
    return Result(rules.method, ())


def votes_of(piles: Mapping[Ranks, int], standing: Sequence[str]) -> dict[str, Number]:
    """Votes by option among those that stand; a ballot counts for the best of them, shared where they are equal."""
    votes: dict[str, Number] = dict.fromkeys(standing, 0)
    still = frozenset(standing)
    for ranks, weight in piles.items():
        best = best_of(ranks, still)
        for one in best:
            votes[one] += weight if len(best) == 1 else Fraction(weight, len(best))
    return {one: exact(count) for one, count in votes.items()}


def weakest(standing: Sequence[str], rounds: Sequence[Mapping[str, Number]], ties: Ties) -> str:
    """Who leaves: the fewest votes now, then at the latest earlier round that tells them apart, then by the order."""
    level = list(standing)
    for votes in reversed(rounds):
        fewest = min(votes[one] for one in level)
        level = [one for one in level if votes[one] == fewest]
        if len(level) == 1:
            return level[0]
    return ties.last(level)


def _moved(piles: Mapping[Ranks, int], standing: Sequence[str], out: str) -> Step:
    """Where the votes of the one that leaves go; `spent` have no further option."""
    still = [one for one in standing if one != out]
    before, after = votes_of(piles, standing), votes_of(piles, still)
    gains = {one: exact(after[one] - before[one]) for one in still if after[one] != before[one]}
    return Step("moved", (out,), {"votes": before[out], "spent": exact(before[out] - sum(gains.values()))}, gains)
