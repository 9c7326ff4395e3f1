"""The Method of Equal Shares with cost utilities and Add1.

D. Peters, G. Pierczynski, P. Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS 2021),
sect. 3: every voter gets an equal share of the budget; bought next is the project with the lowest price for each unit
of utility, which its supporters pay equally, or with all they have left. Utility of a project: its cost times the
points given to it (one where it is approved). Add1, as equalshares.net defines it: the shares, rounded down to whole
units of currency, grow by one unit at a time; the last outcome within the budget counts, and none is sought beyond
one to which no supported project could be added. Ties, as there: the cheaper project, then more points, then the
published order.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from proposals.ballots.counting.budgets import grouped, scores
from proposals.ballots.counting.exact import Number, brief, exact
from proposals.ballots.counting.greedy import by_points, fill
from proposals.ballots.counting.model import Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.purses import Election, Purchase, buy, election
from proposals.ballots.counting.ties import Ties


def count_equal_shares(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """Projects in the order in which they were bought; with `completion` greedy the rest is filled up by points."""
    ties = Ties(options, rules)
    groups = grouped(ballots, options, rules)
    points = scores(groups, options)
    cost = {one.id: one.cost for one in options}
    counts = {one: points[one] for one in by_points(points, options, ties)}
    result = Result(rules.method, (), (), counts, 0, rules.budget)
    if not groups:
        return result
    held = election(groups, cost, points, ties.rank)
    share, bought = add1(held, rules.budget)
    steps = [Step("shares", (), {"budget": rules.budget, "voters": held.voters, "first": _first(held, rules.budget),
                                 "share": share})]  # fmt: skip
    steps += explain(bought, held, share)
    for purchase in bought:
        if purchase.level:
            ties.note((purchase.option, *purchase.level), purchase.option)
    winners = tuple(purchase.option for purchase in bought)
    spent = sum(cost[one] for one in winners)
    if rules.completion == "greedy":
        rest = [one for one in result.counts if one not in winners]
        more, told = fill(rest, points, cost, rules, rules.budget - spent)
        winners, spent = winners + more, spent + sum(cost[one] for one in more)
        steps += [Step("completion", (), {"left": rules.budget - spent}), *told]
    else:
        steps += _left_out(result.counts, winners, cost, rules.budget - spent)
    return replace(result, winners=winners, cost=exact(spent), steps=tuple(steps), ties=tuple(ties.broken))


def add1(held: Election, budget: Number) -> tuple[Number, list[Purchase]]:
    """The share of each voter with which the last outcome within the budget was found, and that outcome.

    Shares between which nothing can change are leapt over (see `leaps`), twice as far each time that nothing did.
    """
    from proposals.ballots.counting.leaps import Leaps  # numpy: for who counts, not for a server's start

    leaps = Leaps(held)
    share: Number = _first(held, budget)
    best = leaps.bought(share, share) or buy_all(held, share)
    following, width = int(budget // held.voters) + 1, 0
    while not _full(best, held, budget):
        outcome = leaps.bought(following, following + width)
        if outcome is None and width:
            width //= 2
            continue
        if outcome is None:
            outcome = buy_all(held, following)
        if _cost(outcome, held) > budget:
            break
        share = following if _full(outcome, held, budget) else following + width
        following += width + 1
        width = 2 * width + 1 if outcome == best else 0
        best = outcome
    return exact(share), buy(held, share)


def buy_all(held: Election, share: Number) -> tuple[str, ...]:
    """The projects that are bought with this share, in their order."""
    return tuple(purchase.option for purchase in buy(held, share))


def explain(bought: Sequence[Purchase], held: Election, share: Number) -> list[Step]:
    """Each purchase as a step: what a supporter paid, how many had less than that left, how much all have left."""
    steps = []
    left = Fraction(share) * held.voters
    for purchase in bought:
        one = purchase.option
        left -= held.cost[one]
        steps.append(Step("bought", (one,), {
            "cost": held.cost[one], "points": held.points[one], "supporters": held.supporters(one),
            "short": purchase.short, "pays": brief(purchase.share), "left": exact(left),
        }))  # fmt: skip
    return steps


def _first(held: Election, budget: Number) -> Number:
    return exact(Fraction(budget) / held.voters)


def _cost(bought: Sequence[str], held: Election) -> Number:
    return sum(held.cost[one] for one in bought)


def _full(bought: Sequence[str], held: Election, budget: Number) -> bool:
    """Whether no supported project could be added within the budget."""
    spent, chosen = _cost(bought, held), set(bought)
    return all(spent + held.cost[one] > budget for one in held.behind if one not in chosen)


def _left_out(
    counts: Mapping[str, Number], winners: Sequence[str], cost: Mapping[str, Number], left: Number
) -> list[Step]:
    return [Step("not_bought", (one,), {"points": counts[one], "cost": cost[one], "left": left})
            for one in counts if one not in winners]  # fmt: skip
