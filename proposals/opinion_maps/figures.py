"""What everybody is shown of a computed map: plain JSON, in which no group of a few people has figures of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from proposals.opinion_maps.places import Place

if TYPE_CHECKING:
    from proposals.opinion_maps.mapping import OpinionMap  # which loads numpy: pages need the measures below only

SMALLEST = 5  # people of a group about which anything is said
FEWEST = 10  # placed people for a map at all
LETTERS = "ABCDE"
WIDTH, HEIGHT, EDGE = 640, 420, 40  # of the drawing
CELL = 16  # people who stand in the same cell of this width are drawn as one dot
Point = tuple[float, float]


def lettered(found: "OpinionMap", before: Mapping[int, Place]) -> dict[str, int]:
    """For each group the place of its letter: that of the former group from which most of its people come, so that
    letters stay with the people; else the first that is free."""
    shared = Counter((name, before[int(who)][0]) for who, name in found.groups.items() if int(who) in before)
    letters: dict[str, int] = {}
    for (name, letter), _ in sorted(shared.items(), key=lambda each: (-each[1], each[0])):
        if name not in letters and letter not in letters.values():
            letters[name] = letter
    for name in found.names:
        if name not in letters:
            letters[name] = next(each for each in range(len(LETTERS)) if each not in letters.values())
    return letters


def figures(found: "OpinionMap", letters: Mapping[str, int]) -> dict[str, Any]:
    """Groups with their outlines and what sets them apart, dots, and each statement's votes."""
    sizes = Counter(found.groups.values())
    shown = [name for name in sorted(found.names, key=lambda name: letters[name]) if sizes[name] >= SMALLEST]
    if len(found.points) < FEWEST:
        shown = []
    frame = _frame(list(found.points.values()))
    points = {who: drawn(point, frame) for who, point in found.points.items()}
    return {
        "placed": len(found.groups),
        "participants": found.participants,
        "unshown": len(found.groups) - sum(sizes[name] for name in shown),
        "frame": frame,
        "groups": [_group(found, name, letters[name], points) for name in shown],
        "statements": {
            id: {
                "agree": tally.agree,
                "disagree": tally.disagree,
                "pass": tally.passed,
                "consensus": found.consensus[id] if shown else None,
                "groups": {LETTERS[letters[name]]: _votes(found.by_group[name][id]) for name in shown},
            }
            for id, tally in found.totals.items()
        },
    }


def _votes(tally: Any) -> list[int]:
    return [tally.agree, tally.disagree, tally.passed]


def _group(found: "OpinionMap", name: str, letter: int, points: Mapping[str, Point]) -> dict[str, Any]:
    own = [points[who] for who, group in found.groups.items() if group == name]
    middle = (sum(x for x, _ in own) / len(own), sum(y for _, y in own) / len(own))
    return {
        "letter": LETTERS[letter],
        "size": len(own),
        "middle": [round(each) for each in middle],
        "outline": outline(own),
        "dots": dots(own),
        "apart": [
            {"statement": each.statement, "side": each.side} for each in found.representative[name]
        ],
    }


def _frame(points: Sequence[Point]) -> list[float]:
    """Left, top and scale, so that all points fit into the drawing and distances stay true."""
    if not points:
        return [0.0, 0.0, 1.0]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((WIDTH - 2 * EDGE) / wide, (HEIGHT - 2 * EDGE) / high)
    left = min(xs) - ((WIDTH - 2 * EDGE) / scale - wide) / 2
    top = min(ys) - ((HEIGHT - 2 * EDGE) / scale - high) / 2
    return [left, top, scale]


def drawn(point: Point, frame: Sequence[float]) -> Point:
    """A point of the map as a point of the drawing."""
    left, top, scale = frame
    return EDGE + (point[0] - left) * scale, EDGE + (point[1] - top) * scale


def dots(points: Sequence[Point]) -> list[list[int]]:
    """x, y and number of people for each cell of a grid in which somebody stands."""
    cells = Counter((int(x // CELL), int(y // CELL)) for x, y in points)
    return [[x * CELL + CELL // 2, y * CELL + CELL // 2, people] for (x, y), people in sorted(cells.items())]


def outline(points: Sequence[Point]) -> list[list[int]]:
    """The convex hull, by Andrew's monotone chain (1979)."""
    ordered = sorted({(round(x), round(y)) for x, y in points})
    if len(ordered) < 3:
        return [list(point) for point in ordered]
    return [list(point) for point in (*_half(ordered)[:-1], *_half(ordered[::-1])[:-1])]


def _half(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    hull: list[tuple[int, int]] = []
    for point in points:
        while len(hull) > 1 and _turn(hull[-2], hull[-1], point) <= 0:
            hull.pop()
        hull.append(point)
    return hull


def _turn(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> int:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
