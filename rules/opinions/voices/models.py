"""Light voices: opinions that everybody reads from the moment they are sent. A voice is a subject, so it is reported
and hidden like any other contribution; who wrote it stands in no column that a public page reads."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Integer, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Voice(Base):
    """`nickname` is what its writer typed; empty: nameless."""

    __tablename__ = "voice"
    __table_args__ = (CheckConstraint("likes_count >= 0", name="likes_count"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    opinion_id: Mapped[int] = mapped_column(BigId, ForeignKey("opinion.id"), unique=True)
    nickname: Mapped[str] = mapped_column(Text, default="")
    likes_count: Mapped[int] = mapped_column(Integer, default=0)


class VoiceLike(Base):
    """One per account."""

    __tablename__ = "voice_like"

    voice_id: Mapped[int] = mapped_column(BigId, ForeignKey("voice.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
