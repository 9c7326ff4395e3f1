"""The link from something that the council does to the words of somebody that it came from."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class VoiceLink(Base):
    """`source_id` is the words (a proposal, a comment, feedback, …), `target_id` what names them; once each."""

    __tablename__ = "voice_link"
    __table_args__ = (
        CheckConstraint("target_id <> source_id", name="two_things"),
        Index("ix_voice_link_source_id", "source_id"),
    )

    target_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    added_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
