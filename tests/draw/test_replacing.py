"""Who takes a seat that came back: somebody alike, else somebody with whom the quotas hold, else nobody."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workshops.draw.problem import Person, Problem, Quota
from workshops.draw.replacing import NotThere, Replacement, replace_people

PEOPLE = {"a": ("f", "young"), "b": ("f", "young"), "c": ("f", "old"), "d": ("m", "young"), "e": ("m", "old"),
          "g": ("m", "old")}


def problem(people: dict[str, tuple[str, str]] = PEOPLE, seats: int = 3, **bounds: tuple[int, int]) -> Problem:
    quotas = tuple(Quota(feature, value, *bounds.get(value, (0, seats)))
                   for feature, values in (("age", ("young", "old")), ("gender", ("f", "m"))) for value in values)
    found = (Person(id, {"gender": gender, "age": age}) for id, (gender, age) in people.items())
    return Problem(tuple(found), quotas, seats)


def test_somebody_alike_comes_first_and_whoever_was_in_the_panel_never_again() -> None:
    assert replace_people(problem(), ["a", "d", "e"], "seed", ["a"]) == [Replacement("a", "b", True)]
    assert replace_people(problem(), ["a", "d", "e"], "seed", ["a", "b"])[1].number in {"c", "g"}


def test_without_anybody_alike_no_quota_is_met_worse_than_before() -> None:
    bound = problem(f=(2, 2), young=(2, 3))
    assert replace_people(bound, ["c", "a", "d"], "seed", ["c"]) == [Replacement("c", "b", False)]
    narrow = problem(f=(2, 2), old=(1, 1))
    assert replace_people(narrow, ["a", "b", "e"], "seed", ["a"]) == [Replacement("a", None, False)]


def test_only_who_sits_in_the_panel_can_leave_it() -> None:
    with pytest.raises(NotThere, match="g is not in the panel"):
        replace_people(problem(), ["a", "d", "e"], "seed", ["g"])


@settings(max_examples=25, deadline=None)
@given(
    answers=some.lists(some.tuples(some.sampled_from("fm"), some.sampled_from(("young", "old"))),
                       min_size=8, max_size=14),
    seed=some.text(max_size=5), data=some.data())
def test_the_quotas_hold_whoever_leaves_and_the_order_of_the_files_does_not_matter(
        answers: list[tuple[str, str]], seed: str, data: some.DataObject) -> None:
    people = {f"p{place:02}": each for place, each in enumerate(answers)}
    panel = sorted(people)[:4]

    def count(ids: list[str], value: str) -> int:
        return sum(value in people[id] for id in ids)
    bounds = {value: (max(0, count(panel, value) - 1), count(panel, value) + 1) for value in ("young", "old", "f", "m")}
    one, other = problem(people, 4, **bounds), problem(dict(reversed(people.items())), 4, **bounds)
    leaving = data.draw(some.permutations(panel))[:2]
    done = replace_people(one, panel, seed, leaving)
    assert done == replace_people(other, panel, seed, leaving)
    had = set(panel)
    for each in done:
        alike = {id for id in people if people[id] == people[each.replaces]} - had
        assert each.alike == bool(alike) and (not alike or each.number in alike)
        had |= {each.number} - {None}
    now = [id for id in panel if id not in leaving] + [each.number for each in done if each.number]
    if all(each.number for each in done):
        assert all(least <= count(now, value) <= most for value, (least, most) in bounds.items())
    assert len(set(now)) == len(now)
