"""The city's frame: site, living areas, categories, processes with phases and components."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class Site(Base):
    """One row (id 1): what the city calls itself."""

    __tablename__ = "site"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, default=1)
    name: Mapped[Localized] = mapped_column(Translated)
    tagline: Mapped[Localized] = mapped_column(Translated, default=dict)
    council: Mapped[Localized] = mapped_column(Translated, default=dict)
    contact: Mapped[Localized] = mapped_column(Translated, default=dict)


class Area(Base):
    """A living area: the unit of place; it may span wards."""

    __tablename__ = "area"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Localized] = mapped_column(Translated)
    lat: Mapped[float | None] = mapped_column(Float)
    lng: Mapped[float | None] = mapped_column(Float)
    position: Mapped[int] = mapped_column(Integer, default=0)


class Category(Base):
    __tablename__ = "category"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[Localized] = mapped_column(Translated)
    position: Mapped[int] = mapped_column(Integer, default=0)


class ProcessState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    ARCHIVED = "archived"


class Process(Base):
    """A participatory process. It is a subject; its phases open features."""

    __tablename__ = "process"
    __table_args__ = (CheckConstraint("support_cap IS NULL OR support_cap > 0", name="support_cap"),)

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    title: Mapped[Localized] = mapped_column(Translated)
    summary: Mapped[Localized] = mapped_column(Translated, default=dict)
    body: Mapped[Localized] = mapped_column(Translated, default=dict)
    state: Mapped[str] = mapped_column(String(20), default=ProcessState.DRAFT)
    support_cap: Mapped[int | None] = mapped_column(Integer)  # supports per person; None: no cap
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Phase(Base):
    """A stretch of time in a process and what it opens. Phases of one process may overlap; features add up."""

    __tablename__ = "phase"
    __table_args__ = (
        CheckConstraint("ends_at IS NULL OR ends_at > starts_at", name="order"),
        Index("ix_phase_process_id_position", "process_id", "position"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    position: Mapped[int] = mapped_column(Integer, default=0)
    title: Mapped[Localized] = mapped_column(Translated)
    description: Mapped[Localized] = mapped_column(Translated, default=dict)
    starts_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ends_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    features: Mapped[list[str]] = mapped_column(JSON, default=list)


class ProcessComponent(Base):
    """A part that a process holds: proposals, later ballots, documents, workshops, meetings, surveys."""

    __tablename__ = "process_component"
    __table_args__ = (UniqueConstraint("process_id", "kind"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    process_id: Mapped[int] = mapped_column(BigId, ForeignKey("process.id"))
    kind: Mapped[str] = mapped_column(String(30))
    position: Mapped[int] = mapped_column(Integer, default=0)
    settings: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
