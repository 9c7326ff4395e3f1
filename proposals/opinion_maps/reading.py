"""Polis's files of votes, read line by line: `votes.csv`, a table of participants, a table of groups."""

import csv
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

NUMBERS = {"1": 1, "-1": -1, "0": 0}
ABOUT_PEOPLE = {"group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid"}  # not statements
Tell = Callable[[int], None]


class Unreadable(Exception):
    """The file can't be read; the message names it, and the line."""


@dataclass
class Votes:
    """Votes in the order of the file: the places of who and what in `voters` and `statements`, and the vote."""

    voters: dict[str, int] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    who: array = field(default_factory=lambda: array("l"))
    what: array = field(default_factory=lambda: array("l"))
    votes: array = field(default_factory=lambda: array("b"))
    times: array = field(default_factory=lambda: array("q"))

    def add(self, voter: str, statement: str, vote: int, time: int) -> None:
        self.who.append(self.voters.setdefault(voter, len(self.voters)))
        self.what.append(self.statements.setdefault(statement, len(self.statements)))
        self.votes.append(vote)
        self.times.append(time)


def read_votes(path: Path, tell: Tell = lambda line: None) -> Votes:
    """Either of the two shapes, told apart by the head: one vote per line (timestamp, datetime, comment-id, voter-id,
    vote) or one participant per line with a column per statement. `tell` hears now and then how far it is.

    Raises:
        Unreadable: with what is wrong, and where.
    """
    lines = _lines(path, tell)
    head = [name.strip() for name in next(lines, (0, []))[1]]
    if {"comment-id", "voter-id", "vote"} <= set(head):
        return _one_by_one(path, head, lines)
    statements = {at: name for at, name in enumerate(head[1:], 1) if name not in ABOUT_PEOPLE}
    if not statements or (head[0] != "participant" and "timestamp" in head):
        raise Unreadable(
            f"{path}: the first line must name the columns comment-id, voter-id and vote, "
            "or a participant and one column for each statement"
        )
    return _by_participant(path, head, statements, lines)


def read_groups(path: Path) -> dict[str, str]:
    """Voter -> group, from two columns, or from Polis's participants-votes.csv. An empty group is none."""
    lines = _lines(path, lambda line: None)
    head = [name.strip() for name in next(lines, (0, []))[1]]
    column = next((head.index(name) for name in ("group", "group-id") if name in head), None)
    if column is None or column == 0:
        raise Unreadable(f"{path}: the first line must name two columns, voter and group")
    found: dict[str, str] = {}
    for number, row in lines:
        _same_length(path, number, row, head)
        voter, group = row[0].strip(), row[column].strip()
        if found.get(voter, group) != group:
            raise Unreadable(f"{path}, line {number}: participant {voter} is in two groups")
        if group:
            found[voter] = group
    return found


def _lines(path: Path, tell: Tell) -> Iterator[tuple[int, list[str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            for row in reader:
                if row:
                    yield reader.line_num, row
                if reader.line_num % 10_000 == 0:
                    tell(reader.line_num)
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not a UTF-8 text") from error
    except csv.Error as error:
        raise Unreadable(f"{path}, line {reader.line_num}: {error}") from error


def _one_by_one(path: Path, head: list[str], lines: Iterator[tuple[int, list[str]]]) -> Votes:
    found = Votes()
    who, what, vote = (head.index(name) for name in ("voter-id", "comment-id", "vote"))
    time = head.index("timestamp") if "timestamp" in head else None
    for number, row in lines:
        _same_length(path, number, row, head)
        if not row[who].strip() or not row[what].strip():
            raise Unreadable(f"{path}, line {number}: the voter or the statement is missing")
        when = 0 if time is None else _moment(path, number, row[time])
        found.add(row[who].strip(), row[what].strip(), _vote(path, number, row[vote]), when)
    return found


def _by_participant(
    path: Path, head: list[str], statements: dict[int, str], lines: Iterator[tuple[int, list[str]]]
) -> Votes:
    if len(set(statements.values())) < len(statements):
        raise Unreadable(f"{path}: a statement has two columns")
    found = Votes(statements={name: place for place, name in enumerate(statements.values())})
    for number, row in lines:
        _same_length(path, number, row, head)
        voter = row[0].strip()
        if voter in found.voters:
            raise Unreadable(f"{path}, line {number}: participant {voter} stands there twice")
        found.voters[voter] = len(found.voters)
        for at, statement in statements.items():
            if row[at].strip():
                found.add(voter, statement, _vote(path, number, row[at]), 0)
    return found


def _vote(path: Path, number: int, text: str) -> int:
    vote = NUMBERS.get(text.strip())
    if vote is None:
        raise Unreadable(
            f"{path}, line {number}: a vote is 1 (agree), -1 (disagree) or 0 (pass), not {text[:20]!r}"
        )
    return vote


def _moment(path: Path, number: int, text: str) -> int:
    try:
        moment = int(text)
    except ValueError:
        moment = -1
    if not 0 <= moment < 2**63:
        raise Unreadable(f"{path}, line {number}: the timestamp must be a whole number, not {text[:20]!r}")
    return moment


def _same_length(path: Path, number: int, row: list[str], head: list[str]) -> None:
    if len(row) != len(head):
        raise Unreadable(f"{path}, line {number}: {len(row)} columns instead of {len(head)}")
