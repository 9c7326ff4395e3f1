"""The line chart of a KPI: target against actual, as coordinates for an SVG. Pure geometry; words come from outside.

An axis that does not begin at zero, and a last target far above everything else, are drawn broken and said in words.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import floor, log10

Dots = Sequence[tuple[int, Decimal]]  # (year, value), by year

FAR = 3  # a last target beyond so many times of everything else gets a bar of its own, drawn broken
STEPS = (1, 2, 2.5, 5, 10)
INSET = 18  # units between the axis and the first year
GAP = 46  # units that a year's name takes on the axis


@dataclass(frozen=True)
class Frame:
    """The size of the drawing in units of its view box."""

    width: int
    height: int
    left: int = 62
    right: int = 40
    top: int = 26
    bottom: int = 34
    every: bool = True  # every value gets its number; else the last one alone


FULL, SMALL = Frame(720, 330), Frame(400, 230, 56, 34, 24, 32, every=False)


@dataclass(frozen=True)
class Series:
    """Values of one kind. `look` is a class of the stylesheet: target or actual (and actual two for a second part)."""

    look: str
    label: str
    dots: Dots


@dataclass(frozen=True)
class Mark:
    x: float
    y: float
    year: int
    text: str  # "" where the number is left out
    text_y: float


@dataclass(frozen=True)
class Stroke:
    look: str
    label: str
    marks: tuple[Mark, ...]

    @property
    def points(self) -> str:
        return " ".join(f"{mark.x},{mark.y}" for mark in self.marks)


@dataclass(frozen=True)
class FarBar:
    """A target far above the scale: a bar with a break in it."""

    year: int
    text: str
    x: float
    top: float


@dataclass(frozen=True)
class Chart:
    frame: Frame
    strokes: tuple[Stroke, ...]
    ticks: tuple[tuple[str, float], ...]  # (number, y)
    years: tuple[tuple[int, float], ...]  # (year, x), those whose names fit
    base: float  # y of the axis
    end: float  # x where the grid ends
    begins_at: str  # the lowest number of an axis that leaves out zero; "" for one that has it
    far: FarBar | None


def draw(series: Iterable[Series], frame: Frame, say: Callable[[Decimal], str], *, best_is_low: bool) -> Chart | None:
    """The chart, or None where there is nothing to draw. `say` writes a number; ranks have their best on top."""
    shown = [each for each in series if each.dots]
    if not shown:
        return None
    shown, far = _without_far(shown)
    values = [value for each in shown for _, value in each.dots]
    years = sorted({year for each in shown for year, _ in each.dots})
    ticks = _ticks(min(values), max(values), from_zero=not best_is_low)
    end = frame.width - frame.right - (frame.width / 6 if far else 0)
    base = frame.height - frame.bottom

    def x_of(year: int) -> float:
        share = (year - years[0]) / (years[-1] - years[0]) if len(years) > 1 else 0.5
        return round(frame.left + INSET + (end - frame.left - 2 * INSET) * share, 1)

    def y_of(value: Decimal) -> float:
        share = float((value - ticks[0]) / (ticks[-1] - ticks[0]))
        return round(frame.top + (base - frame.top) * (share if best_is_low else 1 - share), 1)

    strokes = tuple(
        Stroke(each.look, each.label, tuple(_marks(each, shown, x_of, y_of, say, every=frame.every))) for each in shown
    )
    return Chart(
        frame,
        strokes,
        tuple((say(tick), y_of(tick)) for tick in ticks),
        tuple(_fitting([(year, x_of(year)) for year in years])),
        base,
        end,
        say(ticks[0]) if ticks[0] > 0 and not best_is_low else "",
        FarBar(far[0], say(far[1]), round((end + frame.width) / 2, 1), frame.top) if far else None,
    )


def _without_far(shown: list[Series]) -> tuple[list[Series], tuple[int, Decimal] | None]:
    """A last target that would press everything else flat, apart from the rest."""
    targets = [each for each in shown if each.look == "target"]
    if len(targets) != 1 or len(targets[0].dots) < 2:
        return shown, None
    *near, last = targets[0].dots
    others = [value for each in shown if each.look != "target" for _, value in each.dots] + [value for _, value in near]
    if last[1] <= FAR * max(others) or max(others) <= 0:
        return shown, None
    kept = [Series("target", each.label, near) if each.look == "target" else each for each in shown]
    return kept, last


def _ticks(low: Decimal, high: Decimal, *, from_zero: bool) -> list[Decimal]:
    """About five round numbers that hold all values; from zero, unless that would press them flat."""
    if from_zero and low > 0 and (high == 0 or low < high * Decimal("0.6")):
        low = Decimal()
    if from_zero and high < 0 and high > low * Decimal("0.6"):
        high = Decimal()
    span = float(high - low) or abs(float(high)) * 0.1 or 1.0
    size = 10.0 ** floor(log10(span / 4))
    step = Decimal(str(next(step * size for step in STEPS if step * size >= span / 4)))
    first, last = (low / step).to_integral_value("ROUND_FLOOR"), (high / step).to_integral_value("ROUND_CEILING")
    last += first == last
    return [step * number for number in range(int(first), int(last) + 1)]


def _marks(
    each: Series,
    shown: list[Series],
    x_of: Callable[[int], float],
    y_of: Callable[[Decimal], float],
    say: Callable[[Decimal], str],
    *,
    every: bool,
) -> Iterable[Mark]:
    """The points with their numbers: of two in one year the upper has its number above, the lower below."""
    for place, (year, value) in enumerate(each.dots):
        x, y = x_of(year), y_of(value)
        others = [y_of(v) for other in shown if other is not each for when, v in other.dots if when == year]
        below = any(o < y or (o == y and each.look == "target") for o in others)
        text = say(value) if every or place == len(each.dots) - 1 else ""
        yield Mark(x, y, year, text, y + 21 if below else y - 11)


def _fitting(years: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """From the last year backwards, those whose names do not touch."""
    kept = years[-1:]
    for year, x in years[-2::-1]:
        if kept[0][1] - x >= GAP:
            kept.insert(0, (year, x))
    return kept

