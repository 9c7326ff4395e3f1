"""How fair the draw is, measured: against the exact optimum of small pools, and counted over many seeds."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from workshops.draw.chance import Stream, draw_panel, draw_people
from workshops.draw.lottery import fair_lottery
from workshops.draw.problem import Panel, Problem, got
from workshops.draw.solver import Chances


@dataclass(frozen=True)
class Fairness:
    """`smallest` is the smallest chance of the lottery, `at_most` what no lottery can exceed, `counted` the smallest
    share of the seeds by which anybody was drawn, `broken` how many panels missed a quota."""

    smallest: float
    at_most: float
    counted: float
    broken: int


def measure_fairness(problem: Problem, seeds: int) -> Fairness:
    """Make the lottery once and draw from it with `seeds` seeds.

    Raises:
        workshops.draw.lottery.NoPanel: no panel meets the quotas.
    """
    lottery = fair_lottery(problem)
    drawn, broken = Counter(person.id for person in problem.people), 0
    for number in range(seeds):
        stream = Stream(f"seed {number}")
        panel = draw_panel(lottery, stream)
        drawn.update(draw_people(panel, problem.members, stream))
        broken += not _meets(problem, panel)
    counted = (min(drawn.values()) - 1) / seeds  # everybody was counted once to begin with
    return Fairness(float(min(lottery.chances())), lottery.ceiling, counted, broken)


def best_smallest_chance(problem: Problem) -> float:
    """The maximin optimum over every panel that there is; for pools small enough to list all panels."""
    chances = Chances(problem.sizes)
    for panel in _panels(problem):
        chances.add(panel)
    return float(chances.find()[0])


def _panels(problem: Problem) -> Iterator[Panel]:
    def fill(place: int, left: int, so_far: tuple[int, ...]) -> Iterator[Panel]:
        if place == len(problem.sizes):
            if left == 0 and _meets(problem, so_far):
                yield so_far
            return
        for seats in range(min(left, problem.sizes[place]) + 1):
            yield from fill(place + 1, left - seats, (*so_far, seats))

    return fill(0, problem.seats, ())


def _meets(problem: Problem, panel: Panel) -> bool:
    return all(quota.min <= got(problem, panel, quota) <= quota.max for quota in problem.quotas)
