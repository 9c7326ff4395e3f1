"""Instant run-off against published counts and against its plain definition."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some

from proposals.ballots.counting import Ballot, Option, Rules, tally
from tests.ballots.ranked import options, ranked

# Wikipedia, "Instant-runoff voting" and "Schulze method": the capital of Tennessee
TENNESSEE = ranked(MNCK=42, NCKM=26, CKNM=15, KCNM=17)


def test_tennessee_s_capital_is_knoxville_after_chattanooga_and_nashville_left() -> None:
    result = tally(TENNESSEE, options("CKMN"), Rules("runoff"))
    assert (result.winners, result.order) == (("K",), ("K", "M", "N", "C"))
    assert [(step.kind, step.options, dict(step.counts)) for step in result.steps] == [
        ("out", ("C",), {"M": 42, "N": 26, "K": 17, "C": 15}), ("moved", ("C",), {"K": 15}),
        ("out", ("N",), {"M": 42, "K": 32, "N": 26}), ("moved", ("N",), {"K": 26}),
        ("won", ("K",), {"K": 58, "M": 42}),
    ]


def test_options_that_a_ballot_ranks_equal_share_its_vote() -> None:
    rules = Rules("runoff", tie_break=("A", "B", "C"))
    result = tally([Ballot([["A", "B"]], 3), Ballot([["C"], ["A"]], 2)], options("ABC"), rules)
    assert result.counts == {"C": 2, "A": Fraction(3, 2), "B": Fraction(3, 2)}
    assert (result.winners, [tie.taken for tie in result.ties]) == (("A",), ["B"])


def test_a_tie_for_the_last_place_goes_back_to_the_latest_round_that_differed() -> None:
    # D leaves first and lifts B to C's six; one round earlier B had fewer
    ballots = ranked(A=9, BC=4, CB=6, DB=2)
    result = tally(ballots, options("ABCD"), Rules("runoff", tie_break=("B", "A", "C", "D")))
    assert [step.options for step in result.steps if step.kind == "out"] == [("D",), ("B",)]
    assert result.ties == ()


def test_ballots_without_a_further_option_are_counted_as_spent() -> None:
    result = tally(ranked(A=3, B=2, C=4), options("ABC"), Rules("runoff"))
    assert result.steps[1].numbers == {"votes": 2, "spent": 2}
    assert result.winners == ("C",)


@settings(max_examples=60, deadline=None)
@given(some.lists(some.permutations("ABCD").flatmap(lambda order: some.integers(0, 4).map(lambda n: order[:n])),
                  min_size=1, max_size=9))  # fmt: skip
def test_every_count_follows_the_definition(orders: list[list[str]]) -> None:
    result = tally([Ballot([[one] for one in order]) for order in orders], options("ABCD"), Rules("runoff"))
    standing = set("ABCD")
    for gone in [step.options[0] for step in result.steps if step.kind == "out"]:
        votes = {one: sum(next((x for x in order if x in standing), "") == one for order in orders) for one in standing}
        assert votes[gone] == min(votes.values()) and 2 * max(votes.values()) <= sum(votes.values())
        standing.remove(gone)
    assert result.winners[0] in standing


def test_no_option_means_no_winner() -> None:
    assert tally([], [], Rules("runoff")).winners == ()
    assert tally([Ballot([])], [Option("A")], Rules("runoff")).empty == 1
