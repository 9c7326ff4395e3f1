"""Services of the city's catalogue, who runs them, where, which data they use, and every text they ever had."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class ServiceState(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    ENDED = "ended"


# A planned service may be given up; one that ended may be taken up again.
TRANSITIONS: dict[ServiceState, set[ServiceState]] = {
    ServiceState.PLANNED: {ServiceState.RUNNING, ServiceState.ENDED},
    ServiceState.RUNNING: {ServiceState.ENDED},
    ServiceState.ENDED: {ServiceState.RUNNING},
}


class Channel(StrEnum):
    WEB = "web"
    APP = "app"
    MESSENGER = "messenger"
    PHONE = "phone"
    COUNTER = "counter"
    PAPER = "paper"
    DEVICE = "device"


class DataCategory(StrEnum):
    """Kinds of data that a service uses. All but the last tell something of a person."""

    CONTACT = "contact"
    ADDRESS = "address"
    AGE_AND_GENDER = "age_and_gender"
    POSITION = "position"
    HEALTH_CHECK = "health_check"
    VITAL_SIGNS = "vital_signs"
    PURCHASES = "purchases"
    LEARNING_RECORD = "learning_record"
    PICTURES = "pictures"
    USAGE = "usage"
    OTHER_PERSONAL = "other_personal"
    NOT_PERSONAL = "not_personal"


class Service(Base):
    """It is a subject (same id): its Japanese name, its publication and its followers stand there."""

    __tablename__ = "service"
    __table_args__ = (
        CheckConstraint("state IN ('planned', 'running', 'ended')", name="state"),
        Index("ix_service_state", "state"),
    )

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[Localized] = mapped_column(Translated)
    summary: Mapped[Localized] = mapped_column(Translated, default=dict)
    description: Mapped[Localized] = mapped_column(Translated, default=dict)
    for_whom: Mapped[Localized] = mapped_column(Translated, default=dict)
    category_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("category.id"))  # the field
    channels: Mapped[list[str]] = mapped_column(JSON, default=list)
    website: Mapped[str] = mapped_column(String(300), default="")
    api_url: Mapped[str] = mapped_column(String(300), default="")  # of the standard API
    api_docs: Mapped[str] = mapped_column(String(300), default="")
    state: Mapped[str] = mapped_column(String(20))
    since: Mapped[date] = mapped_column(Date)  # the day from which it is in this state; may lie ahead
    version: Mapped[int] = mapped_column(Integer, default=0)  # number of the newest published text; 0 for a draft
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ServiceOwner(Base):
    """A member organisation that runs it; the first one answers for it."""

    __tablename__ = "service_owner"
    __table_args__ = (Index("ix_service_owner_organisation_id", "organisation_id"),)

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, default=0)


class ServiceArea(Base):
    """A living area that it serves; without one it serves the whole city."""

    __tablename__ = "service_area"

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"), primary_key=True)
    area_id: Mapped[int] = mapped_column(BigId, ForeignKey("area.id"), primary_key=True)


class ServiceData(Base):
    """Data that it uses, why, and the consent purpose that covers it."""

    __tablename__ = "service_data"

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"), primary_key=True)
    position: Mapped[int] = mapped_column(Integer, primary_key=True)
    category: Mapped[str] = mapped_column(String(30))
    reason: Mapped[Localized] = mapped_column(Translated)
    purpose_key: Mapped[str | None] = mapped_column(String(60))


class ServiceStep(Base):
    """A state that it reached, from which day, and why; never changed."""

    __tablename__ = "service_step"
    __table_args__ = (Index("ix_service_step_service_id_id", "service_id", "id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"))
    to_state: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(Date)
    reason: Mapped[str] = mapped_column(Text, default="")
    actor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class ServiceVersion(Base):
    """What its page said from a publication on; number 1 is the first one."""

    __tablename__ = "service_version"

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("service.id"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    editor_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime] = mapped_column(UTCDateTime)
