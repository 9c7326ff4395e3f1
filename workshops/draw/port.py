"""The draw for other packages. Nothing here loads the solver before it is asked to solve: servers never do."""

from typing import TYPE_CHECKING, Any

from workshops.draw.problem import Person, Problem, Quota
from workshops.draw.reading import HEADS, Sheet, problem_of
from workshops.draw.replacing import replace_people

if TYPE_CHECKING:
    from workshops.draw.fairness import Fairness

__all__ = [
    "HEADS",
    "Person",
    "Problem",
    "Quota",
    "Sheet",
    "best_smallest_chance",
    "draw_plain",
    "measure_fairness",
    "missing_plain",
    "problem_of",
    "replace_people",
]


def draw_plain(problem: Problem, seed: str) -> tuple[dict[str, Any], str]:
    """What `sanpo draw --json` prints, and the solver's name and version. Takes up to a minute for 1,500 people.

    Raises:
        workshops.draw.drawing.Impossible: no panel meets the quotas.
    """
    from workshops.draw.drawing import as_plain, draw
    from workshops.draw.solver import solver_version

    return as_plain(draw(problem, seed)), solver_version()


def missing_plain(problem: Problem) -> list[dict[str, Any]]:
    """The quotas that would have to give way so that a panel exists, with how many people are missing (`less`) or too
    many (`more`); empty where there is a panel."""
    from workshops.draw.drawing import missing

    return [
        {
            "feature": each.quota.feature,
            "value": each.quota.value,
            "min": each.quota.min,
            "max": each.quota.max,
            "less": each.less,
            "more": each.more,
            "there": each.there,
        }
        for each in missing(problem)
    ]


def measure_fairness(problem: Problem, seeds: int) -> "Fairness":
    """The smallest chance, its bound, and how often the least lucky person was drawn by so many seeds."""
    from workshops.draw import fairness

    return fairness.measure_fairness(problem, seeds)


def best_smallest_chance(problem: Problem) -> float:
    """The maximin optimum, exactly, of a pool small enough to list all panels."""
    from workshops.draw import fairness

    return fairness.best_smallest_chance(problem)
