"""Yearly reports, their steps, and the reminders of them."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    ACCEPTED = "accepted"
    RETURNED = "returned"  # with a reason, to be corrected


TRANSITIONS: dict[ReportState, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.SUBMITTED},
    ReportState.SUBMITTED: {ReportState.ACCEPTED, ReportState.RETURNED},
    ReportState.RETURNED: {ReportState.SUBMITTED},
    ReportState.ACCEPTED: set(),
}


class SelfReport(Base):
    """What an organisation says of its keeping of an article in a fiscal year; the text as it is now."""

    __tablename__ = "self_report"
    __table_args__ = (
        UniqueConstraint("organisation_id", "document_id", "article", "year", name="uq_self_report_once"),
        Index("ix_self_report_state_moved_at", "state", "moved_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"))  # the rule
    article: Mapped[str] = mapped_column(String(60))  # key
    year: Mapped[int] = mapped_column(Integer)  # fiscal, from April
    state: Mapped[str] = mapped_column(String(20), default=ReportState.DRAFT)
    text: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[str] = mapped_column(Text, default="")  # one on a line, as typed
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)
    moved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReportStep(Base):
    """One step of a report: who, when, why, and the text as it was then. Never changed."""

    __tablename__ = "self_report_step"
    __table_args__ = (Index("ix_self_report_step_report_id_id", "report_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    report_id: Mapped[int] = mapped_column(BigId, ForeignKey("self_report.id"))
    to_state: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    links: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ReportReminder(Base):
    """That an organisation was reminded of a report; `days` as in the event SelfReportDue."""

    __tablename__ = "self_report_reminder"

    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"), primary_key=True)
    article: Mapped[str] = mapped_column(String(60), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
