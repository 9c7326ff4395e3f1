"""What people said of a service. A row is one tap; words, where there are any, are a subject of their own.

Of whoever has no account nothing is kept that could lead to them: no address, no browser, no cookie.
"""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime

COUNTS = "superseded_at IS NULL AND withdrawn_at IS NULL"


class AgeBand(StrEnum):
    """The bands of the workshop's quotas, with the youngest added."""

    UNDER_18 = "0-17"
    YOUNG = "18-29"
    MIDDLE = "30-49"
    LATER = "50-64"
    OLDER = "65+"


class Feedback(Base):
    """`month` (of the city's calendar) is that of the figures. Of one person, the newest of a month counts."""

    __tablename__ = "feedback"
    __table_args__ = (
        CheckConstraint("satisfaction BETWEEN 1 AND 5", name="satisfaction"),
        Index("ix_feedback_service_id_month", "service_id", "month"),
        Index("ix_feedback_account_id", "account_id"),
        Index(
            "uq_feedback_counted",
            "service_id",
            "account_id",
            "month",
            unique=True,
            sqlite_where=text(COUNTS),
            postgresql_where=text(COUNTS),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))
    subject_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"), unique=True)  # of its words
    satisfaction: Mapped[int] = mapped_column(Integer)  # 1..5
    body: Mapped[str] = mapped_column(Text, default="")
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("area.id"))
    age_band: Mapped[str | None] = mapped_column(String(10))
    month: Mapped[str] = mapped_column(String(7))  # 2026-11
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
