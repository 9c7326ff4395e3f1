"""Who takes the seat of somebody who gave it back: drawn from the same seed, so that anybody can repeat that too.

The numbers come from the stream of `chance.py`, whose seed is the published one, line feed, "replacing", line feed, the
id of whoever leaves. The first choice is somebody who answered everything alike: no quota moves then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from workshops.draw.chance import Stream
from workshops.draw.problem import Problem, Quota


class NotThere(Exception):
    """Somebody is to be replaced who is not in the panel; the message says who."""


@dataclass(frozen=True)
class Replacement:
    """`number` is None where nobody is left who could take the seat; `alike`: with the same answers."""

    replaces: str
    number: str | None
    alike: bool


def replace_people(problem: Problem, selected: Sequence[str], seed: str, leaving: Iterable[str]) -> list[Replacement]:
    """One after the other, in the order in which the seats came back. Whoever has been in the panel is not drawn again.

    Raises:
        NotThere: somebody leaves who is not in the panel at that moment.
    """
    panel, had, done = set(selected), set(selected), list[Replacement]()
    for number in leaving:
        if number not in panel:
            raise NotThere(f"{number} is not in the panel")
        each = _replace(problem, panel, had, seed, number)
        panel.remove(number)
        if each.number is not None:
            panel.add(each.number)
            had.add(each.number)
        done.append(each)
    return done


def _alike(problem: Problem, had: set[str], number: str) -> list[str]:
    """Who answered everything like `number` and has not been in the panel."""
    return [id for ids in problem.members if number in ids for id in ids if id not in had]


def _replace(problem: Problem, panel: set[str], had: set[str], seed: str, number: str) -> Replacement:
    alike = _alike(problem, had, number)
    found = alike or _fitting(problem, panel, had, number)
    if not found:
        return Replacement(number, None, False)
    stream = Stream(f"{seed}\nreplacing\n{number}")
    return Replacement(number, found[stream.below(len(found))], bool(alike))


def _fitting(problem: Problem, panel: set[str], had: set[str], number: str) -> list[str]:
    """With whom no quota is met worse than before: above no maximum, below no minimum that was reached."""
    types = {id: place for place, ids in enumerate(problem.members) for id in ids}
    counting = [(quota, set(problem.types_in(quota))) for quota in problem.quotas]
    before = [sum(types[id] in inside for id in panel) for _, inside in counting]

    def fits(place: int) -> bool:
        return all(
            _holds(quota, count, count - (types[number] in inside) + (place in inside))
            for (quota, inside), count in zip(counting, before, strict=True)
        )

    fitting = {place for place in range(len(problem.types)) if fits(place)}
    return [person.id for person in problem.people if person.id not in had and types[person.id] in fitting]


def _holds(quota: Quota, before: int, after: int) -> bool:
    return after <= max(quota.max, before) and after >= min(quota.min, before)
