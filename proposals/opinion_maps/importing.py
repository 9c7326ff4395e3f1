"""Bringing in what was asked on a Polis elsewhere: its export becomes a closed map, of people without accounts."""

import secrets
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure
from participation.search.actions import mark_for_indexing
from participation.subjects import create_subject
from proposals.opinion_maps.events import VotesImported
from proposals.opinion_maps.models import (
    LONGEST,
    MapState,
    OpinionMap,
    OpinionParticipant,
    OpinionStatement,
    OpinionVote,
    StatementState,
)
from proposals.opinion_maps.policy import may_keep
from proposals.opinion_maps.reading import Votes, read_votes
from proposals.opinion_maps.tables import MOST_PROBLEMS, Problem, Source, Table, Unreadable

STATES = {"-1": StatementState.DECLINED, "0": StatementState.ACCEPTED, "1": StatementState.ACCEPTED}
COLUMNS = ("timestamp", "comment-id", "moderated", "comment-body")
STRANGE = N_("statement %(statement)s is not in comments.csv")
AT_ONCE = 5_000
LATEST = 253_402_300_799_000  # the last millisecond of the year 9999


@dataclass(frozen=True)
class Comment:
    id: str
    text: str
    state: StatementState
    at: datetime


@dataclass(frozen=True)
class Brought:
    map_id: int
    participants: int
    statements: int
    votes: int


@dataclass(frozen=True)
class Export:
    """What stood in the two files."""

    comments: list[Comment]
    votes: Votes


def read_export(comments: Source, votes: Source) -> Export:
    """A Polis export's `comments.csv` and `votes.csv`. A vote on a statement that the first lacks is an error.

    Raises:
        Unreadable: with every line that can't be used, as far as a hundred.
    """
    said, given = read_comments(comments), read_votes(votes)
    strange = sorted(set(given.statements) - {comment.id for comment in said})[:MOST_PROBLEMS]
    if strange:
        name = Table(votes).name
        raise Unreadable(*(Problem(name, 0, STRANGE, {"statement": each}) for each in strange))
    return Export(said, given)


def read_comments(source: Source) -> list[Comment]:
    """The statements of a `comments.csv`, by number. Raises Unreadable."""
    table, found = Table(source), dict[str, Comment]()
    lines = table.rows()
    head = [name.strip() for name in next(lines, (0, []))[1]]
    missing = sorted(set(COLUMNS) - set(head))
    if missing:
        table.wrong(0, N_("the column %(name)s is missing"), name=missing[0])
    for line, row in lines:
        comment = _comment(table, line, dict(zip(head, row, strict=False))) if table.fits(line, row, head) else None
        if comment is not None and comment.id in found:
            table.wrong(line, N_("statement %(statement)s stands there twice"), statement=comment.id)
        elif comment is not None:
            found[comment.id] = comment
    table.finish()
    return sorted(found.values(), key=lambda comment: int(comment.id))


def _comment(table: Table, line: int, row: dict[str, str]) -> Comment | None:
    id, moment, state = row["comment-id"], row["timestamp"], STATES.get(row["moderated"])
    text = " ".join(row["comment-body"].split())
    if not (id.isascii() and id.isdigit() and len(id) < 9):
        table.wrong(line, N_("the comment-id must be a number, not '%(found)s'"), found=id[:20])
    elif state is None:
        table.wrong(line, N_("moderated must be -1, 0 or 1"))
    elif not (moment.isascii() and moment.isdigit() and len(moment) < 20 and int(moment) <= LATEST):
        table.wrong(line, N_("the timestamp must be in milliseconds, not '%(found)s'"), found=moment[:20])
    elif not text or len(text) > 10 * LONGEST:
        table.wrong(line, N_("a statement has 1 to %(most)s characters"), most=10 * LONGEST)
    else:
        return Comment(id, text, state, datetime.fromtimestamp(int(moment) / 1000, UTC))
    return None


def bring_in(
    session: Session, actor: Actor | None, process_id: int, slug: str, question: str, export: Export, *,
    locale: str, now: datetime,
) -> Brought:  # fmt: skip
    """Make a closed map of an export: all of it or nothing; of several votes of a person on a statement the last one is
    kept. `actor` None is whoever runs the command.

    Raises:
        Refused: see `may_keep`.
    """
    if actor is not None:
        ensure(may_keep(actor))
    comments, read = export.comments, export.votes
    subject = create_subject(session, "opinion_map", title=question, space_id=process_id, locale=locale,
                             published=True, now=now)  # fmt: skip
    session.add(
        OpinionMap(
            id=subject.id, slug=slug, process_id=process_id, state=MapState.CLOSED, takes_statements=False,
            question=Localized({locale: question}), intro=Localized(), secret=secrets.token_hex(32),
            participants_count=len(read.voters), updated_at=now,
        )
    )  # fmt: skip
    session.flush()
    last = _last(read)
    statements = _statements(session, subject.id, process_id, comments, read, last, locale, now)
    people = _people(session, subject.id, len(read.voters), now)
    kept = ({"participant_id": people[read.who[at]], "statement_id": statements[read.what[at]],
             "vote": read.votes[at], "at": _at(read.times[at])} for at in last)  # fmt: skip
    for part in _parts(kept):
        session.execute(insert(OpinionVote.__table__), part)
    fact = VotesImported(opinion_map_id=subject.id, participants=len(people), votes=len(last))
    record(session, fact, actor=actor, subject_id=subject.id, now=now)
    mark_for_indexing(session, subject.id, now)
    return Brought(subject.id, len(people), len(comments), len(last))


def _last(read: Votes) -> list[int]:
    """The places of the votes that count."""
    newest: dict[int, int] = {}
    for at in range(len(read.votes)):
        cell = read.who[at] * len(read.statements) + read.what[at]
        before = newest.get(cell)
        if before is None or read.times[at] >= read.times[before]:
            newest[cell] = at
    return list(newest.values())


def _statements(
    session: Session, map_id: int, process_id: int, comments: list[Comment], read: Votes, last: list[int],
    locale: str, now: datetime,
) -> dict[int, int]:  # fmt: skip
    """Their ids by the place that `read` gave them."""
    counts = {kind: array("l", bytes(8 * len(read.statements))) for kind in (1, -1, 0)}
    for at in last:
        counts[read.votes[at]][read.what[at]] += 1
    found = {}
    for number, comment in enumerate(comments):
        shown = comment.state == StatementState.ACCEPTED
        subject = create_subject(session, "opinion_statement", title=comment.text, space_id=process_id, locale=locale,
                                 published=shown, now=now)  # fmt: skip
        place = read.statements.get(comment.id)
        agree, disagree, passed = (0 if place is None else counts[kind][place] for kind in (1, -1, 0))
        session.add(
            OpinionStatement(
                id=subject.id, map_id=map_id, number=number, state=comment.state,
                text=Localized({locale: comment.text}), agree=agree, disagree=disagree, passed=passed,
                changes=agree + disagree + passed, created_at=comment.at,
            )
        )  # fmt: skip
        if place is not None:
            found[place] = subject.id
    session.flush()
    return found


def _people(session: Session, map_id: int, number: int, now: datetime) -> list[int]:
    rows = ({"map_id": map_id, "joined_at": now} for _ in range(number))
    for part in _parts(rows):
        session.execute(insert(OpinionParticipant.__table__), part)
    mine = select(OpinionParticipant.id).where(OpinionParticipant.map_id == map_id)
    return list(session.scalars(mine.order_by(OpinionParticipant.id)))


def _parts(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(row)
        if len(part) == AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(min(milliseconds, LATEST) / 1000, UTC)
