"""The draw of a workshop and the invitations that follow from it. Nothing here names a person: the published number
stands for them, and the application, while it exists, says who that is."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class Answer(StrEnum):
    """The state of an invitation."""

    INVITED = "invited"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"  # the deadline passed without an answer
    WITHDRAWN = "withdrawn"  # the application, or an accepted place, was given back


TRANSITIONS: dict[Answer, set[Answer]] = {
    Answer.INVITED: {Answer.ACCEPTED, Answer.DECLINED, Answer.EXPIRED, Answer.WITHDRAWN},
    Answer.ACCEPTED: {Answer.WITHDRAWN},
    Answer.DECLINED: set(),
    Answer.EXPIRED: set(),
    Answer.WITHDRAWN: set(),
}
HOLDING = (Answer.INVITED, Answer.ACCEPTED)  # a place


class WorkshopDraw(Base):
    """One for each workshop, from the opening of its call on. `pool_csv` and `quotas_csv` are the published files,
    frozen at the close; `problem` says why no panel meets the quotas; `result` is what `sanpo draw --json` prints."""

    __tablename__ = "workshop_draw"
    __table_args__ = (CheckConstraint("answer_days > 0", name="answer_days"),)

    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"), primary_key=True, autoincrement=False)
    seed_sha256: Mapped[str] = mapped_column(String(64))  # published with the call
    seed_secret: Mapped[str] = mapped_column(String(64))  # published with the draw
    promised_at: Mapped[datetime] = mapped_column(UTCDateTime)
    source: Mapped[Localized] = mapped_column(Translated)  # the public number that will complete the seed
    source_value: Mapped[str] = mapped_column(String(100), default="")
    source_url: Mapped[str] = mapped_column(Text, default="")
    entered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    seed: Mapped[str] = mapped_column(String(200), default="")
    answer_days: Mapped[int] = mapped_column(Integer, default=7)  # that the invited have for their answer
    seats: Mapped[int] = mapped_column(Integer, default=0)
    pool_csv: Mapped[str] = mapped_column(Text, default="")
    pool_sha256: Mapped[str] = mapped_column(String(64), default="")
    quotas_csv: Mapped[str] = mapped_column(Text, default="")
    quotas_sha256: Mapped[str] = mapped_column(String(64), default="")
    frozen_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    checked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # whether any panel meets the quotas
    problem: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    eased_reason: Mapped[str] = mapped_column(Text, default="")  # why quotas or seats changed after the close
    eased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    result: Mapped[str] = mapped_column(Text, default="")
    result_sha256: Mapped[str] = mapped_column(String(64), default="")
    engine: Mapped[str] = mapped_column(String(40), default="")
    drawn_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class WorkshopInvitation(Base):
    """A place offered to whoever has this number. `left_place` counts the places that came back and were dealt with;
    `successor` is who got the place then, empty where nobody was left."""

    __tablename__ = "workshop_invitation"
    __table_args__ = (
        CheckConstraint("state IN ('invited', 'accepted', 'declined', 'expired', 'withdrawn')", name="state"),
        UniqueConstraint("workshop_id", "number"),
        UniqueConstraint("workshop_id", "left_place"),
        Index("ix_workshop_invitation_application_id", "application_id"),
        Index("ix_workshop_invitation_state_deadline", "state", "deadline"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    workshop_id: Mapped[int] = mapped_column(BigId, ForeignKey("workshop.id"))
    number: Mapped[str] = mapped_column(String(10))
    application_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("workshop_application.id", ondelete="SET NULL")
    )
    round: Mapped[int] = mapped_column(Integer, default=1)  # 1: drawn; 2 and more: in the place of somebody
    replaces: Mapped[str] = mapped_column(String(10), default="")
    state: Mapped[str] = mapped_column(String(10), default=Answer.INVITED)
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    deadline: Mapped[datetime] = mapped_column(UTCDateTime)
    reminded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    left_place: Mapped[int | None] = mapped_column(Integer)
    successor: Mapped[str] = mapped_column(String(10), default="")


MODELS = (WorkshopDraw, WorkshopInvitation)
