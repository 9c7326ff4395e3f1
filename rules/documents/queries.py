"""Reads of documents, versions and sections as rows; `reading` makes pages of them."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.subjects import Subject
from rules.documents.models import Document, Kind, Section, Version
from rules.documents.stages import in_force_on


def document_by_slug(session: Session, slug: str, *, lock: bool = False) -> Document | None:
    """`lock` holds the row until the transaction ends: whoever changes a version of it asks for that first."""
    wanted = select(Document).where(Document.slug == slug)
    return session.scalar(wanted.with_for_update().execution_options(populate_existing=True) if lock else wanted)


def versions_of(session: Session, document_id: int) -> Sequence[Version]:
    """All of them, the working one too, the first one first."""
    wanted = select(Version).where(Version.document_id == document_id).order_by(Version.number)
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def sections_of(session: Session, version_id: int) -> Sequence[Section]:
    """In their order."""
    wanted = select(Section).where(Section.version_id == version_id).order_by(Section.position, Section.id)
    return session.scalars(wanted.execution_options(populate_existing=True)).all()


def published_version(session: Session, slug: str, number: int) -> tuple[Document, Version] | None:
    """A version that everybody may read, with its document; None where there is none or the document is hidden."""
    wanted = (
        select(Document, Version)
        .join(Version, Version.document_id == Document.id)
        .join(Subject, Subject.id == Document.id)
        .where(Document.slug == slug, Version.published_at.is_not(None), Subject.hidden_at.is_(None))
    )
    found = next((row for row in session.execute(wanted) if row.Version.number == number), None)
    return (found.Document, found.Version) if found else None


def working_of(versions: Sequence[Version]) -> Version | None:
    return next((version for version in versions if version.published_at is None), None)


def newest_of(versions: Sequence[Version]) -> Version | None:
    """The newest published one."""
    return max((each for each in versions if each.published_at), key=lambda each: each.number, default=None)


def rule_in_force(session: Session, slug: str, day: date) -> Version | None:
    """The version of a rule that binds on a day in the city, if there is such a rule and one is in force."""
    wanted = (
        select(Version)
        .join(Document, Document.id == Version.document_id)
        .where(Document.slug == slug, Document.kind == Kind.RULE, Version.published_at.is_not(None))
    )
    return in_force_on(session.scalars(wanted).all(), day)
