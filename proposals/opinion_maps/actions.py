"""What the secretariat does with opinion maps, and what is added to them. Each: ensure, change, record."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, Refused, Verdict, ensure
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound
from proposals.opinion_maps.events import OpinionMapMoved, StatementAdded, StatementDecided
from proposals.opinion_maps.models import MapState, OpinionMap, OpinionStatement, StatementState
from proposals.opinion_maps.policy import may_add_statement, may_decide, may_keep, may_move_map
from proposals.opinion_maps.queries import map_by_slug


@dataclass(frozen=True, kw_only=True)
class Description:
    """What a map asks, and of whom."""

    question: Localized
    intro: Localized
    process_id: int
    opens_at: datetime | None
    closes_at: datetime | None
    needs: list[str]
    takes_statements: bool
    moderated: bool


def create_map(session: Session, actor: Actor, slug: str, said: Description, *, now: datetime) -> OpinionMap:
    """A draft that the secretariat alone sees."""
    ensure(may_keep(actor))
    title = said.question.to("ja")
    subject = create_subject(session, "opinion_map", title=title, space_id=said.process_id, author_id=actor.id, now=now)
    row = OpinionMap(id=subject.id, slug=slug, secret=secrets.token_hex(32), state=MapState.DRAFT, updated_at=now)
    _write(row, said)
    session.add(row)
    session.flush()
    return row


def change_map(session: Session, actor: Actor, map_id: int, said: Description, *, now: datetime) -> None:
    """Other words, other times. The question stays once people have voted on statements about it."""
    ensure(may_keep(actor))
    row = _locked(session, map_id)
    if row.participants_count and (said.question != row.question or said.process_id != row.process_id):
        raise Refused(Verdict("conflict", N_("People have voted already, so the question stays as it is.")))
    _write(row, said)
    row.updated_at = now
    session.execute(update(Subject).where(Subject.id == map_id).values(title=said.question.to("ja")))
    mark_for_indexing(session, map_id, now)


def _write(row: OpinionMap, said: Description) -> None:
    for each in fields(said):
        setattr(row, each.name, getattr(said, each.name))


def move_map(session: Session, actor: Actor, map_id: int, to: MapState, *, now: datetime) -> None:
    """Open it for opinions, close it, open it again."""
    row = _locked(session, map_id)
    accepted = select(func.count()).where(
        OpinionStatement.map_id == map_id, OpinionStatement.state == StatementState.ACCEPTED
    )
    ensure(may_move_map(actor, MapState(row.state), to, session.scalar(accepted) or 0))
    if to == MapState.OPEN and row.closes_at is not None and row.closes_at <= now:
        raise Refused(Verdict("conflict", N_("Its time is over. Give it a later end first.")))
    put_into(session, actor, row, to, now)


def put_into(session: Session, actor: Actor | None, row: OpinionMap, to: MapState, now: datetime) -> None:
    """Bring it into a state; whoever calls this has asked the policy, or is the worker at its time."""
    row.state, row.updated_at = to, now
    if to == MapState.OPEN:
        unpublished = update(Subject).where(Subject.id == row.id, Subject.published_at.is_(None))
        session.execute(unpublished.values(published_at=now))
    session.flush()
    mark_for_indexing(session, row.id, now)
    record(session, OpinionMapMoved(opinion_map_id=row.id, to=to), actor=actor, subject_id=row.id, now=now)


def add_statement(
    session: Session, actor: Actor, slug: str, text: Localized, *, locale: str, now: datetime
) -> OpinionStatement:
    """A statement of the secretariat is accepted at once; one of a participant too, unless the map is moderated.

    Raises:
        NotFound, Refused: see `may_add_statement`; it stands there already.
    """
    view = map_by_slug(session, actor, slug, now)
    if view is None:
        raise NotFound
    ensure(may_add_statement(actor, view.standing))
    row = _locked(session, view.id)  # one at a time, so that numbers have no gaps and no text comes twice
    seed = bool(may_keep(actor))
    accepted = seed or not row.moderated
    title = text.to("ja")
    _ensure_new(session, view.id, title)
    number = session.scalar(select(func.count()).where(OpinionStatement.map_id == view.id)) or 0
    subject = create_subject(session, "opinion_statement", title=title, space_id=view.process_id, author_id=actor.id,
                             locale=locale, published=accepted, now=now)  # fmt: skip
    statement = OpinionStatement(id=subject.id, map_id=view.id, number=number, seed=seed, text=text, created_at=now)
    statement.state = StatementState.ACCEPTED if accepted else StatementState.WAITING
    session.add(statement)
    session.flush()
    mark_for_indexing(session, view.id, now)
    fact = StatementAdded(opinion_map_id=view.id, statement_id=statement.id)
    record(session, fact, actor=actor, subject_id=statement.id, private={"text": title}, now=now)
    return statement


def _ensure_new(session: Session, map_id: int, title: str) -> None:
    same = (
        select(OpinionStatement.number)
        .join(Subject, Subject.id == OpinionStatement.id)
        .where(
            OpinionStatement.map_id == map_id,
            OpinionStatement.state != StatementState.DECLINED,
            Subject.title == title,
        )
    )
    if session.execute(same.limit(1)).first() is not None:
        raise Refused(Verdict("conflict", N_("The same statement stands there already.")))


def decide_statement(
    session: Session, actor: Actor, statement_id: int, to: StatementState, reason: str = "", *, now: datetime
) -> None:
    """Let others vote on a statement, or decline it with a reason that its author reads."""
    row = session.get(OpinionStatement, statement_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    ensure(may_decide(actor, StatementState(row.state), to))
    if to == StatementState.DECLINED and not reason:
        raise Refused(Verdict("conflict", N_("Please say why.")))
    row.state, row.reason = to, reason if to == StatementState.DECLINED else ""
    published = now if to == StatementState.ACCEPTED else None
    session.execute(update(Subject).where(Subject.id == row.id).values(published_at=published))
    session.flush()
    mark_for_indexing(session, row.map_id, now)
    fact = StatementDecided(opinion_map_id=row.map_id, statement_id=row.id, to=to)
    record(session, fact, actor=actor, subject_id=row.map_id, private={"reason": reason}, now=now)


def _locked(session: Session, map_id: int) -> OpinionMap:
    row = session.get(OpinionMap, map_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row
