"""The draw: as fair as brute force finds possible, quotas met, repeatable, and impossible quotas explained."""
import json
import subprocess
import sys
from collections import Counter
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import highspy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from workshops.draw.chance import Stream
from workshops.draw.drawing import Drawn, Impossible, as_plain, draw, drawn_from
from workshops.draw.lottery import Lottery
from workshops.draw.problem import Person, Problem, Quota
from workshops.draw.reading import Sheet, problem_of

ROOT = Path(__file__).parents[2]


def pool(*answers: str, seats: int, quotas: dict[str, tuple[int, int]]) -> Problem:
    """People "a1" (feature 0 is "a", feature 1 is "1"); quotas by value."""
    people = tuple(Person(f"p{number:02}", {str(place): value for place, value in enumerate(each)})
                   for number, each in enumerate(answers))
    found = [Quota(str(place), value, *quotas.get(value, (0, seats)))
             for place in range(len(answers[0])) for value in sorted({each[place] for each in answers})]
    return Problem(people, tuple(found), seats)


def feasible(problem: Problem) -> list[tuple[str, ...]]:
    def fits(panel: tuple[Person, ...]) -> bool:
        return all(quota.min <= sum(person.answers[quota.feature] == quota.value for person in panel) <= quota.max
                   for quota in problem.quotas)
    return [tuple(person.id for person in panel) for panel in combinations(problem.people, problem.seats)
            if fits(panel)]


