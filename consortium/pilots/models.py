"""Pilots, everything that is said of them, and every step of their way."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class PilotState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    RUNNING = "running"
    EVALUATING = "evaluating"
    RELEASED = "released"
    ENDED = "ended"


# The arrows alone; who may go along them, and what has to be there first, stands in `guards.py`.
TRANSITIONS: dict[PilotState, set[PilotState]] = {
    PilotState.DRAFT: {PilotState.SUBMITTED},
    PilotState.SUBMITTED: {PilotState.APPROVED, PilotState.RETURNED},
    PilotState.RETURNED: {PilotState.SUBMITTED},
    PilotState.APPROVED: {PilotState.RUNNING},
    PilotState.RUNNING: {PilotState.EVALUATING},
    PilotState.EVALUATING: {PilotState.RELEASED, PilotState.ENDED},
    PilotState.RELEASED: set(),
    PilotState.ENDED: set(),
}


class ReportKind(StrEnum):
    PROGRESS = "progress"
    EVALUATION = "evaluation"


class Advice(StrEnum):
    """What an evaluation recommends."""

    RELEASE = "release"
    END = "end"


class Pilot(Base):
    """It is a subject (same id): its title and language, its publication and its followers stand there."""

    __tablename__ = "pilot"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'approved', 'running', 'evaluating', 'released', 'ended')",
            name="state",
        ),
        CheckConstraint("(lat IS NULL) = (lng IS NULL)", name="point"),
        CheckConstraint("ends_on >= starts_on", name="period"),
        Index("ix_pilot_state_moved_at", "state", "moved_at"),
        Index("ix_pilot_organisation_id", "organisation_id"),
        Index("ix_pilot_working_group_id", "working_group_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default=PilotState.DRAFT)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))  # leads it
    working_group_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("working_group.id"))
    category_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))  # the field
    summary: Mapped[str] = mapped_column(Text, default="")
    body: Mapped[str] = mapped_column(Text, default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)  # the last day
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    place: Mapped[str] = mapped_column(Text, default="")  # in words, for whoever sees no map
    release_plan: Mapped[str] = mapped_column(Text, default="")
    operation: Mapped[str] = mapped_column(Text, default="")
    cost_bearer: Mapped[str] = mapped_column(Text, default="")
    support_contact: Mapped[str] = mapped_column(Text, default="")
    access: Mapped[str] = mapped_column(Text, default="")  # for people who see, hear, move or read differently
    exit_plan: Mapped[str] = mapped_column(Text, default="")
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # as it stands in the form, right or wrong
    rounds: Mapped[int] = mapped_column(Integer, default=0)  # how often it was submitted
    service_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("service.id"), unique=True)  # that it became
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    moved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class PilotPartner(Base):
    """Who takes part besides the lead: a member, or somebody whose name is written, and what they do."""

    __tablename__ = "pilot_partner"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    organisation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(Text, default="")
    role: Mapped[str] = mapped_column(Text)


class PilotArea(Base):
    """A living area in which it takes place; without one it concerns the whole city."""

    __tablename__ = "pilot_area"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("area.id"), primary_key=True)


class PilotData(Base):
    """Data that it uses (kinds as for services), why, and the consent purpose that covers them."""

    __tablename__ = "pilot_data"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    category: Mapped[str] = mapped_column(String(30))
    reason: Mapped[str] = mapped_column(Text)
    purpose_key: Mapped[str | None] = mapped_column(String(60))


class PilotKpi(Base):
    """What is measured: where it stands before, where it shall be at the end."""

    __tablename__ = "pilot_kpi"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    unit: Mapped[str] = mapped_column(String(30))
    baseline: Mapped[float | None] = mapped_column(Float)
    target: Mapped[float] = mapped_column(Float)


class PilotMilestone(Base):
    __tablename__ = "pilot_milestone"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    due: Mapped[date] = mapped_column(Date)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class PilotStep(Base):
    """A step of its way: who, when, from where, to where, and why. Never changed."""

    __tablename__ = "pilot_step"
    __table_args__ = (Index("ix_pilot_step_pilot_id_id", "pilot_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PilotNote(Base):
    """What a reviewer says to one field, in one round of the review."""

    __tablename__ = "pilot_note"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    round: Mapped[int] = mapped_column(Integer, primary_key=True)
    field: Mapped[str] = mapped_column(String(30), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PilotReport(Base):
    """What was done so far, or the evaluation at the end (with lessons and advice)."""

    __tablename__ = "pilot_report"
    __table_args__ = (
        CheckConstraint("(kind = 'evaluation') = (advice IS NOT NULL)", name="advice"),
        Index("ix_pilot_report_pilot_id_id", "pilot_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"))
    kind: Mapped[str] = mapped_column(String(20))
    done: Mapped[str] = mapped_column(Text)
    voices: Mapped[str] = mapped_column(Text, default="")  # what people said of it
    following: Mapped[str] = mapped_column(Text, default="")  # what comes next
    lessons: Mapped[str] = mapped_column(Text, default="")
    advice: Mapped[str | None] = mapped_column(String(20))
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PilotFigure(Base):
    """Where a measure stood when a report was written."""

    __tablename__ = "pilot_figure"

    report_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot_report.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)  # of the measure
    value: Mapped[float] = mapped_column(Float)


class PilotReminder(Base):
    """That the lead was reminded of the report that was due on a day."""

    __tablename__ = "pilot_reminder"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    due: Mapped[date] = mapped_column(Date, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class PilotBallot(Base):
    """What a ballot in which it stood, and whose result is public, said of it."""

    __tablename__ = "pilot_ballot"

    pilot_id: Mapped[int] = mapped_column(BigId, ForeignKey("pilot.id"), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(BigId, ForeignKey("ballot.id"), primary_key=True, index=True)
    won: Mapped[bool] = mapped_column(Boolean)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


MODELS = (
    Pilot,
    PilotPartner,
    PilotArea,
    PilotData,
    PilotKpi,
    PilotMilestone,
    PilotStep,
    PilotNote,
    PilotReport,
    PilotFigure,
    PilotReminder,
    PilotBallot,
)
