"""Quarterly reports: what is being typed, and every version that was handed in, with its figures."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, ForeignKeyConstraint, Integer, String, Text
from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class ReportState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"


# What was handed in is handed in again to correct it: a further version, with its reason.
TRANSITIONS: dict[ReportState, set[ReportState]] = {
    ReportState.DRAFT: {ReportState.SUBMITTED},
    ReportState.SUBMITTED: {ReportState.SUBMITTED},
}


class Dimension(StrEnum):
    TOTAL = "total"
    AGE = "age_band"
    GENDER = "gender"
    AREA = "living_area"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"
    OTHER = "other"


class ServiceReport(Base):
    """The report of a service on a quarter of a fiscal year, which begins in April."""

    __tablename__ = "service_report"
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("state IN ('draft', 'submitted')", name="state"),
        UniqueConstraint("service_id", "year", "quarter"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))
    year: Mapped[int] = mapped_column(Integer)
    quarter: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20), default=ReportState.DRAFT)
    version: Mapped[int] = mapped_column(Integer, default=0)  # number of the newest one that was handed in
    typed: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # the form as it is being filled, by field
    saved_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # of what is typed; None where nothing is


class ServiceReportVersion(Base):
    """What was handed in, when and why; never changed."""

    __tablename__ = "service_report_version"

    report_id: Mapped[int] = mapped_column(BigId, ForeignKey("service_report.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ServiceReportFigure(Base):
    """Active users of one segment in the quarter, and their mean satisfaction on a scale from 1 to 5."""

    __tablename__ = "service_report_figure"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "number"],
            ["service_report_version.report_id", "service_report_version.number"],
            name="fk_service_report_figure_version",
        ),
        CheckConstraint("users >= 0", name="users"),
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
    )

    report_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    segment: Mapped[str] = mapped_column(String(60), primary_key=True)  # age band, gender, key of the area; "" in total
    users: Mapped[int] = mapped_column(Integer)
    satisfaction: Mapped[float | None] = mapped_column(Float)


class ServiceReportReminder(Base):
    """That those who run a service were reminded of a report; `days` as in the event ServiceReportDue."""

    __tablename__ = "service_report_reminder"

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    quarter: Mapped[int] = mapped_column(Integer, primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
