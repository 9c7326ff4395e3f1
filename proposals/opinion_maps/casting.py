"""A vote on a statement: one row per person and statement, counters in the same transaction, a fixed number of queries.

Statements are of the tables, not the models: the object layer costs more than the database here. On PostgreSQL the
participant's row is locked first, so that two windows of one person cannot count one vote twice; other people never
wait for it. SQLite writes one by one. The statement's row, which everybody who votes on it waits for, is touched last.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, SmallInteger, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from participation.db import UTCDateTime, dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure
from participation.subjects import Subject
from participation.web.errors import NotFound
from proposals.opinion_maps.events import OpinionGiven, OpinionMapJoined
from proposals.opinion_maps.models import OpinionMap, OpinionParticipant, OpinionStatement, OpinionVote, StatementState
from proposals.opinion_maps.policy import may_read, may_vote
from proposals.opinion_maps.queries import MapView, map_by_slug

ENGINES = {"sqlite": sqlite, "postgresql": postgresql}
_PARTICIPANT, _STATEMENT, _VOTE = OpinionParticipant.__table__, OpinionStatement.__table__, OpinionVote.__table__
_MAP, _SUBJECT = OpinionMap.__table__, Subject.__table__
_WHO, _WHAT = bindparam("who", type_=BigInteger), bindparam("what", type_=BigInteger)
_JOIN = {name: insert_ignore(_PARTICIPANT, name).returning(_PARTICIPANT.c.id) for name in ENGINES}
_JOINED = select(_PARTICIPANT.c.id).where(
    _PARTICIPANT.c.map_id == bindparam("map", type_=BigInteger), _PARTICIPANT.c.account_id == _WHO
)
_COUNT_IN = (
    update(_MAP).where(_MAP.c.id == bindparam("map_id")).values(participants_count=_MAP.c.participants_count + 1)
)
_LOCK = select(_PARTICIPANT.c.id).where(_PARTICIPANT.c.id == _WHO).with_for_update()
_ASKED = (
    select(_STATEMENT.c.id, _VOTE.c.vote.label("before"))
    .join(_SUBJECT, _SUBJECT.c.id == _STATEMENT.c.id)
    .outerjoin(_VOTE, (_VOTE.c.statement_id == _STATEMENT.c.id) & (_VOTE.c.participant_id == _WHO))
    .where(
        _STATEMENT.c.map_id == bindparam("map", type_=BigInteger),
        _STATEMENT.c.number == bindparam("number"),
        _STATEMENT.c.state == StatementState.ACCEPTED,
        _SUBJECT.c.hidden_at.is_(None),
    )
)
_COUNT = (
    update(_STATEMENT)
    .where(_STATEMENT.c.id == _WHAT)
    .values(
        agree=_STATEMENT.c.agree + bindparam("by_agree"),
        disagree=_STATEMENT.c.disagree + bindparam("by_disagree"),
        passed=_STATEMENT.c.passed + bindparam("by_passed"),
        changes=_STATEMENT.c.changes + 1,
    )
)


def _upsert(dialect: Any) -> Any:
    row = dialect.insert(_VOTE).values(
        participant_id=_WHO,
        statement_id=_WHAT,
        vote=bindparam("vote", type_=SmallInteger),
        at=bindparam("at", type_=UTCDateTime),
    )
    return row.on_conflict_do_update(
        index_elements=[_VOTE.c.participant_id, _VOTE.c.statement_id],
        set_={"vote": row.excluded.vote, "at": row.excluded.at},
    )


_KEEP = {name: _upsert(dialect) for name, dialect in ENGINES.items()}


@dataclass(frozen=True)
class Voted:
    """Whether anything changed, and the map as the person finds it now."""

    changed: bool
    map: MapView


def vote(session: Session, actor: Actor, slug: str, number: int, value: int, *, now: datetime) -> Voted:
    """Agree (1), disagree (-1) or pass (0) on a statement of a map. The last vote counts.

    Raises:
        NotFound: no such statement is asked there.
        Refused: see `may_vote`.
    """
    view = map_by_slug(session, actor, slug, now)
    if view is None or not may_read(actor, view.standing):
        raise NotFound
    ensure(may_vote(actor, view.standing))
    run, dialect = session.connection().execute, dialect_name(session)
    who = view.participant or _join(session, actor, view, now)
    joined = replace(view, participant=who)
    if dialect == "postgresql":  # SQLite has one writer
        run(_LOCK, {"who": who})
    asked = run(_ASKED, {"map": view.id, "number": number, "who": who}).first()
    if asked is None:
        raise NotFound  # and whoever joined for it did not
    if asked.before == value:
        return Voted(False, joined)
    run(_KEEP[dialect], {"who": who, "what": asked.id, "vote": value, "at": now})
    record(session, OpinionGiven(opinion_map_id=view.id), actor=actor, subject_id=view.id, now=now)
    run(_COUNT, {"what": asked.id, **_moved(asked.before, value)})
    return Voted(True, joined)


def _moved(before: int | None, value: int) -> dict[str, int]:
    kinds = {"by_agree": 1, "by_disagree": -1, "by_passed": 0}
    return {name: (value == kind) - (before == kind) for name, kind in kinds.items()}


def _join(session: Session, actor: Actor, view: MapView, now: datetime) -> int:
    """The number under which a person takes part; a second window that joins at the same time finds the same one."""
    run = session.connection().execute
    row = {"map_id": view.id, "account_id": actor.id, "joined_at": now}
    made = run(_JOIN[dialect_name(session)], row).scalar()
    if made is None:
        found: int = run(_JOINED, {"map": view.id, "who": actor.id}).scalar_one()
        return found
    run(_COUNT_IN, {"map_id": view.id})
    record(session, OpinionMapJoined(opinion_map_id=view.id), actor=actor, subject_id=view.id, now=now)
    return int(made)
