"""A roadmap as a picture: days become places on a line, for an SVG that needs no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from consortium.groups.models import RoadmapStep

WIDTH, LEFT, ROW, TOP = 720, 8, 46, 34  # in units of the picture
MOST_LINES = 9  # lines of time that stand beside one another


@dataclass(frozen=True)
class Bar:
    """A step with its place; `x` and `width` of a milestone are those of its mark."""

    step: RoadmapStep
    x: float
    width: float
    y: int

    @property
    def milestone(self) -> bool:
        return self.step.ends_on is None

    @property
    def words_x(self) -> float:
        """Where its words begin, so that they end within the picture."""
        return min(self.x, WIDTH * 0.55)


@dataclass(frozen=True)
class Tick:
    x: float
    day: date
    year: bool  # it begins a fiscal year


@dataclass(frozen=True)
class Picture:
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today_x: float | None
    height: int
    first: date
    last: date


def picture(steps: Sequence[RoadmapStep], today: date) -> Picture | None:
    """From the quarter of the first step to the end of the quarter of the last; nothing without steps."""
    if not steps:
        return None
    first = quarter(min(step.starts_on for step in steps))
    last = following(quarter(max(step.ends_on or step.starts_on for step in steps)))

    def x_of(day: date) -> float:
        return round(LEFT + (WIDTH - 2 * LEFT) * (day - first).days / (last - first).days, 1)

    bars = tuple(
        Bar(step, x_of(step.starts_on), max(8, round(x_of(step.ends_on or step.starts_on) - x_of(step.starts_on), 1)),
            TOP + ROW * row)
        for row, step in enumerate(steps)
    )  # fmt: skip
    return Picture(
        bars=bars,
        ticks=tuple(Tick(x_of(day), day, day.month == 4) for day in lines_of_time(first, last)),
        today_x=x_of(today) if first <= today < last else None,
        height=TOP + ROW * len(bars) + 6,
        first=first,
        last=last,
    )


def lines_of_time(first: date, last: date) -> list[date]:
    """The beginnings of the quarters, or of each second, fourth … one if there are too many."""
    days, every = [first], 1
    while (later := following(days[-1])) < last:
        days.append(later)
    while len(days[::every]) > MOST_LINES:
        every *= 2
    return days[::every]


def quarter(day: date) -> date:
    """The first day of its quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def following(start: date) -> date:
    """The first day of the next quarter."""
    return date(start.year + start.month // 10, (start.month + 2) % 12 + 1, 1)
