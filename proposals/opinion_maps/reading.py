"""Polis's files of votes, read line by line: `votes.csv`, a table of participants, a table of groups."""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from participation.policy import N_
from proposals.opinion_maps.tables import Source, Table, Tell, Unreadable

__all__ = ["Unreadable", "Votes", "read_groups", "read_votes"]
NUMBERS = {"1": 1, "-1": -1, "0": 0}
ABOUT_PEOPLE = {"group-id", "n-comments", "n-votes", "n-agree", "n-disagree", "xid"}  # not statements
HEAD = N_(
    "the first line must name the columns comment-id, voter-id and vote, or a participant and one column for each"
    " statement"
)
VOTE = N_("a vote is 1 (agree), -1 (disagree) or 0 (pass), not '%(found)s'")
Lines = Iterator[tuple[int, list[str]]]


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


def read_votes(source: Source, tell: Tell = lambda line: None) -> Votes:
    """Either of the two shapes, told apart by the head: one vote per line (timestamp, datetime, comment-id, voter-id,
    vote) or one participant per line with a column per statement. `tell` hears now and then how far it is.

    Raises:
        Unreadable: with what is wrong, and where.
    """
    table = Table(source, tell)
    lines = table.rows()
    head = [name.strip() for name in next(lines, (0, []))[1]]
    if {"comment-id", "voter-id", "vote"} <= set(head):
        found = _one_by_one(table, head, lines)
    else:
        found = _by_participant(table, head, lines)
    table.finish()
    return found


def read_groups(source: Source) -> dict[str, str]:
    """Voter -> group, from two columns, or from Polis's participants-votes.csv. An empty group is none."""
    table = Table(source)
    lines = table.rows()
    head = [name.strip() for name in next(lines, (0, []))[1]]
    column = next((head.index(name) for name in ("group", "group-id") if name in head), 0)
    if not column:
        table.wrong(0, N_("the first line must name two columns, voter and group"))
    found: dict[str, str] = {}
    for number, row in lines:
        if not table.fits(number, row, head):
            continue
        voter, group = row[0].strip(), row[column].strip()
        if found.get(voter, group) != group:
            table.wrong(number, N_("participant %(voter)s is in two groups"), voter=voter)
        if group:
            found[voter] = group
    table.finish()
    return found


def _one_by_one(table: Table, head: list[str], lines: Lines) -> Votes:
    found = Votes()
    who, what, vote = (head.index(name) for name in ("voter-id", "comment-id", "vote"))
    time = head.index("timestamp") if "timestamp" in head else None
    for number, row in lines:
        if not table.fits(number, row, head):
            continue
        said, when = _vote(table, number, row[vote]), 0 if time is None else _moment(table, number, row[time])
        if not row[who].strip() or not row[what].strip():
            table.wrong(number, N_("the voter or the statement is missing"))
        elif said is not None and when is not None:
            found.add(row[who].strip(), row[what].strip(), said, when)
    return found


def _by_participant(table: Table, head: list[str], lines: Lines) -> Votes:
    statements = {at: name for at, name in enumerate(head[1:], 1) if name not in ABOUT_PEOPLE}
    if not statements or (head[0] != "participant" and "timestamp" in head):
        table.wrong(0, HEAD)
    if len(set(statements.values())) < len(statements):
        table.wrong(0, N_("a statement has two columns"))
    found = Votes(statements={name: place for place, name in enumerate(statements.values())})
    for number, row in lines:
        if not table.fits(number, row, head):
            continue
        voter = row[0].strip()
        if voter in found.voters:
            table.wrong(number, N_("participant %(voter)s stands there twice"), voter=voter)
        found.voters[voter] = len(found.voters)
        for at, statement in statements.items():
            if row[at].strip() and (said := _vote(table, number, row[at])) is not None:
                found.add(voter, statement, said, 0)
    return found


def _vote(table: Table, number: int, text: str) -> int | None:
    vote = NUMBERS.get(text.strip())
    if vote is None:
        table.wrong(number, VOTE, found=text[:20])
    return vote


def _moment(table: Table, number: int, text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) < 2**63:
        return int(text)
    table.wrong(number, N_("the timestamp must be a whole number, not '%(found)s'"), found=text[:20])
    return None
