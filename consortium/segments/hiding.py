"""What of a report may be shown without a person being found in it.

A group of one to four people is not shown. Where the hidden groups of a table could be told from its total, the
smallest shown one is hidden too (secondary suppression; Willenborg and de Waal, Elements of Statistical Disclosure
Control, 2001, chapter 6). As such a group must not be told from a small one, both then bear the same mark.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from consortium.feedback.figures import FEWEST
from consortium.segments.grid import REST
from consortium.segments.models import Dimension


class Hidden(StrEnum):
    NOT = ""
    FEW = "few"  # one to four people
    WITHHELD = "withheld"  # one to four, or hidden so that such a number cannot be calculated


@dataclass(frozen=True)
class Figure:
    """What is told of a segment; as it is shown, `users` and `satisfaction` are None where it is hidden."""

    dimension: Dimension
    segment: str
    users: int | None
    satisfaction: float | None
    hidden: Hidden = Hidden.NOT


def shown(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """The same segments, the small ones hidden; those who are in no segment of a dimension are one of their own."""
    told = tuple(figures)
    total = next(figure for figure in told if figure.dimension == Dimension.TOTAL)
    everybody = total.users or 0
    if 0 < everybody < FEWEST:
        return (Figure(Dimension.TOTAL, REST, None, None, Hidden.FEW),)
    found = [total]
    for dimension in Dimension:
        groups = [figure for figure in told if figure.dimension == dimension]
        if dimension == Dimension.TOTAL or not groups:
            continue
        left = everybody - sum(figure.users or 0 for figure in groups)
        if left > 0:
            groups.append(Figure(dimension, REST, left, None))
        marks = conceal({figure.segment: figure.users or 0 for figure in groups})
        found += [_marked(figure, marks.get(figure.segment, Hidden.NOT)) for figure in groups]
    return tuple(found)


def conceal(sizes: Mapping[str, int]) -> dict[str, Hidden]:
    """The mark of each group that must be hidden. Nobody in a group is nobody to be found, so zeros stay."""
    by_size = sorted((key for key in sizes if sizes[key]), key=lambda key: (sizes[key], key))
    hidden = [key for key in by_size if sizes[key] < FEWEST]
    small = len(hidden)
    while hidden and _told(sum(sizes[key] for key in hidden), len(hidden)) and len(hidden) < len(by_size):
        next_size = sizes[by_size[len(hidden)]]  # all of one size, or it would be told by which of them is missing
        hidden += [key for key in by_size[len(hidden) :] if sizes[key] == next_size]
    sure = len(hidden) == small and not _told(sum(sizes[key] for key in hidden), small)
    return dict.fromkeys(hidden, Hidden.FEW if sure else Hidden.WITHHELD)


def _told(together: int, count: int) -> bool:
    """Whether it follows how large each of so many small groups is, or that they are small together."""
    return together < FEWEST or together in (count, count * (FEWEST - 1))


def _marked(figure: Figure, hidden: Hidden) -> Figure:
    if hidden == Hidden.NOT:
        return figure
    return Figure(figure.dimension, figure.segment, None, None, hidden)
