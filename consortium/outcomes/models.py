"""The link between a poster or an idea of a workshop and what was made of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime


class Into(StrEnum):
    """What something is made into."""

    PROPOSAL = "proposal"
    PILOT = "pilot"
    BACKLOG = "backlog"


class Outcome(Base):
    """At most one for each poster (or idea), kind and place: the process of a proposal, the organisation that leads a
    pilot, the service of an improvement. A draft that is discarded takes its link along."""

    __tablename__ = "outcome"
    __table_args__ = (
        CheckConstraint("(poster_id IS NULL) <> (note_id IS NULL)", name="one_source"),
        CheckConstraint("kind IN ('proposal', 'pilot', 'backlog')", name="kind"),
        UniqueConstraint("poster_id", "kind", "place_id"),
        UniqueConstraint("note_id", "kind", "place_id"),
        Index("ix_outcome_target_id", "target_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    poster_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("poster.id"))
    note_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("workshop_note.id"))
    kind: Mapped[str] = mapped_column(String(10))
    place_id: Mapped[int] = mapped_column(BigId)
    target_id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id", ondelete="CASCADE"))
    made_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
