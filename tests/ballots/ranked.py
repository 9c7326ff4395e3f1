"""Ranked ballots written as texts: "ABC" is A before B before C, "A=B" stand equal."""

import csv
from pathlib import Path

from proposals.ballots.counting import Ballot, Option

DATA = Path(__file__).parent / "data"


def ranked(**cast: int) -> list[Ballot]:
    """ranked(ABC=5): five ballots A, B, C."""
    return [Ballot([[one] for one in order], number) for order, number in cast.items()]


def options(ids: str) -> list[Option]:
    return [Option(one) for one in ids]


def ward(name: str) -> tuple[list[Ballot], list[Option], int]:
    """Ballots, candidates by their numbers, and seats of a Scottish ward."""
    rows = list(csv.reader((DATA / name).read_text(encoding="utf-8").splitlines()))
    candidates, seats = int(rows[0][0]), int(rows[0][1])
    papers = [[one for one in row if one] for row in rows[1:] if row[0].isdigit()]
    ballots = [Ballot([[one] for one in order], int(number)) for number, *order in papers]
    return ballots, [Option(str(number + 1)) for number in range(candidates)], seats
