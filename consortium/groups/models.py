"""Working groups and the council itself, and who belonged to them from when to when."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class GroupKind(StrEnum):
    COUNCIL = "council"
    STEERING = "steering"
    PUBLIC_RELATIONS = "public_relations"
    DATA_GOVERNANCE = "data_governance"
    THEME = "theme"


class GroupState(StrEnum):
    ACTIVE = "active"
    ENDED = "ended"


# A group that has ended may be called together again.
TRANSITIONS: dict[GroupState, set[GroupState]] = {
    GroupState.ACTIVE: {GroupState.ENDED},
    GroupState.ENDED: {GroupState.ACTIVE},
}


class GroupRole(StrEnum):
    CHAIR = "chair"
    MEMBER = "member"
    ADVISER = "adviser"


class WorkingGroup(Base):
    """It is a subject (same id), public from the start; its Japanese name stands there too."""

    __tablename__ = "working_group"
    __table_args__ = (CheckConstraint("state IN ('active', 'ended')", name="state"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[Localized] = mapped_column(Translated)
    summary: Mapped[Localized] = mapped_column(Translated, default=dict)
    charter: Mapped[Localized] = mapped_column(Translated, default=dict)  # Markdown
    category_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))  # the field
    state: Mapped[str] = mapped_column(String(10), default=GroupState.ACTIVE)
    since: Mapped[date] = mapped_column(Date)  # the day from which it is in this state
    reason: Mapped[str] = mapped_column(Text, default="")  # why it ended or began again
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class GroupMember(Base):
    """That an organisation or a person belonged to a group in a role. Of a person, either the account or, for whoever
    has none, the name; the organisation beside it is where they come from. Rows without a left day count now."""

    __tablename__ = "group_member"
    __table_args__ = (
        CheckConstraint("organisation_id IS NOT NULL OR account_id IS NOT NULL OR name <> ''", name="somebody"),
        CheckConstraint("left_on IS NULL OR left_on >= joined_on", name="days"),
        Index("ix_group_member_group_id", "group_id"),
        Index("ix_group_member_account_id", "account_id"),
        Index("ix_group_member_organisation_id", "organisation_id"),
        Index(
            "uq_group_member_open",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=text("left_on IS NULL AND account_id IS NOT NULL"),
            postgresql_where=text("left_on IS NULL AND account_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("working_group.id"))
    role: Mapped[str] = mapped_column(String(10))
    organisation_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("organisation.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(120), default="")  # of a person without an account
    post: Mapped[Localized] = mapped_column(Translated, default=dict)  # professor of …, head of …
    joined_on: Mapped[date] = mapped_column(Date)
    left_on: Mapped[date | None] = mapped_column(Date)
    added_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    ended_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class StepState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


class RoadmapStep(Base):
    """What a group means to do from when to when; without an end it is a milestone."""

    __tablename__ = "roadmap_step"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'running', 'done', 'dropped')", name="state"),
        CheckConstraint("ends_on IS NULL OR ends_on >= starts_on", name="days"),
        Index("ix_roadmap_step_group_id_starts_on", "group_id", "starts_on"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    group_id: Mapped[int] = mapped_column(BigId, ForeignKey("working_group.id"))
    title: Mapped[Localized] = mapped_column(Translated)
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date | None] = mapped_column(Date)
    state: Mapped[str] = mapped_column(String(10), default=StepState.PLANNED)
