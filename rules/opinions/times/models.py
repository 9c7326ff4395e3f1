"""What became of the times of a public comment after they were announced."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class Change(StrEnum):
    EXTENDED = "extended"
    CORRECTED = "corrected"
    CALLED_OFF = "called_off"
    CALLED_AGAIN = "called_again"


class PublicCommentChange(Base):
    """One change, numbered from 1; `opens_at` and `closes_at` are the times that stood before it."""

    __tablename__ = "public_comment_change"

    public_comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("public_comment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[Localized] = mapped_column(Translated, default=dict)
    opens_at: Mapped[datetime] = mapped_column(UTCDateTime)
    closes_at: Mapped[datetime] = mapped_column(UTCDateTime)
    by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
