"""What the page of a draw shows of numbers: quotas with what the panel got, chances by kind of answers and as bars."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workshops.draw.port import Problem
from workshops.panels.files import Bounds

WIDTH, ROW = 400, 44  # of the drawings, and of a row in them
BINS = 10  # bars at most
Labels = Mapping[tuple[str, str], str]  # words for (feature, value)


@dataclass(frozen=True)
class QuotaRow:
    """`left`, `length` and `dot` are places in the drawing; `got` is None before the draw."""

    feature: str
    value: str
    question: str
    answer: str
    minimum: int
    maximum: int
    people: int
    got: int | None
    y: int
    left: int
    length: int
    dot: int

    @property
    def bound(self) -> bool:
        """Whether it asks for anything."""
        return self.minimum > 0 or self.maximum < self.people


@dataclass(frozen=True)
class ChanceRow:
    """People who answered alike; `chance` in percent."""

    answers: tuple[str, ...]
    people: int
    chance: float
    drawn: int


@dataclass(frozen=True)
class ChanceBar:
    """So many people have a chance from `low` to `high` percent."""

    low: float
    high: float
    people: int
    y: int
    length: int


def quota_rows(
    bounds: Sequence[Bounds], questions: Mapping[str, str], answers: Labels, people: Mapping[tuple[str, str], int],
    got: Mapping[tuple[str, str], int] | None, seats: int,
) -> tuple[QuotaRow, ...]:  # fmt: skip
    scale = WIDTH / max(1, seats)
    rows = []
    for place, each in enumerate(bounds):
        key, most = (each.feature, each.value), min(each.maximum, seats)
        mine = None if got is None else got.get(key, 0)
        rows.append(
            QuotaRow(
                each.feature, each.value, questions.get(each.feature, ""), answers.get(key, ""), each.minimum, most,
                people.get(key, 0), mine, place * ROW, round(each.minimum * scale),
                max(6, round((most - each.minimum) * scale)), min(WIDTH - 8, max(8, round((mine or 0) * scale))),
            )  # fmt: skip
        )
    return tuple(rows)


def chance_rows(
    problem: Problem, chances: Mapping[str, float], selected: Sequence[str], labels: Labels
) -> tuple[ChanceRow, ...]:
    """One row for each kind of answers, the smallest chance first."""
    chosen = set(selected)
    rows = [
        ChanceRow(
            tuple(labels.get((name, value), value) for name, value in zip(problem.features, answers, strict=True)),
            len(ids),
            100 * chances[ids[0]],
            sum(id in chosen for id in ids),
        )
        for answers, ids in zip(problem.types, problem.members, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (round(row.chance, 4), row.answers)))


def chance_bars(chances: Sequence[float]) -> tuple[ChanceBar, ...]:
    """A bar for each chance that occurs (to a tenth of a percent), or for ten equal steps where there are many."""
    counted = Counter(round(100 * chance, 1) for chance in chances)
    if len(counted) > BINS:
        counted_bins = _binned(counted)
    else:
        counted_bins = [(value, value, people) for value, people in sorted(counted.items())]
    most = max((people for *_, people in counted_bins), default=1)
    return tuple(
        ChanceBar(low, high, people, place * ROW, max(2, round(people / most * (WIDTH - 4))))
        for place, (low, high, people) in enumerate(counted_bins)
    )


def _binned(counted: Mapping[float, int]) -> list[tuple[float, float, int]]:
    low, high = min(counted), max(counted)
    step = (high - low) / BINS
    sums = Counter({place: 0 for place in range(BINS)})
    for value, people in counted.items():
        sums[min(BINS - 1, int((value - low) / step))] += people
    return [
        (round(low + place * step, 1), round(low + (place + 1) * step, 1), people)
        for place, people in sorted(sums.items())
        if people
    ]
