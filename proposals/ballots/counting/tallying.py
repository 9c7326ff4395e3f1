"""One interface to all methods: `tally(ballots, options, rules) -> Result`."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from proposals.ballots.counting.choices import read_choice
from proposals.ballots.counting.equal_shares import count_equal_shares
from proposals.ballots.counting.greedy import count_greedy
from proposals.ballots.counting.model import BadRules, Ballot, Option, Result, Rules
from proposals.ballots.counting.plain import count_approval, count_score, count_yes_no
from proposals.ballots.counting.runoff import count_runoff
from proposals.ballots.counting.schulze import count_schulze
from proposals.ballots.counting.stv import count_stv

Count = Callable[[Sequence[Ballot], Sequence[Option], Rules], Result]

COUNTS: dict[str, Count] = {
    "yes_no": count_yes_no,
    "approval": count_approval,
    "score": count_score,
    "runoff": count_runoff,
    "stv": count_stv,
    "schulze": count_schulze,
    "greedy": count_greedy,
    "equal_shares": count_equal_shares,
}


def tally(ballots: Sequence[Ballot], options: Sequence[Option], rules: Rules) -> Result:
    """Count ballots by published rules: exactly, and the same whatever the order of ballots and options.

    Raises:
        BadChoice: a ballot names what is no option, or one twice, or has another shape.
        BadRules: options named twice, negative costs or weights, a tie-break that is not of these options.
    """
    known = frozenset(one.id for one in options)
    if len(known) != len(options):
        raise BadRules("two options have one id")
    if any(one.cost < 0 for one in options) or any(ballot.weight < 0 for ballot in ballots):
        raise BadRules("a cost or a weight is negative")
    ids = [read_choice(ballot.choice, known, rules) for ballot in ballots]
    result = COUNTS[rules.method](ballots, sorted(options, key=lambda one: one.id), rules)
    empty = sum(ballot.weight for ballot, named in zip(ballots, ids, strict=True) if not named)
    return replace(result, ballots=sum(ballot.weight for ballot in ballots), empty=result.empty or empty)
