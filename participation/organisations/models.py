"""Organisations, the people who act for them, and those who were asked to."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, Localized, Translated, UTCDateTime


class OrganisationKind(StrEnum):
    CITY = "city"
    COMPANY = "company"
    UNIVERSITY = "university"
    NPO = "npo"
    RESIDENT_ASSOCIATION = "resident_association"
    BANK = "bank"
    MEDIA = "media"
    GOVERNMENT = "government"
    OTHER = "other"


class MandateRole(StrEnum):
    REPRESENTATIVE = "representative"  # speaks and acts for the organisation
    SIGNATORY = "signatory"  # may bind it by a signature


class Organisation(Base):
    """Its Japanese name and its publication stand in its subject too (same id)."""

    __tablename__ = "organisation"

    id: Mapped[int] = mapped_column(BigId, ForeignKey("subject.id"), primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    corporate_number: Mapped[str | None] = mapped_column(String(13), unique=True)
    kind: Mapped[str] = mapped_column(String(30))
    name: Mapped[Localized] = mapped_column(Translated)
    address: Mapped[str] = mapped_column(String(200), default="")  # the registered one
    website: Mapped[str] = mapped_column(String(300), default="")
    description: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Mandate(Base):
    """That a person acted for an organisation, from when to when; one open row per role is what counts now."""

    __tablename__ = "mandate"
    __table_args__ = (
        Index(
            "uq_mandate_open",
            "organisation_id",
            "account_id",
            "role",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_mandate_account_id", "account_id"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(20))
    granted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class MandateInvitation(Base):
    """Somebody was asked by mail to act for an organisation; the link in the mail names this row."""

    __tablename__ = "mandate_invitation"
    __table_args__ = (Index("ix_mandate_invitation_organisation_id", "organisation_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(20))
    invited_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    invited_at: Mapped[datetime] = mapped_column(UTCDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    answer: Mapped[str] = mapped_column(String(10), default="")  # accepted | declined | withdrawn
