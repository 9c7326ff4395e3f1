"""The mood curve of a persona's day as an SVG path: how the person feels from morning to night."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDTH, HEIGHT = 720, 260
LEFT, RIGHT, TOP, BOTTOM = 120, 24, 24, 40
LOWEST, HIGHEST = -2, 2
CLOSEST, LABEL = 22, 48  # units between two moments of nearly the same time, and between two labels


@dataclass(frozen=True)
class Entry:
    """A moment of a day as its team wrote it; `at` is HH:MM, or "" where nobody said when."""

    at: str
    activity: str
    feeling: int  # from -2, very bad, to 2, very good
    words: str = ""


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    feeling: int
    label: str  # the time of day, or the place in the order; "" where the neighbour's leaves no room


@dataclass(frozen=True)
class Curve:
    """A drawing of `WIDTH` x `HEIGHT` units."""

    path: str
    dots: tuple[Dot, ...]
    lines: tuple[tuple[int, float], ...]  # (feeling, y) of each grid line

    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM + 26


def in_order(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """By the time of day; one without a time stays behind the one that it was written after."""
    last, keyed = "", []
    for place, entry in enumerate(entries):
        last = entry.at or last
        keyed.append((last, place, entry))
    return tuple(entry for *_, entry in sorted(keyed, key=lambda each: each[:2]))


def draw_mood(entries: Sequence[Entry]) -> Curve | None:
    """The curve through all moments, in the order of `in_order`; None for fewer than two.

    Between the moments it is the monotone cubic interpolation of Fritsch and Carlson (SIAM J. Numer. Anal. 17, 1980):
    it never rises above or falls below what the team said.
    """
    if len(entries) < 2:
        return None
    xs = _places(entries)
    ys = [_y(entry.feeling) for entry in entries]
    labels = _labels(xs, [entry.at or str(number) for number, entry in enumerate(entries, 1)])
    dots = tuple(
        Dot(round(x, 1), round(y, 1), entry.feeling, label)
        for x, y, entry, label in zip(xs, ys, entries, labels, strict=True)
    )
    lines = tuple((feeling, _y(feeling)) for feeling in range(HIGHEST, LOWEST - 1, -1))
    return Curve(_path(xs, ys), dots, lines)


def minutes(at: str) -> int | None:
    """Minutes since midnight of a time of day, HH:MM."""
    hours, _, rest = at.partition(":")
    return int(hours) * 60 + int(rest) if hours.isdigit() and rest.isdigit() else None


def _places(entries: Sequence[Entry]) -> list[float]:
    """Along the clock where every moment has a time, else in even steps; `CLOSEST` apart if there is room."""
    times = [minutes(entry.at) for entry in entries]
    known = [time for time in times if time is not None]
    wide, last = WIDTH - LEFT - RIGHT, len(entries) - 1
    if len(known) == len(entries) and known[-1] > known[0]:
        shares = [(time - known[0]) / (known[-1] - known[0]) for time in known]
    else:
        shares = [place / last for place in range(len(entries))]
    gap = min(CLOSEST, wide / last)
    places = [LEFT + share * wide for share in shares]
    for place in range(1, last + 1):
        places[place] = max(places[place], places[place - 1] + gap)
    places[last] = WIDTH - RIGHT
    for place in range(last, 0, -1):  # what was pushed too far to the right goes back
        places[place - 1] = min(places[place - 1], places[place] - gap)
    return places


def _labels(xs: Sequence[float], labels: Sequence[str]) -> list[str]:
    """The first and the last, and those between that keep `LABEL` from the one before and from the last."""
    kept, last = [labels[0]], xs[0]
    for x, label in zip(xs[1:-1], labels[1:-1], strict=True):
        room = x - last >= LABEL and xs[-1] - x >= LABEL
        kept.append(label if room else "")
        last = x if room else last
    return [*kept, labels[-1]]


def _y(feeling: int) -> float:
    high = HEIGHT - TOP - BOTTOM
    return TOP + high * (HIGHEST - feeling) / (HIGHEST - LOWEST)


def _path(xs: Sequence[float], ys: Sequence[float]) -> str:
    slopes = _slopes(xs, ys)
    parts = [f"M{xs[0]:.1f} {ys[0]:.1f}"]
    for place, (left, right) in enumerate(pairwise(xs)):
        third = (right - left) / 3
        first, second = ys[place] + slopes[place] * third, ys[place + 1] - slopes[place + 1] * third
        handles = f"{left + third:.1f} {first:.1f} {right - third:.1f} {second:.1f}"
        parts.append(f"C{handles} {right:.1f} {ys[place + 1]:.1f}")
    return "".join(parts)


def _slopes(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """At each point: the harmonic mean of the slopes beside it, 0 where they differ in sign (Fritsch, Butland 1984)."""
    steps = [(b - a) / (right - left) for (left, right), (a, b) in zip(pairwise(xs), pairwise(ys), strict=True)]
    inner = [2 * a * b / (a + b) if a * b > 0 else 0.0 for a, b in pairwise(steps)]
    return [steps[0], *inner, steps[-1]]
