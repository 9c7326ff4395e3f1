"""The articles that bind now, each with the check that it names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.subjects import Subject
from rules.checks.port import SubjectKind
from rules.documents.models import Document, Kind, Section, Version
from rules.documents.stages import in_force_on, today


@dataclass(frozen=True, kw_only=True)
class Article:
    """An article of the version of a rule that is in force."""

    document_id: int
    rule: str  # key
    title: Localized  # of the rule
    version_id: int
    number: int
    key: str
    place: int  # from 1
    heading: Localized
    body: Localized
    check: Mapping[str, Any] | None
    kind: SubjectKind  # whom it binds

    @property
    def path(self) -> str:
        return f"/rules/{self.rule}#{self.key}"


def articles_in_force(session: Session, at: datetime, rule: str = "") -> tuple[Article, ...]:
    """Of all rules (or one) in their order; what is hidden binds, but is not shown. Two queries."""
    wanted = (
        select(Document, Version)
        .join(Version, Version.document_id == Document.id)
        .join(Subject, Subject.id == Document.id)
        .where(Document.kind == Kind.RULE, Version.published_at.is_not(None), Subject.hidden_at.is_(None))
        .order_by(Document.id, Version.number)
    )
    versions: dict[int, list[Version]] = {}
    documents: dict[int, Document] = {}
    for document, version in session.execute(wanted.where(Document.slug == rule) if rule else wanted):
        documents[document.id] = document
        versions.setdefault(document.id, []).append(version)
    binding = [each for each in (in_force_on(found, today(at)) for found in versions.values()) if each is not None]
    sections: dict[int, list[Section]] = {}
    ids = [version.id for version in binding]
    for section in session.scalars(select(Section).where(Section.version_id.in_(ids)).order_by(Section.position)):
        sections.setdefault(section.version_id, []).append(section)
    return tuple(
        _article(documents[version.document_id], version, section, place)
        for version in binding
        for place, section in enumerate(sections.get(version.id, ()), 1)
    )


def _article(document: Document, version: Version, section: Section, place: int) -> Article:
    city = bool(section.check) and section.check.get("scope") == SubjectKind.CITY
    return Article(
        document_id=document.id,
        rule=document.slug,
        title=version.title,
        version_id=version.id,
        number=version.number,
        key=section.key,
        place=place,
        heading=section.heading,
        body=section.body,
        check=section.check,
        kind=SubjectKind.CITY if city else SubjectKind(document.applies_to or SubjectKind.ORGANISATION),
    )
