"""Participatory budgets: what cities funded, the plain definition, and what the order of the input must not change."""

import random
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from proposals.ballots.counting import Ballot, Option, Rules, tally
from proposals.ballots.counting.pabulib import read_pabulib
from proposals.ballots.counting.words import tell

DATA = Path(__file__).parent / "data"


@pytest.mark.parametrize(("name", "vote", "method"), [
    ("Netherlands_Assen_2024", "approval", "equal_shares"),
    ("Poland_Swiecie_2023", "approval", "equal_shares"),
    ("Poland_Warszawa_2017_Plac_Wojska_Polskiego", "approval", "greedy"),
    ("Poland_Krakow_2019_Bienczyce", "ordinal", "greedy"),
    ("Poland_Czestochowa_2024_Podjasnogorska", "cumulative", "greedy"),
    ("Poland_Czestochowa_2025_Mirow", "cumulative", "greedy"),  # greedy-threshold: 300 points at least
    ("Poland_Gdynia_2020_Orlowo__large", "approval", "greedy"),  # greedy-no-skip
])
def test_a_city_s_file_gives_what_the_city_funded(name: str, vote: str, method: str) -> None:
    read = read_pabulib((DATA / f"{name}.pb").read_text(encoding="utf-8"))
    assert (read.rules.vote, read.rules.method) == (vote, method)
    assert set(tally(read.ballots, read.options, read.rules).winners) == read.selected


@pytest.mark.parametrize("name", ["Poland_Czestochowa_2024_Podjasnogorska", "Poland_Czestochowa_2025_Mirow"])
def test_a_city_s_points_read_as_scores_fund_the_same(name: str) -> None:
    """Pabulib's format knows scoring votes, its library holds none: so points that people gave stand in."""
    text = (DATA / f"{name}.pb").read_text(encoding="utf-8")
    read = read_pabulib(text.replace("vote_type;cumulative", "vote_type;scoring"))
    assert read.rules.vote == "scoring"
    assert set(tally(read.ballots, read.options, read.rules).winners) == read.selected


def test_a_scoring_vote_gives_its_usual_score_to_what_it_does_not_name() -> None:
    lines = ("META", "key;value", "budget;10", "vote_type;scoring", "rule;greedy", "default_score;2", "PROJECTS",
             "project_id;cost", "hall;6", "park;6", "VOTES", "voter_id;vote;points", "1;hall;3", "2;hall;0")
    read = read_pabulib("\n".join(lines))
    assert [ballot.choice for ballot in read.ballots] == [{"hall": 3, "park": 2}, {"hall": 0, "park": 2}]
    assert tally(read.ballots, read.options, read.rules).winners == ("park",)


def test_assen_spends_76_700_of_100_000() -> None:
    read = read_pabulib((DATA / "Netherlands_Assen_2024.pb").read_text(encoding="utf-8"))
    result = tally(read.ballots, read.options, read.rules)
    assert sorted(map(int, result.winners)) == [2, 3, 5, 6, 9, 11, 12, 13, 14]
    assert (result.cost, result.budget, result.counts["3"]) == (76_700, 100_000, 43)
    bought = [step for step in result.steps if step.kind == "bought"]
    assert bought[0].numbers["pays"] * bought[0].numbers["supporters"] == bought[0].numbers["cost"]
    assert sum(step.numbers["cost"] for step in bought) == 76_700


def test_greedy_completion_is_done_only_when_asked_for() -> None:
    read = read_pabulib((DATA / "Netherlands_Assen_2024.pb").read_text(encoding="utf-8"))
    rules = Rules.from_json(read.rules.to_json() | {"completion": "greedy"})
    result = tally(read.ballots, read.options, rules)
    assert result.winners[9:] == ("7",)  # the next by votes of those that fit into 23,300: 12,000 for 10 votes
    assert [step.options for step in result.steps if step.kind == "fits"] == [("7",)]


def add_up(u: list[Mapping[str, int]], cost: Mapping[str, int], order: str, share: Fraction) -> list[str]:
    """Equal shares with fixed shares, word for word as the paper defines it."""
    money, bought = [share] * len(u), []
    while True:
        offers = []
        for c in set(cost) - set(bought):
            poor_first = sorted((i for i in range(len(u)) if u[i].get(c)), key=lambda i: money[i] / u[i][c])
            if not poor_first or sum(money[i] for i in poor_first) < cost[c]:
                continue
            rest, utility = Fraction(cost[c]), sum(u[i][c] * cost[c] for i in poor_first)
            for i in poor_first:
                if rest / utility * u[i][c] * cost[c] <= money[i]:
                    break
                rest, utility = rest - money[i], utility - u[i][c] * cost[c]
            offers.append((rest / utility, cost[c], -sum(x.get(c, 0) for x in u), order.index(c), c))
        if not offers:
            return bought
        rho, *_, c = min(offers)
        money = [held - min(held, rho * x.get(c, 0) * cost[c]) for held, x in zip(money, u, strict=True)]
        bought.append(c)


