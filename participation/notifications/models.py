"""Who follows what, what people are told, and how they want to be told."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime

PACES = ("at_once", "daily", "weekly", "never")


class Follow(Base):
    """A person follows a thing; `ended_at` says that they stopped, and are never made to follow it again unasked."""

    __tablename__ = "follow"
    __table_args__ = (Index("ix_follow_subject_id_account_id", "subject_id", "account_id"),)

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    subject_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Notice(Base):
    """Something that one person is told, once per event. Its words are made when shown, in the reader's language."""

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("account_id", "event_id"),
        Index("ix_notice_account_id_id", "account_id", "id"),
        Index("ix_notice_mailed_at_direct_id", "mailed_at", "direct", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    event_id: Mapped[int] = mapped_column(BigInteger)
    type: Mapped[str] = mapped_column(String(60))
    actor_id: Mapped[int | None] = mapped_column(BigInteger)
    about_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"))  # whose title is shown
    target_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"))  # where its link leads
    params: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    direct: Mapped[bool] = mapped_column(Boolean)  # meant for this person, not only for those who follow
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    mailed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # put into a mail, or decided that none is wanted


class NoticeWave(Base):
    """An event whose notices are being written: one of its rule's groups of people, and how far we have come."""

    __tablename__ = "notice_wave"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[int] = mapped_column(BigInteger)
    number: Mapped[int] = mapped_column(Integer)
    after_id: Mapped[int] = mapped_column(BigInteger, default=0)  # accounts up to this one have theirs


class NoticePreference(Base):
    """How a person wants mails; without a row: what is meant for them at once, what they follow weekly."""

    __tablename__ = "notice_preference"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    direct: Mapped[str] = mapped_column(String(10), default="at_once")
    followed: Mapped[str] = mapped_column(String(10), default="weekly")
