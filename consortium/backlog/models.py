"""Improvements of services, their steps, who wants them too, answers to voices, and whether a release helped."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class ItemState(StrEnum):
    NEW = "new"
    TRIAGED = "triaged"
    PLANNED = "planned"
    IN_PROGRESS = "in_progress"
    RELEASED = "released"
    DECLINED = "declined"


# A plan may be taken back, with its reason, and what was declined may be looked at again. A release is a fact: whatever
# is still missing afterwards is a new improvement.
TRANSITIONS: dict[ItemState, set[ItemState]] = {
    ItemState.NEW: {ItemState.TRIAGED, ItemState.DECLINED},
    ItemState.TRIAGED: {ItemState.PLANNED, ItemState.DECLINED},
    ItemState.PLANNED: {ItemState.IN_PROGRESS, ItemState.TRIAGED, ItemState.DECLINED},
    ItemState.IN_PROGRESS: {ItemState.RELEASED, ItemState.PLANNED, ItemState.DECLINED},
    ItemState.RELEASED: set(),
    ItemState.DECLINED: {ItemState.TRIAGED},
}
# Steps that people will ask about; everybody reads the reason.
WITH_REASON = frozenset(
    {
        *((state, ItemState.DECLINED) for state in ItemState),
        (ItemState.PLANNED, ItemState.TRIAGED),
        (ItemState.IN_PROGRESS, ItemState.PLANNED),
        (ItemState.DECLINED, ItemState.TRIAGED),
    }
)
OPEN = frozenset({ItemState.NEW, ItemState.TRIAGED, ItemState.PLANNED, ItemState.IN_PROGRESS})


class Helped(StrEnum):
    """What somebody says four weeks after a release."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


class AnswerKind(StrEnum):
    REPLY = "reply"
    ASIDE = "aside"


class BacklogItem(Base):
    """Its title, language, author, publication and comment counter stand in its subject (same id)."""

    __tablename__ = "backlog_item"
    __table_args__ = (
        CheckConstraint("me_toos_count >= 0", name="me_toos_count"),
        CheckConstraint(
            "state IN ('new', 'triaged', 'planned', 'in_progress', 'released', 'declined')", name="state"
        ),
        CheckConstraint("(state = 'released') = (released_at IS NOT NULL)", name="released"),
        CheckConstraint("organisation_id IS NULL OR account_id IS NULL", name="one_owner"),
        CheckConstraint("merged_into_id <> id", name="merged"),
        Index("ix_backlog_item_service_id_state_since", "service_id", "state", "since"),
        Index("ix_backlog_item_service_id_state_me_toos_count_id", "service_id", "state", "me_toos_count", "id"),
        Index("ix_backlog_item_released_at", "released_at"),
        Index("ix_backlog_item_merged_into_id", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))
    body: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default=ItemState.NEW)
    since: Mapped[datetime] = mapped_column(UTCDateTime)  # of this state
    organisation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("organisation.id"))  # who looks after it:
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))  # one or the other
    target_on: Mapped[date | None] = mapped_column(Date)
    release_note: Mapped[str] = mapped_column(Text, default="")
    released_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when people were asked whether it helped
    me_toos_count: Mapped[int] = mapped_column(Integer, default=0)
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("backlog_item.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class BacklogStep(Base):
    """What happened to an improvement: a state that it reached, or (`before` is filled) what was changed in its text.
    Never changed."""

    __tablename__ = "backlog_step"
    __table_args__ = (Index("ix_backlog_step_item_id_id", "item_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(BigId, ForeignKey("backlog_item.id"))
    from_state: Mapped[str | None] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what was replaced, by field
    merged_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("backlog_item.id"))  # what came in by a merge
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class MeToo(Base):
    """At most one per person and improvement: the primary key says so."""

    __tablename__ = "backlog_me_too"

    item_id: Mapped[int] = mapped_column(BigId, ForeignKey("backlog_item.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class VoiceAnswer(Base):
    """What was said to a voice about a service that became no improvement: a reply, or why it is set aside."""

    __tablename__ = "backlog_voice_answer"
    __table_args__ = (
        Index("ix_backlog_voice_answer_service_id_source_id", "service_id", "source_id"),
        Index("ix_backlog_voice_answer_source_id", "source_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))
    source_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    kind: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(Text)
    answered_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class HelpAnswer(Base):
    """Whether a release helped this person. The newest word counts; it is theirs to change."""

    __tablename__ = "backlog_help_answer"
    __table_args__ = (
        CheckConstraint("answer IN ('yes', 'no', 'unsure')", name="answer"),
        UniqueConstraint("item_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    item_id: Mapped[int] = mapped_column(BigId, ForeignKey("backlog_item.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    answer: Mapped[str] = mapped_column(String(10))
    words: Mapped[str] = mapped_column(Text, default="")
    subject_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("subject.id"), unique=True)  # of a "no"
    at: Mapped[datetime] = mapped_column(UTCDateTime)
