"""Opinion maps: the question, its statements, who takes part, their votes, and the map last computed."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime

VERIFICATIONS = ("resident", "worker", "student", "adult")
LONGEST = 140  # characters of a statement


class MapState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"  # its last map stays


# A closed map may be opened again: nobody's vote is counted twice by that.
TRANSITIONS: dict[MapState, set[MapState]] = {
    MapState.DRAFT: {MapState.OPEN},
    MapState.OPEN: {MapState.CLOSED},
    MapState.CLOSED: {MapState.OPEN},
}


class StatementState(StrEnum):
    WAITING = "waiting"
    ACCEPTED = "accepted"
    DECLINED = "declined"


# What was declined may be accepted later; what people have voted on is taken away by hiding it, as anything else is.
STATEMENT_TRANSITIONS: dict[StatementState, set[StatementState]] = {
    StatementState.WAITING: {StatementState.ACCEPTED, StatementState.DECLINED},
    StatementState.DECLINED: {StatementState.ACCEPTED},
    StatementState.ACCEPTED: set(),
}


class OpinionMap(Base):
    """It is a subject (same id): its Japanese question, its publication and its followers stand there."""

    __tablename__ = "opinion_map"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed')", name="state"),
        CheckConstraint("closes_at IS NULL OR opens_at IS NULL OR closes_at > opens_at", name="order"),
        Index("ix_opinion_map_process_id", "process_id"),
        Index("ix_opinion_map_state_closes_at", "state", "closes_at"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    state: Mapped[str] = mapped_column(String(10), default=MapState.DRAFT)
    question: Mapped[Localized] = mapped_column(Translated)
    intro: Mapped[Localized] = mapped_column(Translated, default=dict)
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when a draft opens by itself
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)  # verifications, all of them
    takes_statements: Mapped[bool] = mapped_column(Boolean, default=True)  # of participants
    moderated: Mapped[bool] = mapped_column(Boolean, default=True)  # these are looked at before others vote on them
    secret: Mapped[str] = mapped_column(String(64))  # orders statements per person, and people in exports
    participants_count: Mapped[int] = mapped_column(Integer, default=0)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OpinionStatement(Base):
    """A statement. A subject, so that it can be reported and hidden; its Japanese (else own) text is the title there.

    `changes` counts every vote given or changed: whether a map is out of date is read from it.
    """

    __tablename__ = "opinion_statement"
    __table_args__ = (
        UniqueConstraint("map_id", "number"),
        CheckConstraint("state IN ('waiting', 'accepted', 'declined')", name="state"),
        CheckConstraint("agree >= 0 AND disagree >= 0 AND passed >= 0", name="counters"),
        Index("ix_opinion_statement_state_map_id", "state", "map_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    map_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_map.id"))
    number: Mapped[int] = mapped_column(Integer)  # within the map, from 0, as in Polis's files
    state: Mapped[str] = mapped_column(String(10), default=StatementState.WAITING)
    seed: Mapped[bool] = mapped_column(Boolean, default=False)  # by the secretariat
    text: Mapped[Localized] = mapped_column(Translated)
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was declined
    agree: Mapped[int] = mapped_column(Integer, default=0)
    disagree: Mapped[int] = mapped_column(Integer, default=0)
    passed: Mapped[int] = mapped_column(Integer, default=0)
    changes: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OpinionParticipant(Base):
    """Somebody who has voted. Votes point here and not to the account: erasure cuts the one thread between them."""

    __tablename__ = "opinion_participant"
    __table_args__ = (
        UniqueConstraint("map_id", "account_id"),
        Index("ix_opinion_participant_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    map_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_map.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))  # None: erased, or imported
    joined_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OpinionVote(Base):
    """At most one per person and statement; the last one counts."""

    __tablename__ = "opinion_vote"
    __table_args__ = (
        CheckConstraint("vote IN (-1, 0, 1)", name="vote"),
        # a map is computed from this index alone
        Index("ix_opinion_vote_statement_id_participant_id_vote", "statement_id", "participant_id", "vote"),
    )

    participant_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_participant.id"), primary_key=True)
    statement_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_statement.id"), primary_key=True)
    vote: Mapped[int] = mapped_column(SmallInteger)  # 1 agree, -1 disagree, 0 pass
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class OpinionResult(Base):
    """The map as it was last computed: public figures as JSON, and where each participant stands, packed."""

    __tablename__ = "opinion_result"

    map_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion_map.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer)  # of computations
    changes: Mapped[int] = mapped_column(Integer)  # sum of the statements' counters when it was computed
    held: Mapped[list[int]] = mapped_column(JSON)  # see mapping.Held
    figures: Mapped[dict[str, Any]] = mapped_column(JSON)  # see results.Figures
    places: Mapped[bytes] = mapped_column(LargeBinary)  # see places
    computed_at: Mapped[datetime] = mapped_column(UTCDateTime)
