"""A table of reports (CSV, RFC 4180): a line for each quarter and segment; read whole, or told line by line."""

import csv
import io
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime

from consortium.segments.forms import ReportForm
from consortium.segments.grid import Cell, Grid
from consortium.segments.hiding import Figure
from consortium.segments.policy import REASON
from consortium.segments.quarters import Quarter, read_quarter
from participation.policy import N_

COLUMNS = ("quarter", "dimension", "segment", "users", "satisfaction", "reason")
NEEDED = COLUMNS[:4]
MOST = 2000  # lines
Translate = Callable[..., str]
Problem = tuple[int, str, str]  # line, column, what is wrong


@dataclass(frozen=True)
class ToldReport:
    quarter: Quarter
    figures: tuple[Figure, ...]
    reason: str


@dataclass
class _Quarter:
    """The lines on one quarter as the fields of its form, and the line from which each field came."""

    first: int
    typed: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)


def decode(raw: bytes) -> str | None:
    """UTF-8 with or without its mark, else None."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def read_table(
    text: str, kind: type[ReportForm], reported: Collection[Quarter], now: datetime, translate: Translate
) -> tuple[list[ToldReport], tuple[Problem, ...]]:
    """The reports of a table, or what is wrong in it. `reported` are the quarters that need a reason."""
    problems: list[Problem] = []

    def say(line: int, column: str, message: str, **values: object) -> None:
        problems.append((line, column, translate(message, **values)))

    found: dict[Quarter, _Quarter] = {}
    for line, row in _rows(text, say):
        quarter, cell = _place(kind.grid, line, row, now, say)
        if quarter is None or cell is None:
            continue
        into = found.setdefault(quarter, _Quarter(line))
        if cell.users in into.lines:
            say(line, "segment", N_("This segment stands in line %(n)s already."), n=into.lines[cell.users])
        else:
            _take(into, line, cell, row)
    reports = []
    for quarter, into in found.items():
        form = kind.read(into.typed, translate)
        if quarter in reported and form.ok and not form.values["reason"]:
            form.fail("reason", REASON)
        problems += [(into.lines.get(name, into.first), *_told(form, name)) for name in form.errors]
        if form.ok:
            reports.append(ToldReport(quarter, form.figures(), form.values["reason"]))
    return reports, tuple(sorted(problems))


def _rows(text: str, say: Callable[..., None]) -> list[tuple[int, dict[str, str]]]:
    """(line, cells by column) of every line that holds something."""
    reader, rows = csv.reader(io.StringIO(text), strict=True), []
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                rows.append((reader.line_num, [cell.strip() for cell in row]))
    except csv.Error:
        say(reader.line_num, "", N_("This line cannot be read as CSV."))
        return []
    heads = [cell.lower() for cell in rows[0][1]] if rows else []
    if not set(NEEDED) <= set(heads):
        say(1, "", N_("The first line must name the columns: %(columns)s."), columns=", ".join(COLUMNS))
        return []
    if not 1 < len(rows) <= MOST + 1:
        say(1, "", N_("The table must have 1 to %(most)s rows."), most=MOST)
        return []
    return [(line, dict(zip(heads, row, strict=False))) for line, row in rows[1:]]


def _place(
    grid: Grid, line: int, row: dict[str, str], now: datetime, say: Callable[..., None]
) -> tuple[Quarter | None, Cell | None]:
    quarter = read_quarter(row.get("quarter", "").upper())
    if quarter is None:
        say(line, "quarter", N_("Please write a quarter such as 2026-Q1 (April to June 2026)."))
    elif not quarter.over(now):
        say(line, "quarter", N_("This quarter is not over yet."))
        quarter = None
    dimensions = {str(cell.dimension) for cell in grid.cells}
    dimension, segment = row.get("dimension", ""), row.get("segment", "")
    cell = next((each for each in grid.cells if (str(each.dimension), each.segment) == (dimension, segment)), None)
    if dimension not in dimensions:
        say(line, "dimension", N_("Please write one of: %(values)s."), values=", ".join(sorted(dimensions)))
    elif cell is None:
        known = ", ".join(each.segment or '""' for each in grid.cells if each.dimension == dimension)
        say(line, "segment", N_("Please write one of: %(values)s."), values=known)
    return quarter, cell


def _take(into: _Quarter, line: int, cell: Cell, row: dict[str, str]) -> None:
    for name, column in ((cell.users, "users"), (cell.satisfaction, "satisfaction")):
        into.typed[name], into.lines[name] = row.get(column, ""), line
    if row.get("reason"):
        into.typed["reason"], into.lines["reason"] = row["reason"], line


def _told(form: ReportForm, name: str) -> tuple[str, str]:
    return name.partition("-")[0], form.errors[name]
