"""How fair the draw of a workshop is, on made-up pools whose quotas can be met but pull against one another."""

import time
from collections.abc import Mapping
from random import Random
from typing import Any

from workshops.draw.port import Person, Problem, Quota, best_smallest_chance, measure_fairness

SMALL_POOLS, SEEDS = 12, 60_000
FEATURES = {"age": 4, "gender": 3, "area": 6, "occupation": 5, "way": 3, "family": 4}  # answers of the large pool


def make_pool(chance: Random, people: int, seats: int, features: Mapping[str, int]) -> Problem:
    """People who applied lean to one side of every question; the quotas want every answer about equally often, as far
    as a panel of the people with the rarest answers shows that it can be had."""
    found = []
    for number in range(people):
        answers = {name: str(min(chance.randrange(many), chance.randrange(many))) for name, many in features.items()}
        found.append(Person(f"p{number:05}", answers))
    panel = _spread(found, seats, features)
    quotas = []
    for name, many in features.items():
        for value in sorted({person.answers[name] for person in found}):
            got, slack = sum(person.answers[name] == value for person in panel), max(1, seats // (2 * many))
            quotas.append(Quota(name, value, max(0, got - slack), got + slack))
    return Problem(tuple(found), tuple(quotas), seats)


def _spread(people: list[Person], seats: int, features: Mapping[str, int]) -> list[Person]:
    """A panel in which every answer is about equally frequent: one by one, whoever brings what is rarest so far."""
    panel: list[Person] = []
    while len(panel) < seats:
        left = [person for person in people if person not in panel]
        panel.append(min(left, key=lambda person: (_frequent(panel, person, features), person.id)))
    return panel


def _frequent(panel: list[Person], person: Person, features: Mapping[str, int]) -> float:
    return sum(
        many * sum(other.answers[name] == person.answers[name] for other in panel) for name, many in features.items()
    )


def small_draws() -> dict[str, Any]:
    """Pools of twelve people, of which every panel can be listed: the smallest chance as a share of the best possible
    one, exactly and counted over many seeds of the first pool."""
    ratios, counted, broken = [], 1.0, 0
    for number in range(SMALL_POOLS):
        problem = make_pool(Random(number), 12, 4, {"age": 3, "gender": 2})
        best = best_smallest_chance(problem)
        told = measure_fairness(problem, SEEDS if number == 0 else 100)
        ratios.append(told.smallest / best)
        broken += told.broken
        if number == 0:
            counted = told.counted / best
    return {"pools": SMALL_POOLS, "of_optimum": min(ratios), "counted": counted, "broken": broken}


def large_draw(people: int, seats: int, seeds: int) -> dict[str, Any]:
    """One pool with six questions: its processor time, and how near the smallest chance comes to its bound."""
    problem, began = make_pool(Random(1), people, seats, FEATURES), time.process_time()
    told = measure_fairness(problem, seeds)
    return {
        "people": people,
        "seats": seats,
        "kinds": len(problem.types),
        "cpu_seconds": round(time.process_time() - began, 1),
        "smallest": told.smallest,
        "at_most": told.at_most,
        "of_bound": told.smallest / told.at_most,
        "seeds": seeds,
        "broken": told.broken,
    }
