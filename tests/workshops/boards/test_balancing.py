"""Teams are as even as can be, always the same, and it is proved that none are more even."""
import itertools
import random
from collections import Counter

from workshops.boards.balancing import part_evenly


def cost(people: list[dict[str, str]], teams: tuple[tuple[int, ...], ...]) -> int:
    return sum(number**2 for team in teams
               for number in Counter(answer for who in team for answer in people[who].items()).values())


def partings(number: int, teams: int) -> set[tuple[int, ...]]:
    """Every way to part, by brute force."""
    few, more = divmod(number, teams)
    places = [team for team in range(teams) for _ in range(few + (team < more))]
    return set(itertools.permutations(places))


def people_by(seed: int, number: int, answers: dict[str, int]) -> list[dict[str, str]]:
    dice = random.Random(seed)
    return [{name: str(dice.randrange(most)) for name, most in answers.items()} for _ in range(number)]


def test_no_parting_of_seven_people_is_more_even_than_the_one_found() -> None:
    every = partings(7, 3)
    for seed in range(12):
        people = people_by(seed, 7, {"age": 3, "gender": 2, "area": 4})
        found = part_evenly(people, 3)
        best = min(cost(people, tuple(tuple(who for who in range(7) if way[who] == team) for team in range(3)))
                   for way in every)
        assert (found.cost, cost(people, found.teams), found.proved) == (best, best, True)


def test_sixteen_people_in_four_teams_are_parted_the_same_way_each_time() -> None:
    people = people_by(3, 16, {"age": 4, "gender": 2, "area": 5, "occupation": 4})
    found = part_evenly(people, 4)
    assert found == part_evenly(people, 4)
    assert sorted(who for team in found.teams for who in team) == list(range(16))
    assert [len(team) for team in found.teams] == [4, 4, 4, 4]
    women = [sum(people[who]["gender"] == "0" for who in team) for team in found.teams]
    assert max(women) - min(women) <= 1


def test_people_without_answers_and_more_teams_than_people_are_parted_too() -> None:
    assert [len(team) for team in part_evenly([{}, {}, {"age": "20"}], 5).teams] == [1, 1, 1, 0, 0]
    assert part_evenly([], 2).teams == ((), ())
