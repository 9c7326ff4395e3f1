"""Services that ask for data, the purposes they ask for, and what people said to them.

A purpose has versions, whose words are frozen once published; what a person gives, they give to one version. Events are
never changed or removed (`guards.py`), and whether a consent holds is in no column: it follows from the last event and
the version that is published now.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class DataCategory(StrEnum):
    """The kinds of personal data that a purpose can name."""

    IDENTITY = "identity"
    CONTACT = "contact"
    ADDRESS = "address"
    AGE_AND_GENDER = "age_and_gender"
    POSITION = "position"
    VITAL_SIGNS = "vital_signs"
    HEALTH_CHECK = "health_check"
    PURCHASES = "purchases"
    LEARNING_RECORD = "learning_record"
    PICTURES = "pictures"
    USAGE = "usage"
    OTHER_PERSONAL = "other_personal"


class VersionState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"  # the controller asks the secretariat to publish it
    PUBLISHED = "published"
    RETIRED = "retired"  # by a newer version, or because the purpose ended


TRANSITIONS: dict[VersionState, set[VersionState]] = {
    VersionState.DRAFT: {VersionState.SUBMITTED, VersionState.PUBLISHED},
    VersionState.SUBMITTED: {VersionState.DRAFT, VersionState.PUBLISHED},
    VersionState.PUBLISHED: {VersionState.RETIRED},
    VersionState.RETIRED: set(),
}
UNPUBLISHED = (VersionState.DRAFT, VersionState.SUBMITTED)


class EventKind(StrEnum):
    GRANTED = "granted"
    WITHDRAWN = "withdrawn"
    CHANGED = "changed"  # a new version was published: nobody has agreed to it yet
    RETIRED = "retired"  # the purpose ended: nobody's consent holds any more


class Way(StrEnum):
    PAGE = "page"
    API = "api"
    ERASURE = "erasure"  # whoever erases their account withdraws everything


class ConsentService(Base):
    """A service that asks for data: the controller's. `last_number` is that of its newest event; whoever writes an
    event holds this row, so that numbers have no gaps and appear in their order."""

    __tablename__ = "consent_service"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    controller_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"), index=True)
    name: Mapped[Localized] = mapped_column(Translated)
    last_number: Mapped[int] = mapped_column(Integer, default=0)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


class ConsentPurpose(Base):
    """What a service asks for. Its words stand in its versions."""

    __tablename__ = "consent_purpose"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(String(60), unique=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_service.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)


def _one(name: str, states: str) -> Index:
    """At most one version of a purpose in these states."""
    where = text(f"state IN ({states})")
    return Index(name, "purpose_id", unique=True, sqlite_where=where, postgresql_where=where)


class PurposeVersion(Base):
    """The words of a purpose. `sha256` is that of its canonical text, from its publication on."""

    __tablename__ = "purpose_version"
    __table_args__ = (
        UniqueConstraint("purpose_id", "number"),
        _one("uq_purpose_version_published", "'published'"),
        _one("uq_purpose_version_unpublished", "'draft', 'submitted'"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    purpose_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_purpose.id"))
    number: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(12), default=VersionState.DRAFT)
    title: Mapped[Localized] = mapped_column(Translated)
    summary: Mapped[Localized] = mapped_column(Translated)  # what happens, in plain words
    categories: Mapped[list[Any]] = mapped_column(JSON)  # of DataCategory
    reason: Mapped[Localized] = mapped_column(Translated)
    retention: Mapped[Localized] = mapped_column(Translated)
    retention_days: Mapped[int | None] = mapped_column(Integer)  # None: until it is withdrawn
    third_parties: Mapped[Localized] = mapped_column(Translated)  # empty: nobody
    effect: Mapped[Localized] = mapped_column(Translated)  # what a withdrawal changes for the person
    sha256: Mapped[str] = mapped_column(String(64), default="")
    note: Mapped[str] = mapped_column(Text, default="")  # why the secretariat returned it
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class ConsentEvent(Base):
    """What a person said to one version, or what happened to a purpose for everybody (then without a person).

    `subject` is the person's name at this service alone (`pairwise.py`); `code` names the receipt.
    """

    __tablename__ = "consent_event"
    __table_args__ = (
        UniqueConstraint("service_id", "number"),
        Index("ix_consent_event_account_id_purpose_id_number", "account_id", "purpose_id", "number"),
        Index("ix_consent_event_subject_purpose_id_number", "subject", "purpose_id", "number"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_service.id"))
    number: Mapped[int] = mapped_column(Integer)  # within the service, from 1
    kind: Mapped[str] = mapped_column(String(12))
    purpose_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_purpose.id"))
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("purpose_version.id"))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    subject: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UTCDateTime)
    way: Mapped[str] = mapped_column(String(10), default="")
    locale: Mapped[str] = mapped_column(String(5), default="")  # in which the words were shown
    sha256: Mapped[str] = mapped_column(String(64))  # of the words that were shown
    code: Mapped[str] = mapped_column(String(32), unique=True)
    event_uid: Mapped[str] = mapped_column(String(32))  # of the entry in the audit log


class ConsentToken(Base):
    """A key of a service for the API: only its hash is stored."""

    __tablename__ = "consent_token"

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_service.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class LinkCode(Base):
    """What a person hands to a service, so that it learns what they are called there: works once, for minutes."""

    __tablename__ = "consent_link_code"

    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_service.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime, index=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Webhook(Base):
    """Where a service is told of new events. Its secret is in no table: it follows from the platform's own secret and
    `generation`. Events up to `sent_number` have arrived."""

    __tablename__ = "consent_webhook"
    __table_args__ = (Index("ix_consent_webhook_due_at", "due_at"),)

    service_id: Mapped[int] = mapped_column(BigId, ForeignKey("consent_service.id"), primary_key=True)
    url: Mapped[str] = mapped_column(String(300))
    generation: Mapped[int] = mapped_column(Integer, default=1)
    sent_number: Mapped[int] = mapped_column(Integer)
    tries: Mapped[int] = mapped_column(Integer, default=0)
    due_at: Mapped[datetime] = mapped_column(UTCDateTime)
    error: Mapped[str] = mapped_column(String(300), default="")
    sent_at: Mapped[datetime | None] = mapped_column(UTCDateTime)  # when it last took something
