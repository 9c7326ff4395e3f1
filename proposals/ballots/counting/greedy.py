"""The usual count of a participatory budget: most points first, and what no longer fits is passed over.

Called greedy in the literature (Goel et al., "Knapsack Voting for Participatory Budgeting", ACM TEAC 7, 2019) and in
Pabulib's files, whose two variants are here too: `least`, the points that a project needs in any case (greedy-
threshold), and `stop`, by which the first project that does not fit ends the count (greedy-no-skip). Equal points:
the cheaper project comes first, then the published order.
"""

from collections.abc import Iterable, Mapping, Sequence

from proposals.ballots.counting.budgets import grouped, scores
from proposals.ballots.counting.exact import Number
from proposals.ballots.counting.model import Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.ties import Ties


def count_greedy(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """Projects in the order of their points, as long as the budget lasts."""
    ties = Ties(options, rules)
    points = scores(grouped(ballots, options, rules), options)
    order = by_points(points, options, ties)
    winners, steps = fill(order, points, {one.id: one.cost for one in options}, rules, rules.budget)
    _note_ties(order, winners, points, options, ties)
    cost = sum(one.cost for one in options if one.id in winners)
    counts = {one: points[one] for one in order}
    return Result(rules.method, winners, order, counts, cost, rules.budget, steps, tuple(ties.broken))


def by_points(points: Mapping[str, int], options: Sequence[Option], ties: Ties) -> tuple[str, ...]:
    """Most points first; of equal ones the cheaper, then the published order."""
    cost = {one.id: one.cost for one in options}
    return tuple(sorted(points, key=lambda one: (-points[one], cost[one], ties.rank[one])))


def fill(
    order: Iterable[str], points: Mapping[str, int], cost: Mapping[str, Number], rules: Rules, left: Number
) -> tuple[tuple[str, ...], tuple[Step, ...]]:
    """What of `order` the money that is left pays for, and why each was taken or not."""
    winners: list[str] = []
    steps: list[Step] = []
    stopped = False
    for one in order:
        numbers: dict[str, Number] = {"points": points[one], "cost": cost[one], "left": left}
        if points[one] < rules.least or not points[one]:
            steps.append(Step("too_few_points", (one,), numbers | {"least": max(rules.least, 1)}))
        elif stopped:
            steps.append(Step("after_stop", (one,), numbers))
        elif cost[one] > left:
            steps.append(Step("too_dear", (one,), numbers | {"missing": cost[one] - left}))
            stopped = rules.stop
        else:
            winners.append(one)
            left -= cost[one]
            steps.append(Step("fits", (one,), numbers | {"left": left}))
    return tuple(winners), tuple(steps)


def _note_ties(
    order: Sequence[str], winners: Sequence[str], points: Mapping[str, int], options: Sequence[Option], ties: Ties
) -> None:
    """Projects of equal points and cost of which some won and some did not: the published order decided."""
    cost = {one.id: one.cost for one in options}
    level: dict[tuple[int, Number], list[str]] = {}
    for one in order:
        level.setdefault((points[one], cost[one]), []).append(one)
    for group in level.values():
        if 0 < len(won := [one for one in group if one in winners]) < len(group):
            ties.note(group, won[-1])
