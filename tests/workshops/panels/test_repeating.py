"""Made-up pools, drawn by the actions themselves: what is published depends on applications, quotas and seed alone.

Each database is held against the same pure function, so what they publish is the same on both, and on every machine.
"""
import hashlib
import json
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from tests.workshops.panels.scene import SECRET, Pool, Scene
from workshops.actions import Quota
from workshops.draw.port import Sheet, draw_plain, problem_of, replace_people
from workshops.panels.models import Answer

SEATS = 5


def made_up(seed: int) -> tuple[Pool, tuple[Quota, ...]]:
    """14 to 20 people with random numbers; the quotas fit a panel drawn from them, so that there is one."""
    chance = Random(seed)
    numbers = ["".join(chance.choices("0123456789ABCDEFGHJKMNPQRSTVWXYZ", k=10)) for _ in range(chance.randint(14, 20))]
    pool = {number: {"gender": chance.choice("fm"), "age": chance.choice(("young", "old", "old")), "area": "elsewhere"}
            for number in numbers}
    panel = chance.sample(numbers, SEATS)
    quotas = []
    for feature, value in (("gender", "f"), ("gender", "m"), ("age", "young")):
        there = sum(pool[number][feature] == value for number in panel)
        quotas.append(Quota(feature=feature, value=value, minimum=max(0, there - 1), maximum=min(SEATS, there + 1)))
    return pool, tuple(quotas)


def files_of(pool: Pool, quotas: tuple[Quota, ...]) -> dict[str, str]:
    """The two files as docs/draw.md describes them, written without the code under test."""
    rows = [f"{number},{answers['age']},{answers['gender']}" for number, answers in sorted(pool.items())]
    bounds = {(each.feature, each.value): (each.minimum, each.maximum) for each in quotas}
    wanted = [("age", "old"), ("age", "young"), ("gender", "f"), ("gender", "m")]
    lines = [f"{feature},{value},{least},{most}"
             for feature, value in wanted for least, most in [bounds.get((feature, value), (0, SEATS))]]
    return {"pool": "\n".join(["number,age,gender", *rows, ""]),
            "quotas": "\n".join(["feature,value,min,max", *lines, ""])}


def held_by(pool: Mapping[str, Mapping[str, str]], numbers: list[str], quota: Mapping[str, Any]) -> int:
    return sum(pool[number][quota["feature"]] == quota["value"] for number in numbers)


@pytest.mark.parametrize("seed", [1, 2])
def test_the_same_applications_quotas_and_seed_publish_the_same_files(
        seed: int, scene: Scene, client: Any, deliver: Any) -> None:
    pool, quotas = made_up(seed)
    workshop_id = scene.drawn(deliver, pool=pool, quotas=quotas, capacity=SEATS)
    files = files_of(pool, quotas)
    problem = problem_of(Sheet("pool.csv", files["pool"]), Sheet("quotas.csv", files["quotas"]), SEATS)
    drawn, _ = draw_plain(problem, f"{SECRET}:27,105.20")
    told = json.loads(client.get("/workshops/day-1/draw/draw.json").html)
    for name, text in files.items():
        assert client.get(f"/workshops/day-1/draw/{name}.csv").html == text
        assert told[f"{name}_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert told["result"] == drawn
    assert len(set(drawn["selected"])) == SEATS
    assert all(each["min"] <= held_by(pool, drawn["selected"], each) <= each["max"] for each in drawn["quotas"])
    left = drawn["selected"][seed]
    scene.answer(workshop_id, left, Answer.DECLINED)
    scene.clock.advance(minutes=1)
    deliver()
    (replacement,) = replace_people(problem, drawn["selected"], told["seed"], [left])
    last = scene.invitations(workshop_id)[-1]
    assert (last.number, last.replaces) == (replacement.number, left)
    assert last.number not in drawn["selected"]
