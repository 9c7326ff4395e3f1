"""Reads of opinion maps: a fixed number of queries each, whatever the number of statements and voters."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, bindparam, case, cast, func, literal, select
from sqlalchemy.orm import Session

from participation.db import Localized, UTCDateTime, look_up
from participation.policy import Actor
from participation.spaces.models import Process
from participation.spaces.queries import open_features_text, read_features
from participation.subjects import Subject
from proposals.opinion_maps.models import (
    MapState,
    OpinionMap,
    OpinionParticipant,
    OpinionStatement,
    OpinionVote,
    StatementState,
)
from proposals.opinion_maps.policy import Standing, may_read

PRIME = 1_000_003
BASE = 2**20  # more than PRIME and than any number of a statement
AS_GOOD_AS_EQUAL = 8  # votes by which two statements may differ and still be asked in each person's own order


@dataclass(frozen=True, kw_only=True)
class MapView:
    """A map as it stands, for whoever asked; `participant` is their number in it, None before their first vote."""

    id: int
    slug: str
    question: Localized
    intro: Localized
    state: MapState
    opens_at: datetime | None
    closes_at: datetime | None
    needs: tuple[str, ...]
    takes_statements: bool
    moderated: bool
    participants: int
    process_id: int
    process_slug: str
    process_title: Localized
    standing: Standing
    secret: str
    participant: int | None

    @property
    def path(self) -> str:
        return f"/opinion-maps/{self.slug}"


@dataclass(frozen=True)
class Asked:
    """A statement before somebody; `mine` is their vote on it so far."""

    number: int
    text: str
    locale: str
    mine: int | None


@dataclass(frozen=True)
class Progress:
    """How many of the statements somebody has voted on, the last one, and the one that comes next."""

    done: int
    total: int
    last: int | None
    following: int | None


@dataclass(frozen=True)
class OwnVote:
    number: int
    text: str
    locale: str
    vote: int


@dataclass(frozen=True)
class OwnStatement:
    number: int
    text: str
    locale: str
    state: StatementState
    reason: str


SAME = (
    "id", "slug", "question", "intro", "opens_at", "closes_at", "takes_statements", "moderated", "process_id",
    "process_slug", "process_title", "secret", "participant",
)  # fmt: skip
_NOW = bindparam("now", type_=UTCDateTime)
_PERSON = bindparam("person", type_=BigInteger)
MAP_ROWS = (
    select(
        *OpinionMap.__table__.c,
        Subject.hidden_at,
        Process.slug.label("process_slug"),
        Process.title.label("process_title"),
        open_features_text(OpinionMap.process_id, _NOW).label("features"),
        OpinionParticipant.id.label("participant"),
    )
    .join(Subject, Subject.id == OpinionMap.id)
    .join(Process, Process.id == OpinionMap.process_id)
    .outerjoin(
        OpinionParticipant,
        (OpinionParticipant.map_id == OpinionMap.id) & (OpinionParticipant.account_id == _PERSON),
    )
)
_BY_SLUG = MAP_ROWS.where(OpinionMap.slug == bindparam("slug"))
_ALL = MAP_ROWS.order_by(OpinionMap.id.desc())
_OF_PROCESS = _ALL.where(OpinionMap.process_id == bindparam("process"))


def map_by_slug(session: Session, actor: Actor, slug: str, now: datetime) -> MapView | None:
    """One query; whether this reader may read it is for the policy to say."""
    row = look_up(session, _BY_SLUG, {"slug": slug, "now": now, "person": actor.id or 0}).first()
    return None if row is None else _view(row, now)


def maps(session: Session, actor: Actor, now: datetime, process_id: int | None = None) -> list[MapView]:
    """Those that this reader may read, newest first. One query."""
    wanted = _ALL if process_id is None else _OF_PROCESS
    values = {"now": now, "person": actor.id or 0, **({} if process_id is None else {"process": process_id})}
    rows = look_up(session, wanted, values)
    return [view for row in rows if may_read(actor, (view := _view(row, now)).standing)]


def _view(row: Any, now: datetime) -> MapView:
    standing = Standing(
        id=row.id,
        state=MapState(row.state),
        over=row.closes_at is not None and row.closes_at <= now,
        hidden=row.hidden_at is not None,
        needs=tuple(row.needs),
        takes_statements=row.takes_statements,
        moderated=row.moderated,
        features=read_features(row.features),
    )
    return MapView(
        **{name: getattr(row, name) for name in SAME},
        state=standing.state,
        needs=standing.needs,
        participants=row.participants_count,
        standing=standing,
    )


SHOWN = (OpinionStatement.state == StatementState.ACCEPTED, Subject.hidden_at.is_(None))
_MAP, _PARTICIPANT = bindparam("map", type_=BigInteger), bindparam("participant", type_=BigInteger)
_OPEN = (
    select(OpinionStatement)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OpinionStatement.map_id == _MAP, *SHOWN)
)
_SEEN = OpinionStatement.agree + OpinionStatement.disagree + OpinionStatement.passed
_LEFT = OpinionStatement.id.not_in(select(OpinionVote.statement_id).where(OpinionVote.participant_id == _PARTICIPANT))
# steps of votes, the place in the person's own order, the number: three digits to this base, so that one pass over the
# statements finds how many there are, how many are left, and which of these comes first
_BASE = literal(BASE, BigInteger)
_ORDER = (
    cast(_SEEN // AS_GOOD_AS_EQUAL, BigInteger) * _BASE * _BASE
    + ((OpinionStatement.number + 1) * bindparam("turn", type_=BigInteger)) % PRIME * _BASE
    + OpinionStatement.number
)
# with a limit, as SQLite would else write the sum out once for each of its two uses
_ONES = _OPEN.with_only_columns(case((_LEFT, _ORDER)).label("place")).limit(BASE).subquery()
_PROGRESS = select(
    func.count().label("total"), func.count(_ONES.c.place).label("left"), func.min(_ONES.c.place).label("next")
).select_from(_ONES)
_OWN = OpinionVote.participant_id == _PARTICIPANT
_ONE = (
    _OPEN.with_only_columns(OpinionStatement.id, OpinionStatement.number, OpinionStatement.text, OpinionVote.vote)
    .outerjoin(OpinionVote, (OpinionVote.statement_id == OpinionStatement.id) & _OWN)
    .where(OpinionStatement.number == bindparam("number"))
)
_OWN_VOTES = (
    _OPEN.with_only_columns(OpinionStatement.number, OpinionStatement.text, OpinionVote.vote)
    .join(OpinionVote, OpinionVote.statement_id == OpinionStatement.id)
    .where(_OWN)
    .order_by(OpinionVote.at.desc(), OpinionStatement.number)
)
_LAST = _OWN_VOTES.with_only_columns(OpinionStatement.number).limit(1)
_OWN_STATEMENTS = (
    select(OpinionStatement.number, OpinionStatement.text, OpinionStatement.state, OpinionStatement.reason)
    .join(Subject, Subject.id == OpinionStatement.id)
    .where(OpinionStatement.map_id == _MAP, Subject.author_id == _PERSON, OpinionStatement.seed.is_(False))
    .order_by(OpinionStatement.number.desc())
)


def turn_of(view: MapView, actor: Actor) -> int:
    """What makes the order of statements a person's own, and the same at each visit; nobody knows another's."""
    key = hmac.digest(view.secret.encode(), str(actor.id or 0).encode(), hashlib.sha256)
    return int.from_bytes(key[:8], "big") % (PRIME - 1) + 1


def statement_asked(session: Session, view: MapView, number: int, locale: str) -> Asked | None:
    """A statement by its number, to be voted on or to change the vote."""
    row = look_up(session, _ONE, {"map": view.id, "participant": view.participant or 0, "number": number}).first()
    return None if row is None else Asked(row.number, *in_words(row.text, locale), row.vote)


def progress(session: Session, actor: Actor, view: MapView, last: int | None = None) -> Progress:
    """How far this person is, and what comes next: statements with few votes first, in an order of the person's own.
    One query, and one more unless the `last` that they voted on is known.

    Polis routes likewise at random by weight; here whoever comes back finds the statement that was left.
    """
    values = {"map": view.id, "participant": view.participant or 0}
    row = look_up(session, _PROGRESS, {**values, "turn": turn_of(view, actor)}).one()
    done = row.total - row.left
    if last is None and done:
        last = look_up(session, _LAST, values).scalar()
    return Progress(done, row.total, last, None if row.next is None else row.next % BASE)


def own_votes(session: Session, view: MapView, locale: str) -> list[OwnVote]:
    """A person's votes, the last one first."""
    rows = look_up(session, _OWN_VOTES, {"map": view.id, "participant": view.participant or 0})
    return [OwnVote(row.number, *in_words(row.text, locale), row.vote) for row in rows]


def own_statements(session: Session, actor: Actor, view: MapView, locale: str) -> list[OwnStatement]:
    """What a person has added, with what became of it."""
    rows = look_up(session, _OWN_STATEMENTS, {"map": view.id, "person": actor.id or 0})
    return [
        OwnStatement(row.number, *in_words(row.text, locale), StatementState(row.state), row.reason) for row in rows
    ]


def in_words(text: Localized, locale: str) -> tuple[str, str]:
    """A statement in the reader's language where it is there, else as it was written; with its language."""
    found = locale if locale in text else "ja" if "ja" in text else next(iter(text), "ja")
    return text.get(found, ""), found
