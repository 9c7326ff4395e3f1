"""The method of opinion maps on real and on planted votes, held against slow counting by other means."""

import csv
import random
from collections import Counter
from itertools import combinations
from math import comb, isclose, sqrt
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from proposals.opinion_maps.mapping import UNSEEN, Held, Matrix, OpinionMap, map_opinions, matrix_of, statistics_of
from proposals.opinion_maps.mapping.clusters import silhouette
from proposals.opinion_maps.mapping.space import project
from proposals.opinion_maps.mapping.statistics import Tally
from proposals.opinion_maps.reading import read_groups, read_votes

SEATTLE = Path(__file__).parent / "polis-15-per-hour-seattle"


def matrix(path: Path) -> Matrix:
    read = read_votes(path)
    return matrix_of(list(read.voters), list(read.statements), read.who, read.what, read.votes, read.times)


@pytest.fixture(scope="module")
def seattle() -> Matrix:
    return matrix(SEATTLE / "votes.csv")


def rows(name: str) -> list[dict[str, str]]:
    with (SEATTLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_statement_of_seattle_has_the_counts_that_polis_published(seattle: Matrix) -> None:
    published = {
        statement: Counter(person[statement] for person in rows("participants-votes.csv") if person[statement])
        for statement in map(str, range(54))
    }
    found = map_opinions(seattle)
    assert found.participants == 339
    assert {id: (t.agree, t.disagree, t.passed) for id, t in found.totals.items()} == {
        id: (votes["1"], votes["-1"], votes["0"]) for id, votes in published.items() if votes
    }


def test_a_vote_given_twice_explains_all_that_the_other_published_counts_have_more(seattle: Matrix) -> None:
    told = Counter((row["comment-id"], row["vote"]) for row in rows("votes.csv"))
    assert all(
        (int(row["agrees"]), int(row["disagrees"])) == (told[row["comment-id"], "1"], told[row["comment-id"], "-1"])
        for row in rows("comments.csv")
    )


def test_both_shapes_of_the_file_give_the_same_map(seattle: Matrix) -> None:
    table = matrix(SEATTLE / "participants-votes.csv")
    known = [list(table.statements).index(id) for id in seattle.statements]
    assert table.voters == seattle.voters
    assert np.array_equal(table.votes[:, known], seattle.votes)


def test_the_statistics_of_given_groups_are_those_of_counting_by_hand(seattle: Matrix) -> None:
    groups = read_groups(SEATTLE / "participants-votes.csv")
    assert Counter(groups.values()) == {"0": 99, "1": 39}
    found = statistics_of(seattle, groups)
    last = {(row["voter-id"], row["comment-id"]): int(row["vote"]) for row in _by_time(rows("votes.csv"))}
    for statement in found.totals:
        counted = {
            group: Counter(vote for (who, what), vote in last.items() if what == statement and groups.get(who) == group)
            for group in ("0", "1")
        }
        shares = [(1 + votes[1]) / (2 + votes.total()) for votes in counted.values()]
        assert isclose(found.consensus[statement] or -1, shares[0] * shares[1])
        for group, votes in counted.items():
            assert found.by_group[group][statement] == Tally(votes[1], votes[-1], votes[0])
    assert {name: _by_hand(name, found) for name in found.names} == {
        name: {(each.statement, each.side) for each in shown} for name, shown in found.representative.items()
    }


def _by_time(votes: list[dict[str, str]]) -> list[dict[str, str]]:
    return sorted(votes, key=lambda row: int(row["timestamp"]))


def _by_hand(group: str, found: OpinionMap) -> set[tuple[str, str]]:
    """The rules of representative statements written down a second time, for two groups."""
    (other,) = set(found.names) - {group}
    passing = []
    for id, own in found.by_group[group].items():
        rest, tests = found.by_group[other][id], {}
        for side, yes, no in (("agree", own.agree, rest.agree), ("disagree", own.disagree, rest.disagree)):
            a, n, b, m = yes + 1, own.seen + 1, no + 1, rest.seen + 1
            pooled = (a + b) / (n + m)
            apart = (a / n - b / m) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m)) if pooled < 1 else 0.0
            most = 2 * sqrt(n) * (a / n - 0.5)
            odds = (a / (n + 1)) / (b / (m + 1))
            tests[side] = (apart, most, odds * apart * (a / (n + 1)) * most)
        side = "agree" if tests["agree"][0] > tests["disagree"][0] else "disagree"
        if min(tests[side][:2]) > 1.2816:
            passing.append((tests[side][2], id, side))
    passing.sort(reverse=True)
    first = next((each for each in passing if each[2] == "agree"), None)
    chosen = [first, *(each for each in passing if each != first)][:5] if first else passing[:5]
    return {(id, side) for _, id, side in chosen}


def test_polis_and_we_see_the_same_two_camps_in_seattle(seattle: Matrix) -> None:
    polis, found = read_groups(SEATTLE / "participants-votes.csv"), map_opinions(seattle)
    assert (found.k, set(found.groups)) == (2, set(polis))
    assert adjusted_rand([polis[who] for who in found.groups], list(found.groups.values())) > 0.6


def adjusted_rand(one: list, other: list) -> float:
    """Hubert and Arabie 1985: 1 for equal partitions, about 0 by chance."""
    pairs = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    left, right = (sum(comb(n, 2) for n in Counter(side).values()) for side in (one, other))
    expected = left * right / comb(len(one), 2)
    return (pairs - expected) / ((left + right) / 2 - expected)


