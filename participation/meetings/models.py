"""Meetings of a body (a working group, a council, later a process), and all that a meeting leaves behind.

A body is a subject; the roles of its people are granted in the scope (kind of the subject, its id). So nothing here
needs to know which package the body comes from.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class MeetingState(StrEnum):
    PLANNED = "planned"  # only the body sees it
    INVITED = "invited"
    HELD = "held"
    CALLED_OFF = "called_off"


TRANSITIONS: dict[MeetingState, set[MeetingState]] = {
    MeetingState.PLANNED: {MeetingState.INVITED, MeetingState.CALLED_OFF},
    MeetingState.INVITED: {MeetingState.HELD, MeetingState.CALLED_OFF},
    MeetingState.HELD: set(),
    MeetingState.CALLED_OFF: set(),
}


class MinutesState(StrEnum):
    DRAFT = "draft"  # only the body sees them
    CONFIRMED = "confirmed"  # by a later meeting; frozen


MINUTES_TRANSITIONS: dict[MinutesState, set[MinutesState]] = {
    MinutesState.DRAFT: {MinutesState.CONFIRMED},
    MinutesState.CONFIRMED: set(),
}


class Access(StrEnum):
    PUBLIC = "public"
    MEMBERS = "members"


class Precision(StrEnum):
    """How exactly it is known when a meeting was; `starts_at` and `ends_at` are then the ends of that day or month."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"


class Meeting(Base):
    """It is a subject (same id): published with its invitation. Of one for members only, others see title and date."""

    __tablename__ = "meeting"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'invited', 'held', 'called_off')", name="state"),
        CheckConstraint("access IN ('public', 'members')", name="access"),
        CheckConstraint("ends_at > starts_at", name="times"),
        UniqueConstraint("body_id", "number"),
        Index("ix_meeting_starts_at", "starts_at"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    body_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    body_kind: Mapped[str] = mapped_column(String(30))  # of that subject: the scope of its people's roles
    number: Mapped[int | None] = mapped_column(Integer)  # in the row of the body's meetings; none once called off
    title: Mapped[Localized] = mapped_column(Translated)
    state: Mapped[str] = mapped_column(String(12), default=MeetingState.PLANNED)
    access: Mapped[str] = mapped_column(String(10), default=Access.PUBLIC)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime] = mapped_column(UTCDateTime)
    precision: Mapped[str] = mapped_column(String(10), default=Precision.TIME)
    place: Mapped[Localized] = mapped_column(Translated, default=dict)
    url: Mapped[str] = mapped_column(String(300), default="")  # where it can be joined online
    agenda: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)  # a translated text per item
    reason: Mapped[str] = mapped_column(Text, default="")  # why it was called off
    sequence: Mapped[int] = mapped_column(Integer, default=0)  # of its entry in calendars (RFC 5545)
    typed: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)  # in its form, and not saved yet
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Attendance(Base):
    """Whether somebody means to come, and whether they came. People without an account stand there by name."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (
        CheckConstraint("account_id IS NOT NULL OR name <> ''", name="somebody"),
        UniqueConstraint("meeting_id", "account_id"),
        Index("ix_meeting_attendance_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120), default="")
    answer: Mapped[bool | None] = mapped_column(Boolean)  # means to come
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    present: Mapped[bool] = mapped_column(Boolean, default=False)


class Minutes(Base):
    """What was said. With their confirmation the text of `frozen` is for good; it names the meeting that confirmed."""

    __tablename__ = "meeting_minutes"

    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"), primary_key=True)
    body: Mapped[Localized] = mapped_column(Translated, default=dict)  # Markdown
    state: Mapped[str] = mapped_column(String(10), default=MinutesState.DRAFT)
    editor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_in_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("meeting.id"))
    confirmed_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    frozen: Mapped[str] = mapped_column(Text, default="")  # RFC 8785 text of minutes and decisions
    sha256: Mapped[str] = mapped_column(String(64), default="")  # of its UTF-8 bytes


class MinutesNote(Base):
    """A correction of confirmed minutes; never changed."""

    __tablename__ = "minutes_note"
    __table_args__ = (Index("ix_minutes_note_meeting_id", "meeting_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    body: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Decision(Base):
    """What a meeting decided, numbered through all meetings of the body."""

    __tablename__ = "meeting_decision"
    __table_args__ = (UniqueConstraint("body_id", "number"), Index("ix_meeting_decision_meeting_id", "meeting_id"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    body_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[Localized] = mapped_column(Translated)


class ActionItem(Base):
    """What somebody took upon them at a meeting, and until when. Whether it is late follows from the clock."""

    __tablename__ = "action_item"
    __table_args__ = (
        Index("ix_action_item_meeting_id", "meeting_id"),
        Index("ix_action_item_owner_id", "owner_id"),
        Index("ix_action_item_done_at_due_on", "done_at", "due_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    text: Mapped[Localized] = mapped_column(Translated)
    owner_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    owner: Mapped[str] = mapped_column(String(120), default="")  # of somebody without an account, or a department
    due_on: Mapped[date] = mapped_column(Date)
    done_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    done_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class ActionReminder(Base):
    """That the owner of an item was reminded of it: `days` before it is due, or -1 once it is overdue."""

    __tablename__ = "action_reminder"

    item_id: Mapped[int] = mapped_column(BigId, ForeignKey("action_item.id"), primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Paper(Base):
    """A document of a meeting or of the body itself: a link, or a text of our own."""

    __tablename__ = "meeting_paper"
    __table_args__ = (
        CheckConstraint("access IN ('public', 'members')", name="access"),
        CheckConstraint("url <> '' OR text <> ''", name="something"),
        Index("ix_meeting_paper_on_id", "on_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    on_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"))  # the meeting or the body
    title: Mapped[Localized] = mapped_column(Translated)
    url: Mapped[str] = mapped_column(String(300), default="")
    text: Mapped[str] = mapped_column(Text, default="")  # Markdown
    access: Mapped[str] = mapped_column(String(10))
    added_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    added_at: Mapped[datetime] = mapped_column(UTCDateTime)