def by_definition(u: list[Mapping[str, int]], cost: Mapping[str, int], order: str, budget: int) -> list[str]:
    """Add1 as equalshares.net defines it."""
    best, share = add_up(u, cost, order, Fraction(budget, len(u))), budget // len(u)
    wanted = {c for x in u for c, points in x.items() if points}
    while any(c not in best and sum(map(cost.get, best)) + cost[c] <= budget for c in wanted):
        share += 1
        following = add_up(u, cost, order, Fraction(share))
        if sum(map(cost.get, following)) > budget:
            break
        best = following
    return best


POINTS = some.lists(some.dictionaries(some.sampled_from("abcde"), some.integers(0, 3)), min_size=1, max_size=6)
METHODS = ["greedy", "equal_shares", "approval", "runoff", "stv", "schulze"]
COSTS = some.fixed_dictionaries({one: some.integers(1, 12) for one in "abcde"})


@settings(max_examples=150, deadline=None)
@given(POINTS, COSTS, some.permutations("abcde"), some.integers(1, 40), some.sampled_from([1, 7]))
def test_equal_shares_is_its_definition(
    given_points: list[dict], cost: dict[str, int], order: list[str], budget: int, unit: int
) -> None:
    cost, budget = {one: money * unit for one, money in cost.items()}, budget * unit
    rules = Rules("equal_shares", budget=budget, vote="scoring", highest=3, tie_break=tuple(order))
    result = tally([Ballot(one) for one in given_points], [Option(*one) for one in cost.items()], rules)
    assert list(result.winners) == by_definition(given_points, cost, "".join(order), budget)


@settings(max_examples=60, deadline=None)
@given(POINTS, COSTS, some.sampled_from(METHODS), some.randoms())
def test_the_order_of_ballots_and_options_changes_nothing(
    given_points: list[dict], cost: dict[str, int], method: str, shuffled: object
) -> None:
    def choice(points: dict) -> list:
        ranks = [[one for one in points if points[one] == place] for place in (3, 2, 1)]
        return ranks if method in ("runoff", "stv", "schulze") else list(points)

    ballots = [Ballot(choice(points)) for points in given_points]
    options = [Option(*one) for one in cost.items()]
    rules = Rules(method, seats=2, budget=20, seed="published")
    first = tally(ballots, options, rules)
    shuffled.shuffle(ballots)
    shuffled.shuffle(options)
    assert tally(ballots, options, rules) == first


def test_nobody_voted_and_nothing_is_funded() -> None:
    assert tally([], [Option("a", 5)], Rules("equal_shares", budget=10)).winners == ()
    assert tally([Ballot([])], [Option("a", 5)], Rules("greedy", budget=10)).winners == ()


def test_what_costs_nothing_is_funded_when_somebody_wants_it() -> None:
    projects = [Option("a", 0), Option("b", 3), Option("c", 0)]
    result = tally([Ballot(["a", "b"])], projects, Rules("equal_shares", budget=3))
    assert (set(result.winners), result.cost) == ({"a", "b"}, 3)


def test_a_price_is_told_in_numbers_that_can_be_read_again_however_long_its_fraction_is() -> None:
    shuffled = random.Random(7)
    options = [Option(f"p{number}", shuffled.randint(1_000, 9_999)) for number in range(60)]
    ballots = [Ballot([one.id for one in options if shuffled.random() < 0.3]) for _ in range(400)]
    result = tally(ballots, options, Rules("equal_shares", budget=150_000))
    told = [tell(step, {}, str) for step in result.to_json()["steps"]]
    bought = [step.numbers for step in result.steps if step.kind == "bought"]
    assert any(Fraction(numbers["pays"]).denominator in (10**9, 5 * 10**8) for numbers in bought)
    assert len(told) == len(result.steps)
    assert all(numbers["left"] == 400 * result.steps[0].numbers["share"] - sum(each["cost"] for each in bought[:place])
               for place, numbers in enumerate(bought, 1))
