"""Proposals, their versions, authors, supports, amendments, official answers and pictures."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Date, Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class State(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    UNDER_REVIEW = "under_review"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    REJECTED = "rejected"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    WITHDRAWN = "withdrawn"
    MERGED = "merged"


_ANSWERED = {State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED}

# An official answer may be replaced by a later one, so decided states lead to one another. Hiding is not a state of the
# proposal: moderation hides any subject, whatever its state, and restores it to that state.
TRANSITIONS: dict[State, set[State]] = {
    State.DRAFT: {State.PUBLISHED},
    State.PUBLISHED: {State.UNDER_REVIEW, State.WITHDRAWN, State.MERGED, *_ANSWERED},
    State.UNDER_REVIEW: {State.MERGED, *_ANSWERED},
    State.ACCEPTED: {State.PARTLY_ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.DONE},
    State.PARTLY_ACCEPTED: {State.ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.DONE},
    State.REJECTED: {State.ACCEPTED, State.PARTLY_ACCEPTED},
    State.IN_PROGRESS: {State.DONE, State.REJECTED},
    State.DONE: set(),
    State.WITHDRAWN: set(),
    State.MERGED: set(),
}


class Proposal(Base):
    """Its title, author, process, publication and comment counter stand in its subject (same id)."""

    __tablename__ = "proposal"
    __table_args__ = (
        CheckConstraint("supports_count >= 0", name="supports_count"),
        CheckConstraint("(lat IS NULL) = (lng IS NULL)", name="point"),
        CheckConstraint("(state = 'merged') = (merged_into_id IS NOT NULL)", name="merged"),
        Index("ix_proposal_state_published_at", "state", "published_at"),
        Index("ix_proposal_published_at_id", "published_at", "id"),
        Index("ix_proposal_supports_count_id", "supports_count", "id"),
        Index("ix_proposal_active_at_id", "active_at", "id"),
        Index("ix_proposal_process_id_published_at", "process_id", "published_at"),
        Index("ix_proposal_merged_into_id", "merged_into_id"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    state: Mapped[str] = mapped_column(String(20), default=State.DRAFT)
    body: Mapped[str] = mapped_column(Text, default="")
    category_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("area.id"))
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)  # of the text
    # when anything happened to it last, a comment or an answer too; kept by a subscriber
    active_at: Mapped[datetime] = mapped_column(
        UTCDateTime, default=lambda context: context.get_current_parameters()["updated_at"]
    )
    supports_count: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=0)  # number of the newest published version; 0 for a draft
    merged_into_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("proposal.id"))
    party: Mapped[str] = mapped_column(String(20), default="citizen")  # citizen | city | company: who speaks


class ProposalVersion(Base):
    """A published text as it stood; number 1 is the first publication."""

    __tablename__ = "proposal_version"

    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    editor_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ProposalAuthor(Base):
    """An author beside the first one; `accepted_at` is null while the invitation is open."""

    __tablename__ = "proposal_author"
    __table_args__ = (UniqueConstraint("proposal_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    accepted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    declined_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # not asked again


class Support(Base):
    """At most one per person and proposal: the primary key says so."""

    __tablename__ = "support"
    __table_args__ = (Index("ix_support_account_id", "account_id"),)

    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class SupportUse(Base):
    """How many supports a person has given in a process with a cap; the condition on `used` stops the one too many."""

    __tablename__ = "support_use"
    __table_args__ = (CheckConstraint("used >= 0", name="used"),)

    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    used: Mapped[int] = mapped_column(Integer, default=0)


class Amendment(Base):
    """A counter-text to a published proposal, which its authors accept or reject. A subject, so that it can be reported
    and hidden."""

    __tablename__ = "amendment"
    __table_args__ = (Index("ix_amendment_proposal_id", "proposal_id"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    base_version: Mapped[int] = mapped_column(Integer)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[str] = mapped_column(String(20), default="open")  # open | accepted | rejected | withdrawn
    decided_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    decision_note: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Answer(Base):
    """An official answer; every earlier one stays visible."""

    __tablename__ = "answer"
    __table_args__ = (Index("ix_answer_at", "at"),)

    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    state: Mapped[str] = mapped_column(String(20))
    reasons: Mapped[str] = mapped_column(Text)
    locale: Mapped[str] = mapped_column(String(5), default="ja")  # of the reasons
    department: Mapped[str] = mapped_column(String(120), default="")
    cost: Mapped[str] = mapped_column(String(200), default="")
    starts_on: Mapped[date | None] = mapped_column(Date)
    next_report_on: Mapped[date | None] = mapped_column(Date)
    answered_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Picture(Base):
    """An uploaded picture, re-encoded; its file is named by its content's hash."""

    __tablename__ = "picture"
    __table_args__ = (Index("ix_picture_proposal_id", "proposal_id"), Index("ix_picture_name", "name"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    proposal_id: Mapped[int] = mapped_column(BigId, ForeignKey("proposal.id"))
    name: Mapped[str] = mapped_column(String(80))  # below SANPO_DATA/uploads
    alt: Mapped[str] = mapped_column(String(200), default="")
    width: Mapped[int] = mapped_column(Integer)
    height: Mapped[int] = mapped_column(Integer)
    position: Mapped[int] = mapped_column(Integer, default=0)
