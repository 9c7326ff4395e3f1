"""Satisfaction over time as a drawing: a point for each month that may be shown, a line where months follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from consortium.feedback.figures import Group

MOST = 24  # months
WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 220, 44, 20, 36


@dataclass(frozen=True)
class Point:
    month: str
    average: float
    x: float
    y: float


@dataclass(frozen=True)
class Chart:
    lines: tuple[tuple[Point, ...], ...]  # each an unbroken run of months
    ticks: tuple[tuple[int, float], ...]  # (satisfaction, y)
    first: str
    last: str

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for line in self.lines for point in line)


def chart(months: Sequence[Group]) -> Chart | None:
    """Of the newest months; None where fewer than two can be shown."""
    shown = months[-MOST:]
    if sum(not month.hidden for month in shown) < 2:
        return None
    step = (WIDTH - LEFT - 24) / max(1, len(shown) - 1)
    lines: list[list[Point]] = [[]]
    for place, month in enumerate(shown):
        if month.average is None:
            lines.append([])
        else:
            lines[-1].append(Point(month.key, month.average, round(LEFT + step * place, 1), _y(month.average)))
    ticks = tuple((mark, _y(mark)) for mark in range(1, 6))
    return Chart(tuple(tuple(line) for line in lines if line), ticks, shown[0].key, shown[-1].key)


def _y(mark: float) -> float:
    return round(TOP + (HEIGHT - TOP - BOTTOM) * (5 - mark) / 4, 1)
