"""Bringing in what was asked on a Polis elsewhere: its export becomes a closed map, of people without accounts."""

import csv
import secrets
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
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
from proposals.opinion_maps.reading import Unreadable, Votes, read_votes

STATES = {"-1": StatementState.DECLINED, "0": StatementState.ACCEPTED, "1": StatementState.ACCEPTED}
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


def read_comments(path: Path) -> list[Comment]:
    """The statements of a `comments.csv`, by number.

    Raises:
        Unreadable: with the line and what is wrong there.
    """
    found: dict[str, Comment] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = {"timestamp", "comment-id", "moderated", "comment-body"} - set(reader.fieldnames or ())
            if missing:
                raise Unreadable(f"{path}: the column {min(missing)} is missing")
            for row in reader:
                comment = _comment(path, reader.line_num, row)
                if comment.id in found:
                    raise Unreadable(f"{path}, line {reader.line_num}: statement {comment.id} stands there twice")
                found[comment.id] = comment
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path}: {error}") from error
    return sorted(found.values(), key=lambda comment: int(comment.id))


def _comment(path: Path, line: int, row: dict[str, Any]) -> Comment:
    id, state, moment = row["comment-id"] or "", STATES.get(row["moderated"] or ""), row["timestamp"] or ""
    text = " ".join((row["comment-body"] or "").split())
    if not (id.isascii() and id.isdigit() and len(id) < 9):
        raise Unreadable(f"{path}, line {line}: the comment-id must be a number, not {id[:20]!r}")
    if state is None:
        raise Unreadable(f"{path}, line {line}: moderated must be -1, 0 or 1")
    if not (moment.isascii() and moment.isdigit() and int(moment) <= LATEST):
        raise Unreadable(f"{path}, line {line}: the timestamp must be in milliseconds, not {moment[:20]!r}")
    if not text or len(text) > 10 * LONGEST:
        raise Unreadable(f"{path}, line {line}: a statement has 1 to {10 * LONGEST} characters")
    return Comment(id, text, state, datetime.fromtimestamp(int(moment) / 1000, UTC))


def bring_in(
    session: Session, process_id: int, slug: str, question: str, folder: Path, *, locale: str, now: datetime
) -> Brought:
    """Make a closed map of `comments.csv` and `votes.csv` in a folder: all of it or nothing. A vote on a statement that
    the first file lacks is an error; of several votes of a person on a statement the last one is kept.

    Raises:
        Unreadable: see `read_comments` and `read_votes`.
    """
    comments, read = read_comments(folder / "comments.csv"), read_votes(folder / "votes.csv")
    strange = set(read.statements) - {comment.id for comment in comments}
    if strange:
        raise Unreadable(f"{folder / 'votes.csv'}: statement {min(strange)} is not in comments.csv")
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
    record(session, fact, actor=None, subject_id=subject.id, now=now)
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
