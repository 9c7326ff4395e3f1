"""Pabulib's files (.pb): participatory budgets as cities published them; format: pabulib.org/format.

META, PROJECTS and VOTES, each with a line of column names, columns parted by semicolons, UTF-8. `choose-1` is
approval of one project; a scoring vote gives `default_score` to what it does not name. What a file says of its rule -
greedy, greedy-threshold, greedy-no-skip, equalshares/add1 - becomes the rules.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from proposals.ballots.counting.exact import Number, read_number
from proposals.ballots.counting.model import Ballot, Option, Rules

SECTIONS = ("META", "PROJECTS", "VOTES")
VOTE_TYPES = {"approval": "approval", "choose-1": "approval", "ordinal": "ordinal", "cumulative": "cumulative",
              "scoring": "scoring"}  # fmt: skip
MOST_FIELD = 1_000_000  # characters of one field


class BadFile(ValueError):
    """A file that cannot be counted; the message is one line that says where and why."""


@dataclass(frozen=True)
class Counted:
    """A file as it is counted: `selected` holds what the file says was funded, None where it does not say."""

    options: tuple[Option, ...]
    ballots: tuple[Ballot, ...]
    rules: Rules
    titles: Mapping[str, str]
    selected: frozenset[str] | None = None


def read_pabulib(text: str) -> Counted:
    """Options, ballots and rules of a .pb file.

    Raises:
        BadFile: with the number of the line where there is one.
    """
    meta, projects, votes = _sections(text)
    vote = VOTE_TYPES.get(meta.get("vote_type", ""))
    if vote is None:
        raise BadFile(f"vote_type is {meta.get('vote_type', 'missing')!r}, not one of {', '.join(VOTE_TYPES)}")
    options = [Option(row["project_id"], _amount(row["cost"], f"line {line}: cost")) for line, row in projects]
    known = {one.id for one in options}
    if len(known) != len(options):
        raise BadFile(f"the project {_twice([one.id for one in options])!r} stands there twice")
    if voter := _twice([row["voter_id"] for _, row in votes if "voter_id" in row]):
        raise BadFile(f"the voter {voter!r} stands there twice")
    usual = _whole(meta.get("default_score", "0")) if vote == "scoring" else 0
    unnamed = dict.fromkeys(known, usual) if usual else {}
    ballots = [_ballot(row, vote, known, unnamed, f"line {line}") for line, row in votes]
    titles = {row["project_id"]: row.get("name", "") for _, row in projects}
    chosen = {row["project_id"] for _, row in projects if row.get("selected", "").strip() == "1"}
    told = any("selected" in row for _, row in projects)
    return Counted(tuple(options), tuple(ballots), _rules(meta, vote), titles, frozenset(chosen) if told else None)


def _rules(meta: Mapping[str, str], vote: str) -> Rules:
    """The rules that the file names; an unknown rule is counted greedily, as nearly all of these cities did."""
    rule = meta.get("rule", "")
    if "budget" not in meta:
        raise BadFile("META has no budget")
    return Rules(
        "equal_shares" if rule.startswith("equalshares") else "greedy",
        budget=_amount(meta["budget"], "budget"),
        vote=vote,
        max_choices=_whole(meta.get("max_length", "0")) if vote == "ordinal" else 0,
        least=_whole(meta.get("min_project_score_threshold", "0")),
        stop=rule == "greedy-no-skip",
    )


def _ballot(row: Mapping[str, str], vote: str, known: set[str], unnamed: Mapping[str, int], where: str) -> Ballot:
    """`unnamed`: the points of projects that a ballot does not name."""
    ids = [one.strip() for one in row["vote"].split(",") if one.strip()]
    if unknown := [one for one in ids if one not in known]:
        raise BadFile(f"{where}: there is no project {unknown[0]!r}")
    if vote not in ("cumulative", "scoring"):
        return Ballot(list(dict.fromkeys(ids)))  # some cities' files name a project twice on a ballot: it counts once
    if "points" not in row:
        raise BadFile(f"{where}: there are no points")
    points = [_whole(one, f"{where}: points") for one in row["points"].split(",") if one.strip()]
    if len(points) != len(ids):
        raise BadFile(f"{where}: {len(ids)} projects, but {len(points)} numbers of points")
    sums: dict[str, int] = {}
    for one, given in zip(ids, points, strict=True):
        sums[one] = sums.get(one, 0) + given
    return Ballot({**unnamed, **sums})


def _sections(text: str) -> tuple[dict[str, str], list[tuple[int, dict[str, str]]], list[tuple[int, dict[str, str]]]]:
    rows: dict[str, list[tuple[int, list[str]]]] = {}
    section = ""
    for line, cells in _lines(text):
        if cells[0].strip() in SECTIONS and not any(cell.strip() for cell in cells[1:]):
            section = cells[0].strip()
            if section in rows or section != SECTIONS[len(rows)]:
                raise BadFile(f"line {line}: {section} does not stand in the order {', '.join(SECTIONS)}")
            rows[section] = []
        elif not section:
            raise BadFile(f"line {line}: the file does not begin with META")
        else:
            rows[section].append((line, cells))
    if missing := [name for name in SECTIONS if not rows.get(name)]:
        raise BadFile(f"the section {missing[0]} is missing or has no line of column names")
    meta = {cells[0].strip(): cells[1].strip() for _, cells in rows["META"][1:] if len(cells) > 1}
    return meta, _table(rows["PROJECTS"], ("project_id", "cost")), _table(rows["VOTES"], ("vote",))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MOST_FIELD)
    reader = csv.reader(text.splitlines(), delimiter=";", strict=False)
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield reader.line_num, cells
    except csv.Error as error:
        raise BadFile(f"line {reader.line_num}: {error}") from error


def _table(rows: list[tuple[int, list[str]]], needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    line, header = rows[0][0], [cell.strip() for cell in rows[0][1]]
    for name in needed:
        if name not in header:
            raise BadFile(f"line {line}: there is no column {name}")
    table = []
    for line, cells in rows[1:]:
        row = dict(zip(header, cells, strict=False))
        if any(not name in row for name in needed):
            raise BadFile(f"line {line}: fewer columns than the header names")
        table.append((line, row | {needed[0]: row[needed[0]].strip()}))
    return table


def _amount(text: str, where: str) -> Number:
    try:
        amount = read_number(text)
    except ValueError as error:
        raise BadFile(f"{where} {error}: {text.strip()[:40]!r}") from error
    if amount < 0:
        raise BadFile(f"{where} is negative: {text.strip()[:40]}")
    return amount


def _whole(text: str, where: str = "a limit in META") -> int:
    if not text.strip().removeprefix("-").isdecimal() or len(text.strip()) > 12:
        raise BadFile(f"{where} is not a whole number: {text.strip()[:40]!r}")
    return int(text)


def _twice(ids: list[str]) -> Any:
    seen: set[str] = set()
    return next((one for one in ids if one in seen or seen.add(one)), None)  # type: ignore[func-returns-value]
