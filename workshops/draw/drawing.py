"""The draw as a whole: people, quotas and a seed in, the panel and everybody's chance out."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from workshops.draw.chance import Stream, draw_panel, draw_people
from workshops.draw.lottery import Lottery, NoPanel, fair_lottery
from workshops.draw.problem import Panel, Problem, Quota, got
from workshops.draw.solver import relaxed


class Impossible(Exception):
    """No panel meets the quotas; the message says which quotas stand in the way and by how many people."""


@dataclass(frozen=True)
class Drawn:
    selected: tuple[str, ...]  # ids, sorted
    chances: dict[str, Fraction]  # by id
    quotas: tuple[tuple[Quota, int], ...]  # with how many of the panel count for each
    panel: Panel
    lottery: Lottery
    seed: str


def draw(problem: Problem, seed: str, tell: Callable[[int], None] = lambda asked: None) -> Drawn:
    """Draw a panel. The same people, quotas, seats and seed give the same panel, in whatever order they come.

    Raises:
        Impossible: no panel meets the quotas.
    """
    if problem.seats > len(problem.people):
        raise Impossible(f"{problem.seats} seats, but only {len(problem.people)} people")
    try:
        lottery = fair_lottery(problem, tell)
    except NoPanel:
        raise Impossible(explain(problem)) from None
    return drawn_from(problem, lottery, seed)


def drawn_from(problem: Problem, lottery: Lottery, seed: str) -> Drawn:
    """The panel that the seed draws from a lottery that is known already."""
    stream = Stream(seed)
    panel = draw_panel(lottery, stream)
    selected = draw_people(panel, problem.members, stream)
    by_type = zip(problem.members, lottery.chances(), strict=True)
    chances = {id: chance for ids, chance in by_type for id in ids}
    quotas = tuple((quota, got(problem, panel, quota)) for quota in problem.quotas)
    return Drawn(selected, dict(sorted(chances.items())), quotas, panel, lottery, seed)


def as_plain(drawn: Drawn) -> dict[str, Any]:
    """The shape of `--json` in docs/draw.md."""
    smallest = min(drawn.chances.values())
    return {
        "selected": list(drawn.selected),
        "chances": {id: float(chance) for id, chance in drawn.chances.items()},
        "quotas": [
            {"feature": quota.feature, "value": quota.value, "min": quota.min, "max": quota.max, "got": got}
            for quota, got in drawn.quotas
        ],
        "seed": drawn.seed,
        "smallest_chance": float(smallest),
        "smallest_chance_at_most": drawn.lottery.ceiling,
        "complete": drawn.lottery.complete,
        "panels": len(drawn.lottery.panels),
    }


@dataclass(frozen=True)
class Missing:
    """A quota that would have to give way: by `less` people below its minimum, or `more` above its maximum."""

    quota: Quota
    less: int
    more: int
    there: int  # people in the pool who answered so


def missing(problem: Problem) -> tuple[Missing, ...]:
    """Which quotas would have to give way, and by how many people, so that a panel exists: as few as possible; none
    where there is a panel. There must be people for the seats."""
    slack = relaxed(problem)
    assert slack is not None  # there are enough people, and every quota may give way
    return tuple(
        Missing(quota, less, more, sum(problem.sizes[each] for each in problem.types_in(quota)))
        for quota, (less, more) in zip(problem.quotas, slack, strict=True)
        if less or more
    )


def explain(problem: Problem) -> str:
    """The same in a sentence."""
    said = []
    for each in missing(problem):
        quota, name = each.quota, f"{each.quota.feature}={each.quota.value}"
        if each.less:
            lacks = f"{_people(each.less)} missing for the minimum of {quota.min}"
            said.append(f"{name}: {lacks} ({each.there} in the pool)")
        if each.more:
            said.append(f"{name}: the maximum of {quota.max} is too small by {_people(each.more)}")
    return "no panel meets the quotas: " + "; ".join(said)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
