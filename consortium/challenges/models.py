"""Challenges, the solution sheets that answer them, and every step of both."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class ChallengeState(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    MATCHED = "matched"
    WITHDRAWN = "withdrawn"


C = ChallengeState
TRANSITIONS: dict[ChallengeState, set[ChallengeState]] = {
    C.DRAFT: {C.OPEN, C.WITHDRAWN},
    C.OPEN: {C.CLOSED, C.WITHDRAWN},
    C.CLOSED: {C.MATCHED, C.WITHDRAWN},
    C.MATCHED: set(),
    C.WITHDRAWN: set(),
}


class SheetState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    WITHDRAWN = "withdrawn"


S = SheetState
# Until the deadline a sheet may be handed in again, changed or after it was withdrawn.
SHEET_TRANSITIONS: dict[SheetState, set[SheetState]] = {
    S.DRAFT: {S.SUBMITTED},
    S.SUBMITTED: {S.SUBMITTED, S.CHOSEN, S.NOT_CHOSEN, S.WITHDRAWN},
    S.WITHDRAWN: {S.SUBMITTED},
    S.CHOSEN: set(),
    S.NOT_CHOSEN: set(),
}


class Cost(StrEnum):
    """What a solution would cost until the end of a pilot, in Japanese yen."""

    FREE = "free"
    UNDER_1M = "under_1m"
    UNDER_5M = "under_5m"
    UNDER_20M = "under_20m"
    MORE = "more"
    OPEN = "open"  # to be talked about


class Challenge(Base):
    """It is a subject (same id): its Japanese title, its publication and its followers stand there."""

    __tablename__ = "challenge"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'open', 'closed', 'matched', 'withdrawn')", name="state"),
        CheckConstraint("(state = 'matched') = (pilot_id IS NOT NULL)", name="matched"),
        Index("ix_challenge_state_closes_on", "state", "closes_on"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(20), default=ChallengeState.DRAFT)
    organisation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("organisation.id"))  # None: the secretariat
    title: Mapped[Localized] = mapped_column(Translated, default=dict)
    background: Mapped[Localized] = mapped_column(Translated, default=dict)
    wanted: Mapped[Localized] = mapped_column(Translated, default=dict)
    category_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))  # the field
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("area.id"))  # None: the whole city
    closes_on: Mapped[date | None] = mapped_column(Date)  # the last day on which sheets are taken
    typed: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # the form of a draft as it stands
    pilot_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("pilot.id"), unique=True)  # that it became
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ChallengeStep(Base):
    """A state that it reached, or words of it that were changed, by whom and why; never changed itself."""

    __tablename__ = "challenge_step"
    __table_args__ = (Index("ix_challenge_step_challenge_id_id", "challenge_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    challenge_id: Mapped[int] = mapped_column(BigId, ForeignKey("challenge.id"))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)  # what stood there, by the name of what was changed
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class SolutionSheet(Base):
    """What a member offers for a challenge, one sheet each."""

    __tablename__ = "solution_sheet"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'submitted', 'chosen', 'not_chosen', 'withdrawn')", name="state"),
        UniqueConstraint("challenge_id", "organisation_id"),
        Index("ix_solution_sheet_organisation_id", "organisation_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    challenge_id: Mapped[int] = mapped_column(BigId, ForeignKey("challenge.id"))
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    state: Mapped[str] = mapped_column(String(20), default=SheetState.DRAFT)
    offer: Mapped[str] = mapped_column(Text, default="")
    experience: Mapped[str] = mapped_column(Text, default="")
    cost: Mapped[str] = mapped_column(String(20), default=Cost.OPEN)
    needs: Mapped[str] = mapped_column(Text, default="")
    public: Mapped[bool] = mapped_column(Boolean, default=False)  # everybody may read it after the deadline
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    typed: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)  # the form as it is being filled
    saved_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SheetStep(Base):
    """A state that a sheet reached, and by whom; never changed."""

    __tablename__ = "solution_sheet_step"
    __table_args__ = (Index("ix_solution_sheet_step_sheet_id_id", "sheet_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    sheet_id: Mapped[int] = mapped_column(BigId, ForeignKey("solution_sheet.id"))
    to_state: Mapped[str] = mapped_column(String(20))
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
