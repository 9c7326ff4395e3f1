"""Yes or no, approval and score: sums, seats, ties."""

from fractions import Fraction

import pytest

from proposals.ballots.counting import BadChoice, BadRules, Ballot, Option, Rules, Tie, check_choice, drawn_order, tally

ABC = [Option("a"), Option("b"), Option("c")]


def ballots(*choices: object) -> list[Ballot]:
    return [Ballot(choice) for choice in choices]


@pytest.mark.parametrize(("cast", "won"), [
    (["yes", "yes", "no", "abstain", "abstain"], "yes"),
    (["yes", "no", "abstain"], "no"),
    ([], "no"),
])
def test_yes_needs_more_than_half_of_the_valid_votes(cast: list[str], won: str) -> None:
    result = tally(ballots(*cast), [], Rules("yes_no"))
    assert (result.winners, result.counts["yes"], result.empty) == ((won,), cast.count("yes"), cast.count("abstain"))


def test_approvals_are_added_and_the_published_order_breaks_the_tie_that_matters() -> None:
    rules = Rules("approval", seats=2, tie_break=("c", "b", "a"))
    result = tally(ballots(["a", "b"], ["a", "c"], ["a"], []), ABC, rules)
    assert (result.winners, result.order, result.counts) == (("a", "c"), ("a", "c", "b"), {"a": 3, "c": 1, "b": 1})
    assert (result.ties, result.ballots, result.empty) == ((Tie(("c", "b"), "c"),), 4, 1)


def test_scores_are_added_and_no_score_adds_nothing() -> None:
    result = tally(ballots({"a": 2, "b": -2}, {"b": 1}), ABC, Rules("score", lowest=-2, highest=2))
    assert (result.winners, result.counts) == (("a",), {"a": 2, "c": 0, "b": -1})


def test_rules_and_results_go_through_json_unchanged() -> None:
    rules = Rules("equal_shares", budget=Fraction(7, 3), completion="greedy", tie_break=("b", "a"), seed="s")
    assert Rules.from_json(rules.to_json()) == rules


@pytest.mark.parametrize("data", [
    {}, {"method": "borda"}, {"method": "stv", "seats": 0}, {"method": "stv", "seats": "2"}, {"method": "stv", "x": 1},
    {"method": "greedy", "budget": 1.5}, {"method": "greedy", "budget": -1}, {"method": "score"},
    {"method": "stv", "tie_break": "ab"}, {"method": "stv", "seats": True},
])
def test_rules_that_no_count_can_follow_are_refused(data: dict) -> None:
    with pytest.raises(BadRules):
        Rules.from_json(data)


@pytest.mark.parametrize(("rules", "choice", "code"), [
    (Rules("yes_no"), "maybe", "shape"), (Rules("approval"), "a", "shape"), (Rules("approval"), ["z"], "unknown"),
    (Rules("approval"), ["a", "a"], "twice"), (Rules("approval", max_choices=1), ["a", "b"], "too_many"),
    (Rules("approval", min_choices=1), [], "too_few"), (Rules("runoff"), ["a"], "shape"),
    (Rules("runoff"), [["a"], ["b", "a"]], "twice"), (Rules("score", highest=5), {"a": 6}, "scale"),
    (Rules("score", highest=5), {"a": 1.5}, "shape"), (Rules("greedy", max_cost=4), ["a", "b"], "too_dear"),
    (Rules("greedy", vote="cumulative", points=10), {"a": 6, "b": 5}, "too_many_points"),
    (Rules("greedy", vote="cumulative", points=10), {"a": -1}, "scale"),
])
def test_a_choice_that_the_rules_do_not_allow_is_named(rules: Rules, choice: object, code: str) -> None:
    with pytest.raises(BadChoice) as refused:
        check_choice(choice, [Option("a", 2), Option("b", 3)], rules)
    assert refused.value.code == code


def test_the_order_that_breaks_ties_is_drawn_from_the_seed_alone() -> None:
    assert drawn_order("s", ["a", "b", "c"]) == drawn_order("s", ["c", "b", "a"])
    assert {drawn_order(str(seed), ["a", "b"])[0] for seed in range(20)} == {"a", "b"}
