"""Satisfaction of a service, counted from its rows: over time and by segment, without groups in which a person could be
found.

A group of fewer than five is not shown. Where the hidden groups of a table hold fewer than five together, the smallest
shown one is hidden too, or the total would give them away (secondary suppression; Willenborg and de Waal, Elements of
Statistical Disclosure Control, 2001, chapter 6).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.feedback.models import Feedback

FEWEST = 5  # people of whom a figure may speak
Counts = Counter[int]  # satisfaction -> people


@dataclass(frozen=True)
class Group:
    """`count` and `average` are None where the group is too small to be shown."""

    key: str
    count: int | None
    average: float | None
    counts: tuple[int, int, int, int, int] | None  # of 1, 2, 3, 4, 5

    @property
    def hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Figures:
    total: Group
    months: tuple[Group, ...]  # in order
    ages: tuple[Group, ...]
    areas: tuple[Group, ...]  # by the number of the area as text; "" is not said


def figures(session: Session, service_id: int) -> Figures:
    """One query, whose result does not grow with the number of rows but with months and segments."""
    rows = session.execute(
        select(Feedback.month, Feedback.age_band, Feedback.area_id, Feedback.satisfaction, func.count())
        .where(Feedback.service_id == service_id)
        .where(Feedback.superseded_at.is_(None), Feedback.withdrawn_at.is_(None))
        .group_by(Feedback.month, Feedback.age_band, Feedback.area_id, Feedback.satisfaction)
    ).all()

    def by(key: Callable[[Any], str]) -> tuple[Group, ...]:
        counted: dict[str, Counts] = defaultdict(Counter)
        for row in rows:
            counted[key(row)][row[3]] += row[4]
        return groups(counted)

    everybody = by(lambda row: "")
    return Figures(
        total=everybody[0] if everybody else Group("", None, None, None),
        months=by(lambda row: row[0]),
        ages=by(lambda row: row[1] or ""),
        areas=by(lambda row: str(row[2] or "")),
    )


def groups(counted: Mapping[str, Counts]) -> tuple[Group, ...]:
    """Each group by key, the small ones hidden."""
    sizes = {key: sum(counts.values()) for key, counts in counted.items()}
    hidden = set(too_small(sizes))
    return tuple(_group(key, counted[key], key in hidden) for key in sorted(counted))


def too_small(sizes: Mapping[str, int]) -> Iterable[str]:
    """The groups that must be hidden so that no hidden number is below the fewest, nor can be computed to be."""
    by_size = sorted(sizes, key=lambda key: (sizes[key], key))
    hidden = [key for key in by_size if sizes[key] < FEWEST]
    for key in by_size[len(hidden) :]:
        if not hidden or sum(sizes[each] for each in hidden) >= FEWEST:
            break
        hidden.append(key)
    return hidden


def _group(key: str, counts: Counts, hidden: bool) -> Group:
    if hidden:
        return Group(key, None, None, None)
    people = sum(counts.values())
    average = round(sum(mark * number for mark, number in counts.items()) / people, 2)
    return Group(key, people, average, (counts[1], counts[2], counts[3], counts[4], counts[5]))


def average_between(
    session: Session, service_ids: Sequence[int], first: str, last: str
) -> dict[int, tuple[int, float]]:
    """(people, average) of each service over the months from `first` to `last`, both included. One query."""
    rows = session.execute(
        select(Feedback.service_id, func.count(), func.sum(Feedback.satisfaction))
        .where(Feedback.service_id.in_(service_ids), Feedback.month >= first, Feedback.month <= last)
        .where(Feedback.superseded_at.is_(None), Feedback.withdrawn_at.is_(None))
        .group_by(Feedback.service_id)
    )
    return {number: (count, total / count) for number, count, total in rows}