def best_smallest_chance(problem: Problem, panels: list[tuple[str, ...]]) -> float:
    """The maximin chance over every panel that there is, in one linear programme."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.changeObjectiveSense(highspy.ObjSense.kMaximize)
    solver.addVar(0.0, 1.0)
    solver.changeColCost(0, 1.0)
    for _ in panels:
        solver.addVar(0.0, 1.0)
    solver.addRow(1.0, 1.0, len(panels), list(range(1, len(panels) + 1)), [1.0] * len(panels))
    for person in problem.people:
        inside = [number for number, panel in enumerate(panels, 1) if person.id in panel]
        solver.addRow(0.0, highspy.kHighsInf, len(inside) + 1, [0, *inside], [-1.0, *([1.0] * len(inside))])
    solver.run()
    return float(solver.getInfo().objective_function_value)


POOLS = {
    "no quota binds": pool("a1", "a1", "a2", "b1", "b2", "b2", seats=3, quotas={}),
    "one woman for many seats": pool("a1", "b1", "b1", "b2", "b2", "b2", "b1", seats=3, quotas={"a": (1, 1)}),
    "two features that pull": pool("a1", "a1", "a2", "b1", "b2", "b2", "b2", "b2", seats=4,
                                   quotas={"a": (2, 2), "1": (2, 3)}),
    "somebody who fits in no panel": pool("a1", "a1", "b2", "b2", "c1", seats=2, quotas={"c": (0, 0), "1": (1, 1)}),
    "three values": pool("a1", "b1", "c1", "a2", "b2", "c2", "a2", "b1", "c2", "c2", seats=4,
                         quotas={"a": (1, 1), "b": (1, 2), "c": (1, 2), "1": (2, 2)}),
}


@pytest.mark.parametrize("name", POOLS)
def test_the_smallest_chance_is_what_brute_force_over_all_panels_finds(name: str) -> None:
    problem = POOLS[name]
    found = draw(problem, "seed")
    assert float(min(found.chances.values())) == pytest.approx(
        best_smallest_chance(problem, feasible(problem)), abs=2e-6)
    assert sum(found.chances.values()) == problem.seats
    assert found.lottery.complete


def test_after_the_smallest_chance_the_next_smallest_is_as_large_as_possible() -> None:
    problem = POOLS["somebody who fits in no panel"]
    chances = draw(problem, "seed").chances
    assert [round(float(chances[each]), 4) for each in ("p00", "p01", "p02", "p03", "p04")] == [0.5] * 4 + [0]


ANSWER = some.tuples(some.sampled_from("ab"), some.sampled_from("123")).map("".join)


def texts_of(problem: Problem, shuffle: Any) -> tuple[Sheet, Sheet]:
    """The two files, with rows and columns in some order."""
    people, quotas, features = list(problem.people), list(problem.quotas), list(problem.features)
    for rows in (people, quotas, features):
        shuffle.shuffle(rows)
    pool = [",".join(["id", *features]), *(",".join([one.id, *map(one.answers.get, features)]) for one in people)]
    asked = ["feature,value,min,max", *(f"{one.feature},{one.value},{one.min},{one.max}" for one in quotas)]
    return Sheet("pool.csv", "\n".join(pool)), Sheet("quotas.csv", "\n".join(asked))


@settings(max_examples=25, deadline=None, database=None, derandomize=True)
@given(some.lists(ANSWER, min_size=4, max_size=8), some.integers(2, 3), some.integers(0, 2), some.text(max_size=4),
       some.randoms(use_true_random=False))
def test_quotas_are_met_nobody_is_drawn_twice_and_the_order_of_rows_and_columns_does_not_matter(
        answers: list[str], seats: int, least: int, seed: str, shuffle: Any) -> None:
    problem = pool(*answers, seats=seats, quotas={"a": (least, seats), "1": (0, 1)})
    panels = feasible(problem)
    if not panels:
        with pytest.raises(Impossible):
            draw(problem, seed)
        return
    found = draw(problem, seed)
    assert found.selected in panels  # sets of people that meet every quota
    again: Drawn = draw(problem_of(*texts_of(problem, shuffle), seats), seed)
    assert as_plain(again) == as_plain(found)


def test_drawn_many_times_people_come_as_often_as_their_chances_say() -> None:
    problem = POOLS["one woman for many seats"]
    lottery, times = draw(problem, "0").lottery, 4_000
    counted = Counter(id for seed in range(times) for id in drawn_from(problem, lottery, f"seed {seed}").selected)
    for id, chance in draw(problem, "0").chances.items():
        assert counted[id] / times == pytest.approx(float(chance), abs=0.03)  # four standard deviations


def test_the_stream_is_sha256_of_seed_and_number_and_weights_are_whole_numbers() -> None:
    """Calculated by hand with `printf 'sanpo-draw/1\\nkobe\\n0' | sha256sum`, modulo 1000."""
    digest = subprocess.run(["sha256sum"], input=b"sanpo-draw/1\nkobe\n0", capture_output=True, check=True).stdout
    assert Stream("kobe").below(1000) == int(digest.split()[0], 16) % 1000
    problem = pool("a1", "b1", seats=1, quotas={})
    lottery = Lottery((((0, 1), 3), ((1, 0), 1)), problem.sizes, 0.5, True)
    assert drawn_from(problem, lottery, "x").chances == {"p00": Fraction(1, 4), "p01": Fraction(3, 4)}


def write(folder: Path, people: str, quotas: str) -> list[str]:
    (folder / "pool.csv").write_text(people, encoding="utf-8")
    (folder / "quotas.csv").write_text(quotas, encoding="utf-8")
    return [sys.executable, str(ROOT / "asgi.py"), "draw", "pool.csv", "quotas.csv"]


def run(folder: Path, people: str, quotas: str, *more: str) -> "subprocess.CompletedProcess[str]":
    command = [*write(folder, people, quotas), *more]
    return subprocess.run(command, capture_output=True, text=True, cwd=folder, env={"PYTHONPATH": str(ROOT)})


PEOPLE = "id,name,age\nx,Hana,young\ny,Taro,old\nz,Jiro,old\n"
QUOTAS = "feature,value,min,max\nage,young,1,1\nage,old,1,1\n"


def test_the_command_answers_in_the_promised_shape(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, PEOPLE, QUOTAS, "--seats", "2", "--seed", "s", "--json").stdout)
    assert (found["selected"][0], len(found["selected"]), found["seed"]) == ("x", 2, "s")
    assert found["chances"] == {"x": 1.0, "y": 0.5, "z": 0.5}
    assert found["quotas"] == [{"feature": "age", "value": "old", "min": 1, "max": 1, "got": 1},
                               {"feature": "age", "value": "young", "min": 1, "max": 1, "got": 1}]


@pytest.mark.parametrize(("people", "quotas", "seats", "said"), [
    (PEOPLE, QUOTAS.replace("young,1,1", "young,3,4").replace("old,1,1", "old,0,1"), "3",
     "no panel meets the quotas: age=old: the maximum of 1 is too small by 1 person; "
     "age=young: 2 people missing for the minimum of 3 (1 in the pool)"),
    (PEOPLE, QUOTAS, "4", "4 seats, but only 3 people"),
    (PEOPLE + "x,Ume,old\n", QUOTAS, "2", "pool.csv: row 5: x stands in row 2 already"),
    (PEOPLE + "w,Ume,middle\n", QUOTAS, "2", "pool.csv: row 5: there is no quota for age=middle"),
    (PEOPLE + "w,Ume\n", QUOTAS, "2", "pool.csv: row 5 has 2 columns instead of 3"),
    (PEOPLE, QUOTAS + "age,older,two,3\n", "2", "quotas.csv: row 4: min must be a whole number, not 'two'"),
    (PEOPLE, QUOTAS + "age,older,3,2\n", "2", "quotas.csv: row 4: the minimum 3 is above the maximum 2"),
    (PEOPLE, QUOTAS + "job,any,0,2\n", "2", "pool.csv: row 1 has no column job"),
    (PEOPLE, "age,value\n", "2", "quotas.csv: row 1 must be feature,value,min,max"),
])
def test_what_cannot_be_used_is_said_in_one_line_with_its_row(
        tmp_path: Path, people: str, quotas: str, seats: str, said: str) -> None:
    found = run(tmp_path, people, quotas, "--seats", seats, "--seed", "s")
    assert (found.returncode, found.stderr.strip().splitlines()[-1].removeprefix("sanpo: ")) == (1, said)
