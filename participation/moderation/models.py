"""Reports on public things, and appeals against hiding them. What is hidden stands in the subject itself."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Ground(StrEnum):
    """Why something is reported or hidden."""

    PERSONAL = "personal"
    ABUSE = "abuse"
    SPAM = "spam"
    ILLEGAL = "illegal"
    OTHER = "other"


class Decision(StrEnum):
    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"


class Report(Base):
    """One per person and thing."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("subject_id", "reporter_id"),
        Index("ix_report_state_at", "state", "at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    reporter_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    ground: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[str] = mapped_column(String(20), default=Decision.OPEN)
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ModerationStep(Base):
    """A step that everybody may see: what was decided about which kind of thing and why, without a person."""

    __tablename__ = "moderation_step"
    __table_args__ = (Index("ix_moderation_step_subject_id", "subject_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    kind: Mapped[str] = mapped_column(String(30))  # of the subject
    step: Mapped[str] = mapped_column(String(20))  # hidden | restored | dismissed | appealed | appeal_rejected
    ground: Mapped[str] = mapped_column(String(20), default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)


class Appeal(Base):
    """The author's answer to a hiding; one open at a time per thing."""

    __tablename__ = "appeal"
    __table_args__ = (
        Index(
            "uq_appeal_open",
            "subject_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    state: Mapped[str] = mapped_column(String(20), default=Decision.OPEN)
    note: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
