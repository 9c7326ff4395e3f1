"""Quarters over time as lines, segments beside each other as bars: coordinates for an SVG; words come from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 640, 220, 64, 28, 20, 36
BAR_WIDTH, BAR_LEFT, BAR_RIGHT, ROW = 400, 156, 64, 32
MARKS = (1, 2, 3, 4, 5)
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    value: float


@dataclass(frozen=True)
class Line:
    look: str  # class of the stylesheet
    label: str
    runs: tuple[tuple[Point, ...], ...]  # unbroken stretches

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for run in self.runs for point in run)


@dataclass(frozen=True)
class Chart:
    lines: tuple[Line, ...]
    ticks: tuple[tuple[float, float], ...]  # (number, y)
    places: tuple[tuple[str, float], ...]  # (quarter, x), those whose names fit
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Bar:
    label: str
    y: float
    width: float
    text: str


@dataclass(frozen=True)
class Bars:
    rows: tuple[Bar, ...]
    left: int
    width: int
    height: int


Series = tuple[str, str, Sequence[float | None]]  # look, label, a value or None for each quarter


def over_time(names: Sequence[str], series: Sequence[Series], ticks: Sequence[float] = ()) -> Chart | None:
    """None where fewer than two values can be shown. Without `ticks` the axis begins at zero."""
    values = [value for _, _, row in series for value in row if value is not None]
    if len(values) < 2 or len(names) < 2:
        return None
    scale = list(ticks) or _ticks(max(values))
    step = (WIDTH - LEFT - RIGHT - 24) / (len(names) - 1)

    def y_of(value: float) -> float:
        share = (value - scale[0]) / (scale[-1] - scale[0])
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share, 1)

    def x_of(place: int) -> float:
        return round(LEFT + 12 + step * place, 1)

    lines = []
    for look, label, row in series:
        runs: list[list[Point]] = [[]]
        for place, value in enumerate(row):
            if value is None:
                runs.append([])
            else:
                runs[-1].append(Point(x_of(place), y_of(value), value))
        lines.append(Line(look, label, tuple(tuple(run) for run in runs if run)))
    every = -(-len(names) * 74 // (WIDTH - LEFT))  # so many names between two that are written
    places = [(name, x_of(place)) for place, name in enumerate(names) if (len(names) - 1 - place) % every == 0]
    return Chart(tuple(line for line in lines if line.runs), tuple((tick, y_of(tick)) for tick in scale), tuple(places))


def side_by_side(rows: Sequence[tuple[str, float | None, str]], most: float) -> Bars:
    """(label, value, the value in words) of each; a row without a value has its words alone."""
    room = BAR_WIDTH - BAR_LEFT - BAR_RIGHT
    bars = tuple(
        Bar(label, 8 + ROW * place, round(room * (value or 0) / most, 1) if most else 0, text)
        for place, (label, value, text) in enumerate(rows)
    )
    return Bars(bars, BAR_LEFT, BAR_WIDTH, 8 + ROW * len(rows))


def _ticks(highest: float) -> list[float]:
    size = 10.0 ** floor(log10(max(highest, 4) / 4))
    step = next(step * size for step in STEPS if step * size * 4 >= highest)
    return [step * number for number in range(5)]
