"""The pool and the quotas from CSV files. Every error names the row, counted as a spreadsheet program does."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workshops.draw.problem import Person, Problem, Quota

HEADS = ("feature", "value", "min", "max")
LONGEST = 20_000  # people: beyond, one chance in hundreds is nothing that a lottery should balance


class Unreadable(Exception):
    """A file cannot be used; the message says where and why."""


@dataclass(frozen=True)
class Sheet:
    """The text of a CSV file, and the name by which errors call it."""

    name: str
    text: str

    def __str__(self) -> str:
        return self.name


def read_problem(pool: Path, quotas: Path, seats: int) -> Problem:
    """Both files. Columns of the pool without a quota are not looked at.

    Raises:
        Unreadable: something in them cannot be used.
    """
    return problem_of(_sheet(pool), _sheet(quotas), seats)


def problem_of(pool: Sheet, quotas: Sheet, seats: int) -> Problem:
    """The same from texts.

    Raises:
        Unreadable: something in them cannot be used.
    """
    asked = _quotas(quotas)
    return Problem(tuple(_people(pool, asked)), asked, seats)


def _quotas(sheet: Sheet) -> tuple[Quota, ...]:
    rows = _rows(sheet)
    _, head = next(rows, (1, []))
    if tuple(head) != HEADS:
        raise Unreadable(f"{sheet}: row 1 must be {','.join(HEADS)}")
    found: dict[tuple[str, str], Quota] = {}
    for row, cells in rows:
        if len(cells) != len(HEADS):
            raise Unreadable(f"{sheet}: row {row} has {len(cells)} columns instead of {len(HEADS)}")
        feature, value = cells[0], cells[1]
        lowest, highest = (_number(sheet, row, name, cell) for name, cell in zip(HEADS[2:], cells[2:], strict=True))
        if lowest > highest:
            raise Unreadable(f"{sheet}: row {row}: the minimum {lowest} is above the maximum {highest}")
        if (feature, value) in found:
            raise Unreadable(f"{sheet}: row {row}: {feature}={value} stands there twice")
        found[feature, value] = Quota(feature, value, lowest, highest)
    if not found:
        raise Unreadable(f"{sheet}: no quotas")
    return tuple(found.values())


def _people(sheet: Sheet, quotas: tuple[Quota, ...]) -> Iterator[Person]:
    rows = _rows(sheet)
    _, head = next(rows, (1, []))
    features = {quota.feature for quota in quotas}
    if missing := sorted(features - set(head[1:])):
        raise Unreadable(f"{sheet}: row 1 has no column {missing[0]}")
    if len(set(head)) < len(head):
        raise Unreadable(f"{sheet}: row 1 names a column twice")
    known = {(quota.feature, quota.value) for quota in quotas}
    seen: dict[str, int] = {}
    for row, cells in rows:
        if len(cells) != len(head):
            raise Unreadable(f"{sheet}: row {row} has {len(cells)} columns instead of {len(head)}")
        if not cells[0]:
            raise Unreadable(f"{sheet}: row {row} has no id")
        if cells[0] in seen:
            raise Unreadable(f"{sheet}: row {row}: {cells[0]} stands in row {seen[cells[0]]} already")
        seen[cells[0]] = row
        if len(seen) > LONGEST:
            raise Unreadable(f"{sheet}: more than {LONGEST} people")
        answers = {name: cell for name, cell in zip(head, cells, strict=True) if name in features}
        for feature, value in answers.items():
            if (feature, value) not in known:
                raise Unreadable(f"{sheet}: row {row}: there is no quota for {feature}={value}")
        yield Person(cells[0], answers)
    if not seen:
        raise Unreadable(f"{sheet}: nobody in it")


def _sheet(path: Path) -> Sheet:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return Sheet(str(path), file.read())
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path}: this is no text in UTF-8") from None


def _rows(sheet: Sheet) -> Iterator[tuple[int, list[str]]]:
    """(number of the row, its cells without the space around them); empty rows are left out."""
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(sheet.text, newline=""), strict=True), 1):
            if any(cell.strip() for cell in cells):
                yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise Unreadable(f"{sheet}: {error}") from None


def _number(sheet: Sheet, row: int, name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Unreadable(f"{sheet}: row {row}: {name} must be a whole number, not {text!r}")
    return int(text)
