"""Visions, plans and rules: a document, its numbered versions, the sections of each."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class Kind(StrEnum):
    VISION = "vision"
    PLAN = "plan"
    RULE = "rule"


class AppliesTo(StrEnum):
    """Whom a rule binds."""

    ORGANISATION = "organisation"
    SERVICE = "service"


class Stage(StrEnum):
    OUTLINE = "outline"
    FIRST_DRAFT = "first_draft"
    DRAFT = "draft"
    ADOPTED = "adopted"
    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"


# From the stage of the newest published version to that of the next publication. A stage may be repeated (a second
# first draft); after the adoption a revision begins at any stage.
_VISION = {
    Stage.OUTLINE: {Stage.OUTLINE, Stage.FIRST_DRAFT},
    Stage.FIRST_DRAFT: {Stage.FIRST_DRAFT, Stage.DRAFT},
    Stage.DRAFT: {Stage.DRAFT, Stage.ADOPTED},
    Stage.ADOPTED: {Stage.OUTLINE, Stage.FIRST_DRAFT, Stage.DRAFT},
}
# A rule's published version comes into force on its day, and gives way to the next one on that one's day.
_RULE = {
    Stage.DRAFT: {Stage.IN_FORCE},
    Stage.IN_FORCE: {Stage.SUPERSEDED},
    Stage.SUPERSEDED: set[Stage](),
}
TRANSITIONS: dict[Kind, dict[Stage, set[Stage]]] = {Kind.VISION: _VISION, Kind.PLAN: _VISION, Kind.RULE: _RULE}
FIRST = {
    Kind.VISION: (Stage.OUTLINE, Stage.FIRST_DRAFT, Stage.DRAFT),
    Kind.PLAN: (Stage.OUTLINE, Stage.FIRST_DRAFT, Stage.DRAFT),
    Kind.RULE: (Stage.DRAFT,),
}


class Document(Base):
    """It is a subject (same id): followed, linked and found. `title` is that of its newest published version."""

    __tablename__ = "document"
    __table_args__ = (
        CheckConstraint("(kind = 'rule') = (applies_to IS NOT NULL)", name="applies_to"),
        Index("ix_document_kind", "kind"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[Localized] = mapped_column(Translated)
    applies_to: Mapped[str | None] = mapped_column(String(20))
    newest: Mapped[int] = mapped_column(Integer, default=0)  # number of the newest published version; 0: none yet


class Version(Base):
    """One text of a document. While `published_at` is null it is the working version; then it is frozen.

    Of a published rule the stage on a given day follows from the dates (`stages.rule_stage`); a job writes the same
    into `stage`, so that those who wait for it are told.
    """

    __tablename__ = "document_version"
    __table_args__ = (
        UniqueConstraint("document_id", "number"),
        UniqueConstraint("document_id", "working"),
        CheckConstraint("(published_at IS NULL) = (sha256 IS NULL)", name="frozen"),
        CheckConstraint("(published_at IS NULL) = (working IS NOT NULL)", name="working"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(BigId, ForeignKey("document.id"))
    number: Mapped[int] = mapped_column(Integer)
    working: Mapped[int | None] = mapped_column(Integer, default=1)  # 1 while open, so that one is open at most
    stage: Mapped[str] = mapped_column(String(20))
    title: Mapped[Localized] = mapped_column(Translated)
    note: Mapped[Localized] = mapped_column(Translated, default=dict)  # what changed, and why
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    sha256: Mapped[str | None] = mapped_column(String(64))  # of the canonical bytes: see `canonical`
    in_force_from: Mapped[date | None] = mapped_column(Date)  # rules: a day in the city's time zone
    adopted_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    superseded_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Section(Base):
    """A section of a vision or an article of a rule. Its key stays the same in every later version."""

    __tablename__ = "document_section"
    __table_args__ = (UniqueConstraint("version_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"))
    key: Mapped[str] = mapped_column(String(60))
    position: Mapped[int] = mapped_column(Integer)
    heading: Mapped[Localized] = mapped_column(Translated)
    body: Mapped[Localized] = mapped_column(Translated, default=dict)
    # how the keeping of an article is seen
    check: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(Integer, default=0)  # of the typed text, while it is worked on
    editor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))


class VersionFile(Base):
    """The printed form of a frozen version in one language, made once; its file lies with the uploads."""

    __tablename__ = "document_file"

    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    size: Mapped[int] = mapped_column(Integer)  # bytes
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
