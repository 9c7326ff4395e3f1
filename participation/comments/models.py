"""Comments on any subject. A comment is a subject itself, so it can be reported, hidden, and linked to as a voice."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Alignment(StrEnum):
    FOR = "for"
    AGAINST = "against"
    NEUTRAL = "neutral"


class Comment(Base):
    """`parent_id` is what it answers; `root_id` the comment that began its thread (null for such a one)."""

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint("likes_count >= 0", name="likes_count"),
        CheckConstraint("(parent_id IS NULL) = (root_id IS NULL)", name="thread"),
        Index("ix_comment_on_id_root_id_id", "on_id", "root_id", "id"),
        Index("ix_comment_on_id_root_id_likes_count", "on_id", "root_id", "likes_count"),
        Index("ix_comment_root_id_id", "root_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    on_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    parent_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("comment.id"))
    root_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("comment.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    party: Mapped[str] = mapped_column(String(20), default="citizen")
    body: Mapped[str] = mapped_column(Text)
    alignment: Mapped[str | None] = mapped_column(String(10))
    likes_count: Mapped[int] = mapped_column(Integer, default=0)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class CommentVersion(Base):
    """What a comment said before an edit; number 1 is the first text."""

    __tablename__ = "comment_version"

    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comment.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class CommentLike(Base):
    __tablename__ = "comment_like"

    comment_id: Mapped[int] = mapped_column(BigId, ForeignKey("comment.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
