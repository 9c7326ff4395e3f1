"""Signatures, what was acknowledged before them, and how long a renewal may take."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime

RENEWAL_DAYS = 60  # where the secretariat has set nothing else


class RenewalTerm(Base):
    """How many days members have, from the day on which a version comes into force, to sign it."""

    __tablename__ = "renewal_term"

    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"), primary_key=True)
    days: Mapped[int] = mapped_column(Integer)


class Acknowledgement(Base):
    """A person has read an article of a version and agrees to it, on behalf of an organisation."""

    __tablename__ = "acknowledgement"
    __table_args__ = (
        UniqueConstraint("version_id", "organisation_id", "account_id", "section_key", name="uq_acknowledgement_once"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"))
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    section_key: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(UTCDateTime)


class Signature(Base):
    """An organisation agrees to one version of a rule. Never changed, never removed: triggers refuse it.

    `evidence` is the canonical text (RFC 8785) whose hash the audit log holds; see `evidence.py`.
    """

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("organisation_id", "version_id"),
        Index("ix_signature_version_id_signed_at", "version_id", "signed_at"),
    )

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(String(20), unique=True)  # by which anybody finds the certificate
    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"))
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"))
    signatory_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))  # as typed
    title: Mapped[str] = mapped_column(String(120))
    authority: Mapped[str] = mapped_column(String(20))  # representative | delegated | seal_holder
    statement: Mapped[str] = mapped_column(Text)  # the sentence of intent, as shown
    locale: Mapped[str] = mapped_column(String(5))
    sha256: Mapped[str] = mapped_column(String(64))  # of the text that was signed
    articles: Mapped[list[Any]] = mapped_column(JSON)  # keys, in the order of the text
    signed_at: Mapped[datetime] = mapped_column(UTCDateTime)
    evidence: Mapped[str] = mapped_column(Text)
    evidence_sha256: Mapped[str] = mapped_column(String(64))
    event_uid: Mapped[str] = mapped_column(String(32))  # of the log entry that holds both hashes
    seal: Mapped[str] = mapped_column(String(128))  # Ed25519 over the evidence, in hexadecimal


class CertificateFile(Base):
    """The printed certificate of a signature in one language, made once; its file lies with the uploads."""

    __tablename__ = "certificate_file"

    signature_id: Mapped[int] = mapped_column(BigId, ForeignKey("signature.id"), primary_key=True)
    locale: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RenewalNotice(Base):
    """That an organisation was told of a renewal; `days` as in the event RenewalDue."""

    __tablename__ = "renewal_notice"

    organisation_id: Mapped[int] = mapped_column(BigId, ForeignKey("organisation.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(BigId, ForeignKey("document_version.id"), primary_key=True)
    days: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(UTCDateTime)
