"""Ballots, what can be chosen, who has voted, what was cast, what was counted. Who and what stand apart.

While a ballot is open a cast ballot is found by its `voter_tag`, an HMAC of the person under a key of the ballot, so
that a vote can be changed. At the close the ballots are written anew in the order of their receipts and the key is
deleted: from then on nothing joins a person and a choice.
"""

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
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class State(StrEnum):
    DRAFT = "draft"
    OPEN = "open"  # everybody sees it; votes are taken from `opens_at` to `closes_at`
    CLOSED = "closed"
    PUBLISHED = "published"  # with its result
    CALLED_OFF = "called_off"


TRANSITIONS: dict[State, set[State]] = {
    State.DRAFT: {State.OPEN, State.CALLED_OFF},
    State.OPEN: {State.CLOSED, State.CALLED_OFF},
    State.CLOSED: {State.PUBLISHED},
    State.PUBLISHED: set(),
    State.CALLED_OFF: set(),
}


class Method(StrEnum):
    YES_NO = "yes_no"
    APPROVAL = "approval"
    SCORE = "score"
    RUNOFF = "runoff"
    STV = "stv"
    SCHULZE = "schulze"
    GREEDY = "greedy"
    EQUAL_SHARES = "equal_shares"


RANKED = (Method.RUNOFF, Method.STV, Method.SCHULZE)
BUDGETED = (Method.GREEDY, Method.EQUAL_SHARES)


class Ballot(Base):
    """A subject (same id). `rules` holds what the method needs: seats, budget, limits (see `ruling.py`)."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed', 'published', 'called_off')", name="state"),
        CheckConstraint("hidden OR NOT secret", name="secret"),
        CheckConstraint("closes_at > opens_at", name="times"),
        CheckConstraint("quorum >= 0 AND (quorum_kind = 'people' OR quorum <= 100)", name="quorum"),
        CheckConstraint("quorum_kind IN ('people', 'percent')", name="quorum_kind"),
        Index("ix_ballot_state_closes_at", "state", "closes_at"),
        Index("ix_ballot_process_id", "process_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    title: Mapped[Localized] = mapped_column(Translated)
    description: Mapped[Localized] = mapped_column(Translated, default=dict)
    pledge: Mapped[Localized] = mapped_column(Translated, default=dict)  # how the result will be used
    method: Mapped[str] = mapped_column(String(20), default=Method.YES_NO)
    rules: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT)
    opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    hidden: Mapped[bool] = mapped_column(Boolean, default=True)  # no tally of any kind before the close
    secret: Mapped[bool] = mapped_column(Boolean, default=True)  # who and what are kept apart
    quorum: Mapped[int] = mapped_column(Integer, default=0)  # people, or percent of those who may vote; 0: none
    quorum_kind: Mapped[str] = mapped_column(String(10), default="people")
    needs: Mapped[list[str]] = mapped_column(JSON, default=list)  # verifications, all of them
    self_publishing: Mapped[bool] = mapped_column(Boolean, default=False)  # the result is published as soon as counted
    shuffle: Mapped[str] = mapped_column(String(32))  # from which each person's order of the options is made
    salt: Mapped[bytes] = mapped_column(LargeBinary(32))  # of the roll's digest, so that nobody guesses who voted
    seed: Mapped[str] = mapped_column(String(64))  # of the tie-break; its SHA-256 is shown from the opening on
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # the draft's form as it stands, right or wrong
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of the first vote
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    end_reason: Mapped[str] = mapped_column(Text, default="")  # why it was called off, or closed before its time


class BallotOption(Base):
    """Something that can be chosen. `key` names it in files and never changes. Yes/no ballots have none."""

    __tablename__ = "ballot_option"
    __table_args__ = (
        UniqueConstraint("ballot_id", "key"),
        CheckConstraint("cost >= 0", name="cost"),
        Index("ix_ballot_option_source_id", "source_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"))
    key: Mapped[str] = mapped_column(String(40))
    title: Mapped[Localized] = mapped_column(Translated)
    summary: Mapped[Localized] = mapped_column(Translated, default=dict)
    cost: Mapped[int] = mapped_column(BigId, default=0)  # yen
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("area.id"))
    source_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"))  # the proposal or pilot it was
    position: Mapped[int] = mapped_column(Integer, default=0)  # as published; a person sees an order of their own


class Postponement(Base):
    """A later close than the one announced, and why: everybody reads it. Rows come and stay."""

    __tablename__ = "ballot_postponement"
    __table_args__ = (CheckConstraint("until > before", name="later"),)

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    before: Mapped[datetime] = mapped_column(UTCDateTime, primary_key=True)  # the close until then
    until: Mapped[datetime] = mapped_column(UTCDateTime)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class BallotArea(Base):
    """A living area whose people may vote; without one it is the whole city."""

    __tablename__ = "ballot_area"

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("area.id"), primary_key=True)


class BallotKey(Base):
    """The key of the voter tags: there while the ballot is open, deleted at the close."""

    __tablename__ = "ballot_key"

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary(32))


class Turnout(Base):
    """Who has voted, never what. The primary key is what stops a second vote. `at` is the hour for secret ballots."""

    __tablename__ = "ballot_turnout"
    __table_args__ = (Index("ix_ballot_turnout_account_id", "account_id"),)

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class CastBallot(Base):
    """What was cast, while the ballot is open; the last one of a person. `choice` is canonical JSON."""

    __tablename__ = "ballot_cast"
    __table_args__ = (UniqueConstraint("ballot_id", "receipt"),)

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    voter_tag: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(32))
    choice: Mapped[str] = mapped_column(Text)


class CastRequest(Base):
    """A vote that came with an Idempotency-Key: repeated, it gets the same receipt. The tag is an HMAC under the
    ballot's key, and the rows go with it at the close."""

    __tablename__ = "ballot_request"

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    tag: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    choice: Mapped[str] = mapped_column(Text)
    receipt: Mapped[str] = mapped_column(String(32))


class CountedBallot(Base):
    """A ballot as it was counted: written at the close in the order of the receipts, never changed. The account stands
    there only when the ballot was not secret."""

    __tablename__ = "ballot_counted"
    __table_args__ = (Index("ix_ballot_counted_account_id", "account_id"),)

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    receipt: Mapped[str] = mapped_column(String(32), primary_key=True)
    choice: Mapped[str] = mapped_column(Text)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class BallotResult(Base):
    """What the count gave, once, with how many voted of how many who might. `result` is canonical JSON."""

    __tablename__ = "ballot_result"

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    result: Mapped[str] = mapped_column(Text)
    tie_seed: Mapped[str] = mapped_column(String(64))  # the seed and the counted ballots together: see `sealing.py`
    ballots: Mapped[int] = mapped_column(Integer)
    eligible: Mapped[int] = mapped_column(Integer)
    valid: Mapped[bool] = mapped_column(Boolean)  # whether the quorum was reached
    counted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RunningCount(Base):
    """The count so far of a ballot that is not hidden, made anew by the worker; no other ballot ever has one."""

    __tablename__ = "ballot_running"

    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True)
    result: Mapped[str] = mapped_column(Text)
    ballots: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


MODELS = (
    Ballot,
    BallotOption,
    Postponement,
    BallotArea,
    BallotKey,
    Turnout,
    CastBallot,
    CastRequest,
    CountedBallot,
    BallotResult,
    RunningCount,
)
