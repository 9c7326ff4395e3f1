"""The single transferable vote against published counts."""

from fractions import Fraction

import pytest

from proposals.ballots.counting import Ballot, Rules, tally
from tests.ballots.ranked import options, ranked, ward


def test_the_party_with_three_sweets_stage_by_stage() -> None:
    # Wikipedia, "Single transferable vote", example of a non-partisan count: 20 guests, three sweets
    result = tally(ranked(O=4, PO=2, CS=8, CB=4, S=1, B=1), options("OPCSB"), Rules("stv", seats=3))
    stages = [dict(step.counts) for step in result.steps if step.kind == "stage"]
    assert (result.winners, result.steps[0].numbers["quota"]) == (("C", "O", "S"), 6)
    assert stages == [
        {"C": 6, "S": 5, "O": 4, "B": 3, "P": 2},
        {"C": 6, "O": 6, "S": 5, "B": 3},
        {"C": 6, "O": 6, "S": 5},
    ]


@pytest.mark.parametrize(("name", "elected"), [
    ("aberdeenshire_2022_ward2.csv", {"2", "3", "4"}),  # Cassie, Findlater, Menard
    ("aberdeenshire_2022_ward3.csv", {"1", "2", "4", "5"}),  # Adams, Bell, Logan, Mair
])
def test_a_scottish_ward_elects_whom_it_elected(name: str, elected: set[str]) -> None:
    ballots, candidates, seats = ward(name)
    assert set(tally(ballots, candidates, Rules("stv", seats=seats)).winners) == elected


def test_a_surplus_is_passed_on_to_five_decimals_and_the_rest_is_named() -> None:
    result = tally(ranked(AB=5, AC=5, D=1, E=1), options("ABCDE"), Rules("stv", seats=2))
    surplus = next(step for step in result.steps if step.kind == "surplus")
    assert (surplus.numbers["surplus"], surplus.counts) == (5, {"B": Fraction(5, 2), "C": Fraction(5, 2)})
    third = tally(ranked(AB=7, C=1), options("ABC"), Rules("stv", seats=2)).steps
    passed = next(step for step in third if step.kind == "surplus")
    assert passed.counts["B"] + passed.numbers["spent"] == passed.numbers["surplus"] == 4
    assert passed.numbers["spent"] == Fraction(4) - 7 * Fraction(4 * 100_000 // 7, 100_000)


def test_papers_of_equal_ranks_are_parted() -> None:
    result = tally([Ballot([["A", "B"]], 4), Ballot([["C"]], 3)], options("ABC"), Rules("stv", seats=1))
    assert result.counts == {"C": 3, "A": 2, "B": 2}
    assert [tie.taken for tie in result.ties] == [result.order[-1]]


def test_seats_that_nobody_contests_go_to_whoever_stands() -> None:
    assert set(tally(ranked(A=1), options("AB"), Rules("stv", seats=3)).winners) == {"A", "B"}
