"""How far an organisation has come with the council. Whether it is a member is in no column: see `standing.py`."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Stage(StrEnum):
    """What people decided. `member` and `lapsed` are no decisions: they follow from signatures and dates."""

    APPLIED = "applied"
    RETURNED = "returned"  # the secretariat asked something back
    REFUSED = "refused"
    APPROVED = "approved"
    SUSPENDED = "suspended"
    LEFT = "left"


TRANSITIONS: dict[Stage, set[Stage]] = {
    Stage.APPLIED: {Stage.RETURNED, Stage.APPROVED, Stage.REFUSED},
    Stage.RETURNED: {Stage.APPLIED, Stage.REFUSED},
    Stage.REFUSED: set(),
    Stage.APPROVED: {Stage.SUSPENDED, Stage.LEFT},
    Stage.SUSPENDED: {Stage.APPROVED, Stage.LEFT},
    Stage.LEFT: {Stage.APPLIED},
}


class Membership(Base):
    """An organisation's way with the council: what it applied with, and the stage it has reached."""

    __tablename__ = "membership"
    __table_args__ = (Index("ix_membership_stage_moved_at", "stage", "moved_at"),)

    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"), primary_key=True)
    stage: Mapped[str] = mapped_column(String(20), default=Stage.APPLIED)
    moved_at: Mapped[datetime] = mapped_column(UTCDateTime)  # when it reached this stage
    purpose: Mapped[str] = mapped_column(Text, default="")
    contact: Mapped[str] = mapped_column(String(200), default="")  # for the secretariat only


class MembershipStep(Base):
    """One step of that way, with its reason; never changed."""

    __tablename__ = "membership_step"
    __table_args__ = (Index("ix_membership_step_organisation_id_id", "organisation_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    to_stage: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ApplicationDraft(Base):
    """What somebody has typed of an application so far; one per person."""

    __tablename__ = "application_draft"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    fields: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
