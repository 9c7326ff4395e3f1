"""Votes as a table of one byte each: participants down, statements across."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

AGREE, DISAGREE, PASS, UNSEEN = 1, -1, 0, 2
MOST_STATEMENTS = 5_000  # their covariances take 8 bytes for each pair
MOST_CELLS = 1_000_000_000  # bytes of the table itself
ROWS = 2_048  # of the table that are worked on at once

NOBODY = np.zeros(0, np.int64)

Bytes = NDArray[np.int8]
Whole = NDArray[np.int64]
Labels = NDArray[np.int64]


class TooLarge(Exception):
    """More votes than one machine's memory is meant to hold."""


@dataclass(frozen=True)
class Matrix:
    """`votes[i, j]` is what `voters[i]` said of `statements[j]`: AGREE, DISAGREE, PASS, or UNSEEN."""

    voters: tuple[str, ...]
    statements: tuple[str, ...]
    votes: Bytes

    def counts(self) -> tuple[Whole, Whole, Whole]:
        """Agree, disagree and pass of each statement."""
        return counts(self.votes)


def counts(votes: Bytes) -> tuple[Whole, Whole, Whole]:
    """Agree, disagree and pass of each column."""
    found = [np.zeros(votes.shape[1], np.int64) for _ in range(3)]
    for part in chunks(votes):
        for total, kind in zip(found, (AGREE, DISAGREE, PASS), strict=True):
            total += np.count_nonzero(part == kind, axis=0)
    return found[0], found[1], found[2]


def chunks(votes: Bytes) -> Iterable[Bytes]:
    """The rows in pieces, so that what is computed from them never takes much memory."""
    return (votes[start : start + ROWS] for start in range(0, len(votes), ROWS))


def matrix_of(
    voters: Sequence[str],
    statements: Sequence[str],
    who: Any,
    what: Any,
    votes: Any,
    times: Any = None,
) -> Matrix:
    """A table from votes told one by one: who (a place in `voters`), what (a place in `statements`), and the vote.

    The last vote of a person on a statement counts: the one with the largest time, and among equal times (or without
    any) the one that stands last. Rows and columns are in the order of the names, whatever order they came in.

    Raises:
        TooLarge: more statements or cells than we compute with.
    """
    if len(statements) > MOST_STATEMENTS:
        raise TooLarge(f"{len(statements)} statements; at most {MOST_STATEMENTS} can be mapped")
    if len(voters) * len(statements) > MOST_CELLS:
        raise TooLarge(f"{len(voters)} participants x {len(statements)} statements; at most {MOST_CELLS} votes fit")
    row_of, rows = _places(voters)
    column_of, columns = _places(statements)
    table = np.full((len(rows), len(columns)), UNSEEN, np.int8)
    who, what, votes = np.asarray(who, np.int64), np.asarray(what, np.int64), np.asarray(votes, np.int8)
    cells = row_of[who] * len(columns) + column_of[what]
    order = np.arange(len(cells)) if times is None else np.argsort(np.asarray(times, np.int64), kind="stable")
    later = order[::-1]
    cells, first = np.unique(cells[later], return_index=True)
    table.ravel()[cells] = votes[later][first]
    return Matrix(tuple(rows), tuple(columns), table)


def unpacked(columns: Mapping[str, str]) -> Matrix:
    """A table from one text per statement: numbers with commas between them, each 3 * participant + 1 + vote. A million
    votes as rows of a database take seconds to hand over; as five hundred texts they take a fraction of one."""
    names = sorted(columns, key=by_number)
    codes = [np.fromstring(columns[name], np.int64, sep=",") if columns[name] else NOBODY for name in names]
    voters = np.unique(np.concatenate([code // 3 for code in codes])) if codes else NOBODY
    if len(names) > MOST_STATEMENTS or len(voters) * len(names) > MOST_CELLS:
        raise TooLarge(f"{len(voters)} participants x {len(names)} statements")
    table = np.full((len(voters), len(names)), UNSEEN, np.int8)
    for column, code in enumerate(codes):
        table[np.searchsorted(voters, code // 3), column] = code % 3 - 1
    return Matrix(tuple(map(str, voters.tolist())), tuple(names), table)


def _places(names: Sequence[str]) -> tuple[Whole, list[str]]:
    """For each name its place among all in order, and the names in that order."""
    order = sorted(range(len(names)), key=lambda at: by_number(names[at]))
    place = np.empty(len(names), np.int64)
    place[order] = np.arange(len(names))
    return place, [names[at] for at in order]


def by_number(name: str) -> tuple[int, int, str]:
    """Sort key: whole numbers by their value and before all else."""
    number = name.isascii() and name.isdigit() and len(name) < 19
    return (0, int(name), name) if number else (1, 0, name)
