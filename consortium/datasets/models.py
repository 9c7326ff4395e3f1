"""Datasets of services, the living areas that they cover, and every text that their entries ever had."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class DatasetState(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


# What was withdrawn may be offered again.
TRANSITIONS: dict[DatasetState, set[DatasetState]] = {
    DatasetState.DRAFT: {DatasetState.PUBLISHED},
    DatasetState.PUBLISHED: {DatasetState.WITHDRAWN},
    DatasetState.WITHDRAWN: {DatasetState.PUBLISHED},
}


class Access(StrEnum):
    OPEN = "open"
    MEMBERS = "members"  # shared among the members of the council
    CONSENT = "consent"  # with the consent of the people whose data they are


class FileFormat(StrEnum):
    CSV = "csv"
    JSON = "json"
    GEOJSON = "geojson"
    XML = "xml"
    XLSX = "xlsx"
    PDF = "pdf"
    OTHER = "other"


class Cycle(StrEnum):
    """How often it is brought up to date."""

    CONTINUOUS = "continuous"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    ANNUAL = "annual"
    IRREGULAR = "irregular"
    NEVER = "never"


class Licence(StrEnum):
    CC_BY = "cc_by_4"
    CC0 = "cc0"
    PDL = "pdl_1"  # Public Data License of the Government of Japan, 1.0
    AGREEMENT = "agreement"  # what the members agree on between them


class Dataset(Base):
    """It is a subject (same id): its Japanese title, its publication and its followers stand there."""

    __tablename__ = "dataset"
    __table_args__ = (
        CheckConstraint("state IN ('draft', 'published', 'withdrawn')", name="state"),
        CheckConstraint("access IN ('open', 'members', 'consent')", name="access"),
        Index("ix_dataset_service_id_state", "service_id", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))  # which collects it
    title: Mapped[Localized] = mapped_column(Translated)
    description: Mapped[Localized] = mapped_column(Translated)
    access: Mapped[str] = mapped_column(String(20))
    format: Mapped[str] = mapped_column(String(20))
    cycle: Mapped[str] = mapped_column(String(20))
    licence: Mapped[str] = mapped_column(String(20))
    download_url: Mapped[str] = mapped_column(String(300), default="")
    api_url: Mapped[str] = mapped_column(String(300), default="")
    contact: Mapped[str] = mapped_column(String(254))  # an e-mail address of the office, not of a person
    covers_from: Mapped[date | None] = mapped_column(Date)
    covers_to: Mapped[date | None] = mapped_column(Date)  # None: it goes on
    state: Mapped[str] = mapped_column(String(20), default=DatasetState.DRAFT)
    version: Mapped[int] = mapped_column(Integer, default=0)  # number of the newest published text; 0 for a draft
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class DatasetArea(Base):
    """A living area that it covers; without one it covers the whole city."""

    __tablename__ = "dataset_area"

    dataset_id: Mapped[int] = mapped_column(BigId, ForeignKey("dataset.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("area.id"), primary_key=True)


class DatasetStep(Base):
    """That it was published or withdrawn, by whom and why; never changed."""

    __tablename__ = "dataset_step"
    __table_args__ = (Index("ix_dataset_step_dataset_id_id", "dataset_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    dataset_id: Mapped[int] = mapped_column(BigId, ForeignKey("dataset.id"))
    to_state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class DatasetVersion(Base):
    """What its entry said from a publication or a change on; number 1 is the first one."""

    __tablename__ = "dataset_version"

    dataset_id: Mapped[int] = mapped_column(BigId, ForeignKey("dataset.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    editor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