def planted(groups: int, people: int, statements: int, density: float, seed: int) -> tuple[Matrix, list[int]]:
    """Groups that differ by two questions, of people who vote as their group nine times in ten: more than two
    questions would need more room than a plane has."""
    chance = random.Random(seed)
    asks = [chance.choice((1, -1)) for _ in range(statements)]
    says = [[asks[at] if group >> at % 2 & 1 else -asks[at] for at in range(statements)] for group in range(groups)]
    member = [person % groups for person in range(people)]
    votes = np.full((people, statements), UNSEEN, np.int8)
    for person, own in enumerate(member):
        for statement in range(statements):
            if chance.random() < density:
                side = says[own][statement]
                votes[person, statement] = chance.choices((side, 0, -side), (90, 5, 5))[0]
    return Matrix(tuple(map(str, range(people))), tuple(map(str, range(statements))), votes), member


@pytest.mark.parametrize(("groups", "density"), [(2, 0.3), (3, 0.4), (4, 0.6), (4, 1.0)])
def test_planted_groups_are_found_again(groups: int, density: float) -> None:
    votes, member = planted(groups, 400, 60, density, seed=groups)
    found = map_opinions(votes)
    assert found.k == groups
    assert adjusted_rand([member[int(who)] for who in found.groups], list(found.groups.values())) > 0.95


VOTES = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 8), st.sampled_from((1, -1, 0)), st.integers(0, 3)), max_size=150
)


@given(VOTES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_lines_says_nothing_but_the_last_vote_counts(votes: list, chance: random.Random) -> None:
    votes = [(who, what, vote, number) for number, (who, what, vote, _) in enumerate(votes)]
    shuffled = chance.sample(votes, len(votes))
    found, again = _map(votes), _map(shuffled)
    assert found == again
    last = {(who, what): vote for who, what, vote, _ in votes}
    for id, tally in found.totals.items():
        said = Counter(vote for (_, what), vote in last.items() if str(what) == id)
        assert tally == Tally(said[1], said[-1], said[0])
    given_ = Counter(who for who, _ in last)
    enough = min(7, len(found.totals))
    assert set(found.groups) == {str(who) for who, number in given_.items() if number >= enough}
    assert all(0 < value < 1 for value in found.consensus.values() if value is not None)


def _map(votes: list) -> OpinionMap:
    """Names in the order in which the lines bring them."""
    voters, statements = (list(dict.fromkeys(str(vote[at]) for vote in votes)) for at in (0, 1))
    who, what = [voters.index(str(vote[0])) for vote in votes], [statements.index(str(vote[1])) for vote in votes]
    times = [vote[3] for vote in votes]
    return map_opinions(matrix_of(voters, statements, who, what, [vote[2] for vote in votes], times))


def test_a_statement_that_a_person_has_not_seen_moves_them_nowhere() -> None:
    votes, _ = planted(2, 60, 12, 0.7, seed=5)
    seen = votes.votes != UNSEEN
    filled = np.where(seen, votes.votes, 0.0)
    means = filled.sum(0) / seen.sum(0)
    centred = np.where(seen, filled, means) - means  # the same, imputed by hand and given to a full decomposition
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    places = centred @ directions[:2].T * np.sqrt(12 / seen.sum(1))[:, None]
    ours = project(votes.votes)
    assert np.allclose(np.abs(ours), np.abs(places), atol=1e-6)


def test_a_silhouette_is_what_its_definition_says() -> None:
    points, labels = np.array([[0.0, 0], [1, 0], [5, 0], [6, 1], [7, 0]]), np.array([0, 0, 1, 1, 1])
    each = []
    for here in range(5):
        far = [np.linalg.norm(points[here] - points[there]) for there in range(5)]
        own = [far[there] for there in range(5) if there != here and labels[there] == labels[here]]
        rest = [far[there] for there in range(5) if labels[there] != labels[here]]
        each.append((np.mean(rest) - np.mean(own)) / max(np.mean(rest), np.mean(own)))
    assert isclose(silhouette(points, np.ones(5), labels), np.mean(each))
    doubled = silhouette(np.repeat(points, 2, axis=0), np.ones(10), np.repeat(labels, 2))
    assert isclose(silhouette(points, np.full(5, 2.0), labels), doubled)


def test_a_new_number_of_groups_has_to_win_four_times_in_a_row() -> None:
    held, possible = Held(2), {2, 3, 4}
    for best, shown in [(3, 2), (3, 2), (2, 2), (3, 2), (3, 2), (3, 2), (3, 3), (2, 3)]:
        held = held.after(best, possible)
        assert held.k == shown
    assert Held(4, 3, 2).after(2, {2, 3}) == Held(2), "a number that is no longer possible is given up at once"


def test_nobody_one_person_and_all_of_one_mind_make_maps_too() -> None:
    assert _map([]).k == 0
    assert (_map([(0, 0, 1, 0)]).k, _map([(0, 0, 1, 0)]).groups) == (1, {"0": "0"})
    alike = _map([(who, what, 1, 0) for who, what in [(w, s) for w in range(20) for s in range(8)]])
    assert (alike.k, alike.representative) == (1, {"0": ()})
    assert all(isclose(value or 0, 21 / 22) for value in alike.consensus.values())


def test_groups_keep_their_distance_from_names(seattle: Matrix) -> None:
    """Other names in another order: the same people stand together."""
    flipped = seattle.voters[::-1]
    renamed = {old: new for old, new in zip(seattle.voters, flipped, strict=True)}
    again = map_opinions(Matrix(seattle.voters, seattle.statements, seattle.votes[::-1].copy()))
    found = map_opinions(seattle)
    together = [(a, b) for a, b in combinations(sorted(found.groups)[:40], 2) if found.groups[a] == found.groups[b]]
    assert all(again.groups[renamed[a]] == again.groups[renamed[b]] for a, b in together)
