"""Schulze's method against the examples of his paper and against all paths."""

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as some

from proposals.ballots.counting import Ballot, Rules, tally
from tests.ballots.ranked import options, ranked

# Schulze, "A new monotonic ... election method", Social Choice and Welfare 36 (2011), and Wikipedia: 45 voters
FORTY_FIVE = ranked(ACBED=5, ADECB=5, BEDAC=8, CABED=3, CAEBD=7, CBADE=2, DCEBA=7, EBADC=8)
# the same paper, section 3, example 1: 21 voters, four options, d > a > c > b
TWENTY_ONE = ranked(ACDB=8, BADC=2, CDBA=4, DBAC=4, DCBA=3)
PAIRS = {("A", "B"): (20, 25), ("A", "C"): (26, 19), ("E", "C"): (21, 24), ("E", "D"): (31, 14), ("B", "D"): (33, 12)}


def test_forty_five_voters_rank_e_a_c_b_d() -> None:
    result = tally(FORTY_FIVE, options("ABCDE"), Rules("schulze"))
    assert (result.winners, result.order, result.ties) == (("E",), tuple("EACBD"), ())
    pairs = [step for step in result.steps if step.kind == "pair"]
    told = {step.options: (step.numbers["for"], step.numbers["against"]) for step in pairs}
    assert {pair: told.get(pair) or told[pair[::-1]][::-1] for pair in PAIRS} == PAIRS
    paths = {step.options: step.numbers["strength"] for step in result.steps if step.kind == "path"}
    assert paths[("E", "D", "C")] == 28


def test_twenty_one_voters_rank_d_a_c_b() -> None:
    assert tally(TWENTY_ONE, options("ABCD"), Rules("schulze")).order == tuple("DACB")


def test_tennessee_s_capital_is_nashville() -> None:
    result = tally(ranked(MNCK=42, NCKM=26, CKNM=15, KCNM=17), options("MNCK"), Rules("schulze"))
    assert result.order == tuple("NCKM")


def test_equal_ranks_prefer_neither_and_the_published_order_breaks_the_tie() -> None:
    ballots = [Ballot([["A", "B"], ["C"]], 3), Ballot([["C"]])]
    result = tally(ballots, options("ABC"), Rules("schulze", tie_break=("B", "C", "A")))
    assert (result.order, [tie.to_json() for tie in result.ties]) == (
        ("B", "A", "C"), [{"options": ["B", "A"], "taken": "B"}])  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(some.lists(some.permutations("ABCDE"), min_size=1, max_size=7))
def test_the_strongest_path_is_the_strongest_of_all_paths(orders: list[list[str]]) -> None:
    result = tally([Ballot([[one] for one in order]) for order in orders], options("ABCDE"), Rules("schulze"))
    votes = {(a, b): sum(order.index(a) < order.index(b) for order in orders) for a, b in permutations("ABCDE", 2)}
    link = {pair: votes[pair] if votes[pair] > votes[pair[::-1]] else 0 for pair in votes}

    def strongest(a: str, b: str) -> int:
        between = [x for x in "ABCDE" if x not in (a, b)]
        ways = [(a, *stops, b) for size in range(4) for stops in permutations(between, size)]
        return max(min(link[step] for step in zip(way, way[1:], strict=False)) for way in ways)

    best = {a for a in "ABCDE" if all(strongest(a, b) >= strongest(b, a) for b in "ABCDE" if b != a)}
    assert result.winners[0] in best and (len(best) == 1 or set(result.ties[0].options) == best)
