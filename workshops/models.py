"""Workshops, what their call asks and for whom it keeps places, who applied, and who takes part."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Float,
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
    PLANNED = "planned"  # only the organisers see it
    RECRUITING = "recruiting"  # applications are taken from `call_opens_at` to `call_closes_at`
    DRAWING = "drawing"  # the pool is closed: places are drawn, people invited, replaced
    CONFIRMED = "confirmed"  # who takes part is settled
    HELD = "held"
    PUBLISHED = "published"  # with its record
    CALLED_OFF = "called_off"


TRANSITIONS: dict[State, set[State]] = {
    State.PLANNED: {State.RECRUITING, State.CALLED_OFF},
    State.RECRUITING: {State.DRAWING, State.CALLED_OFF},
    State.DRAWING: {State.CONFIRMED, State.CALLED_OFF},
    State.CONFIRMED: {State.HELD, State.CALLED_OFF},
    State.HELD: {State.PUBLISHED},
    State.PUBLISHED: set(),
    State.CALLED_OFF: set(),
}
AHEAD = (State.PLANNED, State.RECRUITING, State.DRAWING, State.CONFIRMED)


class Kind(StrEnum):
    """What a member is there for."""

    PARTICIPANT = "participant"
    FACILITATOR = "facilitator"
    GUEST = "guest"


class Workshop(Base):
    """A subject (same id), published as such when its call opens."""

    __tablename__ = "workshop"
    __table_args__ = (
        CheckConstraint(
            "state IN ('planned', 'recruiting', 'drawing', 'confirmed', 'held', 'published', 'called_off')",
            name="state",
        ),
        CheckConstraint("ends_at > starts_at", name="times"),
        CheckConstraint("call_closes_at > call_opens_at", name="call"),
        CheckConstraint("capacity >= 0 AND fee >= 0 AND min_age >= 0 AND dots >= 0", name="numbers"),
        CheckConstraint("retention_days > 0", name="retention_days"),
        Index("ix_workshop_state_call_closes_at", "state", "call_closes_at"),
        Index("ix_workshop_process_id", "process_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    state: Mapped[str] = mapped_column(String(20), default=State.PLANNED)
    title: Mapped[Localized] = mapped_column(Translated)
    question: Mapped[Localized] = mapped_column(Translated, default=dict)  # "How might we …"
    description: Mapped[Localized] = mapped_column(Translated, default=dict)
    venue: Mapped[Localized] = mapped_column(Translated, default=dict)
    address: Mapped[Localized] = mapped_column(Translated, default=dict)
    access: Mapped[Localized] = mapped_column(Translated, default=dict)  # the way there, childcare, sign language
    contact: Mapped[Localized] = mapped_column(Translated, default=dict)
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    starts_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    fee: Mapped[int] = mapped_column(Integer, default=0)  # yen
    capacity: Mapped[int] = mapped_column(Integer, default=0)  # people
    call_opens_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    call_closes_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    min_age: Mapped[int] = mapped_column(Integer, default=0)  # years on the day; 0: none
    any_of: Mapped[list[str]] = mapped_column(JSON, default=list)  # verifications of which one is enough
    purpose: Mapped[str] = mapped_column(String(60), default="")  # key of the consent purpose applicants agree to
    retention_days: Mapped[int] = mapped_column(Integer, default=90)  # after `ends_at`; then applications are deleted
    dots: Mapped[int] = mapped_column(Integer, default=3)  # votes that each member may put on posters
    reason: Mapped[str] = mapped_column(Text, default="")  # of a step before its time, or with fewer people
    called_off_reason: Mapped[str] = mapped_column(Text, default="")
    sequence: Mapped[int] = mapped_column(Integer, default=0)  # of its entry in calendars (RFC 5545)
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict, server_default="{}")  # at the desk, not saved yet
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    opened_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    closed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # the call
    called_off_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # whoever comes, of the day; None: not yet


class WorkshopQuestion(Base):
    """A feature that the application asks for. `options`: [{"key", "label": {locale: text}}]."""

    __tablename__ = "workshop_question"
    __table_args__ = (UniqueConstraint("workshop_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    key: Mapped[str] = mapped_column(String(40))
    label: Mapped[Localized] = mapped_column(Translated)
    why: Mapped[Localized] = mapped_column(Translated)
    options: Mapped[list[dict[str, object]]] = mapped_column(JSON)
    position: Mapped[int] = mapped_column(Integer, default=0)


class WorkshopQuota(Base):
    """How many of the places go to people with this answer: at least, at most."""

    __tablename__ = "workshop_quota"
    __table_args__ = (
        UniqueConstraint("workshop_id", "feature", "value"),
        CheckConstraint("minimum >= 0 AND maximum >= minimum", name="bounds"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    feature: Mapped[str] = mapped_column(String(40))  # key of a question
    value: Mapped[str] = mapped_column(String(40))  # key of one of its options
    minimum: Mapped[int] = mapped_column(Integer, default=0)
    maximum: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=0)


class WorkshopApplication(Base):
    """Somebody who would like to come. Read by the workshop's organisers, auditors and the person; the whole row is
    deleted `retention_days` after the workshop. `number` is what stands for the person in the published pool."""

    __tablename__ = "workshop_application"
    __table_args__ = (
        UniqueConstraint("workshop_id", "account_id"),
        UniqueConstraint("workshop_id", "email"),
        UniqueConstraint("workshop_id", "number"),
        Index("ix_workshop_application_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    email: Mapped[str | None] = mapped_column(String(254))  # none: of an account without one
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # it counts from then on
    name: Mapped[str] = mapped_column(String(80))
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    answers: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # option by feature
    declared: Mapped[list[str]] = mapped_column(JSON, default=list)  # of `any_of` and "adult", as the person says
    needs: Mapped[str] = mapped_column(Text, default="")  # what they need to take part
    number: Mapped[str] = mapped_column(String(10))
    purpose_version_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("purpose_version.id"))
    agreed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class WorkshopMember(Base):
    """Somebody who takes part. `key_hash` is of the personal link by which people without an account come in."""

    __tablename__ = "workshop_member"
    __table_args__ = (
        CheckConstraint("kind IN ('participant', 'facilitator', 'guest')", name="kind"),
        UniqueConstraint("workshop_id", "account_id"),
        Index("ix_workshop_member_account_id", "account_id"),
        Index("ix_workshop_member_application_id", "application_id"),
        Index("ix_workshop_member_team_id", "team_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    application_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("workshop_application.id", ondelete="SET NULL")
    )
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(80))  # as the others see it; empty once the person has left the platform
    kind: Mapped[str] = mapped_column(String(12), default=Kind.PARTICIPANT)
    key_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    team_id: Mapped[int | None] = mapped_column(BigId)
    named: Mapped[bool] = mapped_column(Boolean, default=False)  # agreed to stand in the published record by name
    checked_in_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    news_to: Mapped[str | None] = mapped_column(String(254))  # address for what becomes of the team's work, if agreed
    news_locale: Mapped[str | None] = mapped_column(String(5))
    position: Mapped[int] = mapped_column(Integer, default=0)
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
    left_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # gave the place back, and had written on the board


MODELS = (Workshop, WorkshopQuestion, WorkshopQuota, WorkshopApplication, WorkshopMember)
