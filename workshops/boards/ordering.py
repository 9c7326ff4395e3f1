"""The order in which things stand: neighbours change places, which works by keyboard and without a script."""

from collections.abc import Sequence
from typing import Any, Protocol

from workshops.boards.models import Moment


class InOrder(Protocol):
    position: Any


def change_places(row: Sequence[InOrder], one: InOrder, by: int) -> None:
    """Let `one` and its neighbour in the row change places; `by` is -1 (towards the beginning) or 1. At an end it
    stays, and so does a moment beside one of another time. All of the row are numbered anew.
    """
    found = list(row)
    here = found.index(one)
    there = min(max(here + by, 0), len(found) - 1)
    if not _of_two_times(one, found[there]):
        found[here], found[there] = found[there], found[here]
    for position, each in enumerate(found, 1):
        each.position = position


def in_the_day(moments: Sequence[Moment]) -> list[Moment]:
    """By the time of day; one without a time stays behind the one that it was put after."""
    last, keyed = "", []
    for place, moment in enumerate(sorted(moments, key=lambda each: (each.position, each.id))):
        last = moment.at or last
        keyed.append(((last, place), moment))
    return [moment for _, moment in sorted(keyed, key=lambda each: each[0])]


def _of_two_times(one: InOrder, other: InOrder) -> bool:
    return isinstance(one, Moment) and isinstance(other, Moment) and "" not in (one.at, other.at) and one.at != other.at
