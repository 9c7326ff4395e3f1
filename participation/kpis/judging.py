"""Whether a figure keeps what was promised: each way of comparing is one case of `judge`. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Comparator(StrEnum):
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    MAINTAIN = "maintain"
    INCREASE = "increase"
    INCREASE_BY = "increase_by"
    RANGE = "range"
    RANK = "rank"


# These say by themselves what is wanted once there is a baseline; a target's year is enough.
WITHOUT_NUMBER = (Comparator.MAINTAIN, Comparator.INCREASE)


class Outcome(StrEnum):
    MET = "met"
    MISSED = "missed"
    UNDER_WAY = "under_way"  # the year of the target is still running
    TO_COME = "to_come"  # there is a figure, and no target for it yet
    NO_DATA = "no_data"


@dataclass(frozen=True)
class Aim:
    """What was promised for a year: a number, for a range both ends, for maintaining and increasing perhaps none."""

    value: Decimal | None = None
    high: Decimal | None = None


def judge(comparator: Comparator, actual: Decimal | None, aim: Aim, baseline: Decimal | None) -> bool | None:
    """Whether `actual` keeps the promise `aim`; None when that cannot be said for want of a number.

    | comparator  | kept when                                                                            |
    |-------------|--------------------------------------------------------------------------------------|
    | at_least    | actual >= target                                                                     |
    | at_most     | actual <= target                                                                     |
    | below       | actual < target: the target itself is too much                                       |
    | maintain    | actual >= the level to hold: the target if it has a number, else the baseline        |
    | increase    | actual > the baseline, however little                                                |
    | increase_by | `actual` is the growth in percent (see `growth`), and is >= the target               |
    | range       | target <= actual <= its upper end                                                    |
    | rank        | actual <= target, 1 being the best                                                   |
    """
    if actual is None:
        return None
    value, high = aim.value, aim.high
    match comparator:
        case Comparator.AT_LEAST | Comparator.INCREASE_BY:
            return None if value is None else actual >= value
        case Comparator.AT_MOST | Comparator.RANK:
            return None if value is None else actual <= value
        case Comparator.BELOW:
            return None if value is None else actual < value
        case Comparator.MAINTAIN:
            level = baseline if value is None else value
            return None if level is None else actual >= level
        case Comparator.INCREASE:
            return None if baseline is None else actual > baseline
        case Comparator.RANGE:
            return None if value is None or high is None else value <= actual <= high


def growth(actual: Decimal, baseline: Decimal | None) -> Decimal | None:
    """The growth over the baseline in percent of its size, so that it is positive whenever the figure went up. Without
    a baseline what was entered is the growth already; from nothing there is none in percent."""
    if baseline is None:
        return actual
    return None if baseline == 0 else (actual - baseline) / abs(baseline) * 100


def added_up(values: Mapping[int, Decimal], first: int, year: int) -> Decimal | None:
    """The sum of the years from `first` to `year`; None as long as one of them is missing."""
    wanted = range(first, year + 1)
    if not wanted or any(each not in values for each in wanted):
        return None
    return sum((values[each] for each in wanted), Decimal())


def together(kept: list[bool | None]) -> bool | None:
    """Of a figure in parts (women, men): kept when every part is, broken when one is, else not known."""
    if any(each is False for each in kept):
        return False
    return None if not kept or any(each is None for each in kept) else True
