"""The two files that a draw is repeated with: numbers and answers, quotas. No person is in them.

Lines end with a line feed; people stand in the order of their numbers, quotas in that of feature and value, so that the
digest depends on what is in them alone.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from workshops.draw.port import HEADS, Problem, Sheet, problem_of

EVERYBODY = ("everybody", "1")  # of workshops without quotas: one answer that all have


@dataclass(frozen=True)
class Question:
    """A question of the call, as the draw sees it: its key and those of its options."""

    key: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Bounds:
    feature: str
    value: str
    minimum: int
    maximum: int


def pool_text(people: Mapping[str, Mapping[str, str]], features: Sequence[str]) -> str:
    """`people`: answers by number. Only answers to which a quota belongs are written."""
    if not features:
        return _text(("number", EVERYBODY[0]), ((number, EVERYBODY[1]) for number in sorted(people)))
    rows = ((number, *(people[number][name] for name in features)) for number in sorted(people))
    return _text(("number", *features), rows)


def quotas_text(bounds: Iterable[Bounds], questions: Sequence[Question], seats: int) -> str:
    """A row for every option of a question with a quota; options without one may have any number of seats."""
    given = {(each.feature, each.value): (each.minimum, each.maximum) for each in bounds}
    features = {feature for feature, _ in given}
    wanted = [(each.key, option) for each in questions if each.key in features for option in each.options]
    rows = [(*each, *given.get(each, (0, seats))) for each in sorted(wanted or [EVERYBODY])]
    return _text(HEADS, rows)


def read_bounds(quotas: str) -> tuple[Bounds, ...]:
    """The rows of a quotas file that we wrote."""
    rows = list(csv.reader(io.StringIO(quotas, newline="")))[1:]
    return tuple(Bounds(feature, value, int(least), int(most)) for feature, value, least, most in rows)


def read_pool(pool: str) -> dict[str, dict[str, str]]:
    """Answers by number, of a pool file that we wrote."""
    rows = csv.reader(io.StringIO(pool, newline=""))
    heads = next(rows, [])[1:]
    return {number: dict(zip(heads, answers, strict=True)) for number, *answers in rows}


def problem_in(pool: str, quotas: str, seats: int) -> Problem:
    """What the draw is made from. There must be somebody in the pool."""
    return problem_of(Sheet("pool.csv", pool), Sheet("quotas.csv", quotas), seats)


def _text(heads: Iterable[object], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(heads)
    writer.writerows(rows)
    return buffer.getvalue()
