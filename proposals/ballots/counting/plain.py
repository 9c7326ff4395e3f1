"""The methods that only add up: yes or no, approval, score."""

from collections import Counter
from collections.abc import Sequence

from proposals.ballots.counting.model import ANSWERS, Ballot, Option, Result, Rules, Step
from proposals.ballots.counting.ties import Ties


def count_yes_no(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """Yes wins with more than half of the valid votes; abstentions are counted apart, and a tie is no.

    So does Japan ask its residents about special districts: Act on Special Districts in Metropolitan Areas
    (Act No. 80 of 2012), art. 8 (1).
    """
    votes: Counter[str] = Counter()
    for ballot in ballots:
        votes[ballot.choice] += ballot.weight
    counts = {answer: votes[answer] for answer in ANSWERS}
    won = "yes" if counts["yes"] > counts["no"] else "no"
    step = Step("majority", (won,), {"valid": counts["yes"] + counts["no"]}, counts)
    return Result(rules.method, (won,), (), counts, steps=(step,), empty=counts["abstain"])


def count_approval(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """The `seats` options with the most approvals (Brams and Fishburn, "Approval Voting", APSR 72, 1978)."""
    counts = dict.fromkeys((one.id for one in options), 0)
    for ballot in ballots:
        for one in ballot.choice:
            counts[one] += ballot.weight
    return _highest(counts, options, rules)


def count_score(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """The `seats` options with the highest sums of points (range voting, Smith 2000); no score adds nothing."""
    counts = dict.fromkeys((one.id for one in options), 0)
    for ballot in ballots:
        for one, points in ballot.choice.items():
            counts[one] += points * ballot.weight
    return _highest(counts, options, rules)


def _highest(counts: dict[str, int], options: Sequence[Option], rules: Rules) -> Result:
    ties = Ties(options, rules)
    order = ties.sort(counts, rules.seats)
    table = {one: counts[one] for one in order}
    step = Step("highest", order[: rules.seats], {"seats": rules.seats}, table)
    return Result(rules.method, order[: rules.seats], order, table, steps=(step,), ties=tuple(ties.broken))
