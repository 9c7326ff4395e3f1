"""What a survey gave, in figures: of each question alone, and of one crossed with another.

Where two questions are crossed, small numbers could show who said what: a group of less than five is not shown, a
cell of one to four is hidden, and further cells where a hidden one could be calculated from its row or column
(secondary suppression; Willenborg and de Waal, Elements of Statistical Disclosure Control, 2001, chapter 6).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from participation.policy import N_
from participation.surveys.models import RULING, Kind
from participation.surveys.questions import OTHER, Question, asked

FEWEST = 5
OTHER_LABEL = N_("Something else")
Said = Mapping[str, Any]


@dataclass(frozen=True)
class Bar:
    key: str
    label: str
    count: int
    percent: int  # of those who answered the question


@dataclass(frozen=True, kw_only=True)
class Tally:
    question: Question
    asked: int  # how many saw the question
    answered: int
    bars: tuple[Bar, ...] = ()
    rows: tuple[tuple[str, tuple[Bar, ...]], ...] = ()  # of a matrix: (row, its bars)
    mean: str = ""  # of a scale, with one decimal


@dataclass(frozen=True)
class Crossing:
    """`cells` by answer and group; None is hidden. Groups of less than five are left out."""

    question: Question
    by: Question
    groups: tuple[tuple[str, int], ...]  # (label, how many)
    rows: tuple[tuple[str, tuple[int | None, ...]], ...]
    left_out: int  # groups that are too small


def tallies(
    questions: Sequence[Question], answers: Sequence[Said], locale: str, translate: Callable[[str], str]
) -> tuple[Tally, ...]:
    return tuple(_tally(question, answers, locale, translate) for question in questions)


def _tally(question: Question, answers: Sequence[Said], locale: str, translate: Callable[[str], str]) -> Tally:
    given = [answer[str(question.id)] for answer in answers if str(question.id) in answer]
    counted = {
        "question": question, "asked": sum(asked(question, answer) for answer in answers), "answered": len(given)
    }  # fmt: skip
    if question.kind == Kind.MATRIX:
        rows = []
        for row in question.rows:
            values = [value[row.key] for value in given if isinstance(value, dict) and row.key in value]
            rows.append((row.text.to(locale), _bars(_labels(question, locale, translate), values, len(values))))
        return Tally(**counted, rows=tuple(rows))
    if question.kind == Kind.TEXT:
        return Tally(**counted)
    chosen = [key for value in given for key in keys_of(value)]
    bars = _bars(_labels(question, locale, translate), chosen, len(given))
    mean = ""
    if question.kind == Kind.SCALE and given:
        tenths = (20 * sum(int(value) for value in given) + len(given)) // (2 * len(given))  # halves are rounded up
        mean = f"{tenths // 10}.{tenths % 10}"
    return Tally(**counted, bars=bars, mean=mean)


def keys_of(value: Any) -> list[str]:
    """The answers that were chosen: one or several, `other` for one's own words."""
    listed = value if isinstance(value, list) else [value]
    return [OTHER if isinstance(each, dict) else str(each) for each in listed]


def can_cross(question: Question) -> bool:
    return question.kind in RULING


def crossed(
    question: Question, by: Question, answers: Sequence[Said], locale: str, translate: Callable[[str], str]
) -> Crossing:
    """The answers to one question by the answers to another, which is of one answer or a scale."""
    groups: dict[str, list[Said]] = {key: [] for key, _ in _labels(by, locale, translate)}
    for answer in answers:
        key = keys_of(answer[str(by.id)])[0] if str(by.id) in answer else ""
        if key in groups and str(question.id) in answer:
            groups[key].append(answer)
    labels = dict(_labels(by, locale, translate))
    large = {key: said for key, said in groups.items() if len(said) >= FEWEST}
    heads = _labels(question, locale, translate)
    counts = {
        key: Counter(each for answer in said for each in keys_of(answer[str(question.id)]))
        for key, said in large.items()
    }
    table = _conceal([[counts[group][key] for group in large] for key, _ in heads])
    return Crossing(
        question,
        by,
        tuple((labels[key], len(said)) for key, said in large.items()),
        tuple((label, tuple(row)) for (_, label), row in zip(heads, table, strict=True)),
        sum(0 < len(said) < FEWEST for said in groups.values()),
    )


def _conceal(table: list[list[int]]) -> list[list[int | None]]:
    """Hide what is small, then more until no hidden cell follows from its row or column."""
    places = [(row, column) for row, cells in enumerate(table) for column, _ in enumerate(cells)]
    hidden = {(row, column) for row, column in places if 0 < table[row][column] < FEWEST}
    lines = [[place for place in places if place[axis] == each] for axis in (0, 1)
             for each in sorted({place[axis] for place in places})]  # fmt: skip
    changed = True
    while changed:
        changed = False
        for line in lines:
            inside = [place for place in line if place in hidden]
            shown = [place for place in line if place not in hidden]
            if inside and shown and (len(inside) == 1 or sum(table[r][c] for r, c in inside) < FEWEST):
                hidden.add(min(shown, key=lambda place: (table[place[0]][place[1]] == 0, table[place[0]][place[1]])))
                changed = True
    return [[None if (row, column) in hidden else count for column, count in enumerate(cells)]
            for row, cells in enumerate(table)]  # fmt: skip


def _labels(question: Question, locale: str, translate: Callable[[str], str]) -> list[tuple[str, str]]:
    if question.kind == Kind.SCALE:
        return [(mark, _mark(question, mark, locale)) for mark in question.marks]
    own = [(OTHER, translate(OTHER_LABEL))] if question.other else []
    return [*((option.key, option.text.to(locale)) for option in question.options), *own]


def _mark(question: Question, mark: str, locale: str) -> str:
    """A step of a scale with what its ends mean."""
    end = {"1": question.low, question.marks[-1]: question.high}.get(mark)
    return f"{mark} ({end.to(locale)})" if end else mark


def _bars(labels: Iterable[tuple[str, str]], chosen: Sequence[str], people: int) -> tuple[Bar, ...]:
    counted = Counter(chosen)
    return tuple(
        Bar(key, label, counted[key], (200 * counted[key] + people) // (2 * people) if people else 0)
        for key, label in labels
    )


def shown_value(question: Question, value: Any, locale: str, translate: Callable[[str], str]) -> str:
    """An answer in words, for the review before sending and for tables."""
    labels = dict(_labels(question, locale, translate))
    if question.kind == Kind.MATRIX:
        rows = {row.key: row.text.to(locale) for row in question.rows}
        return "; ".join(f"{rows[row]}: {labels.get(key, key)}" for row, key in value.items() if row in rows)
    if question.kind == Kind.TEXT:
        return str(value)
    listed = value if isinstance(value, list) else [value]
    return "; ".join(
        each[OTHER] if isinstance(each, dict) else labels.get(str(each), str(each)) for each in listed
    )
