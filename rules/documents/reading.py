"""A version of a document as its readers see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.db import Localized
from participation.policy import Actor, Verdict
from participation.subjects import Subject
from rules.documents import policy, stages
from rules.documents.models import Document, Kind, Section, Stage, Version, VersionFile
from rules.documents.queries import document_by_slug, newest_of, sections_of, versions_of, working_of


@dataclass(frozen=True)
class Words:
    """A text in the reader's language; `lang` is set where it had to be another one."""

    text: str
    lang: str = ""

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class SectionView:
    key: str
    heading: Words
    body: Words
    check: dict[str, Any] | None


@dataclass(frozen=True)
class VersionLine:
    """A version in the list of versions."""

    number: int
    stage: Stage
    label: str  # message id
    mood: str
    published_at: datetime | None
    in_force_from: date | None
    adopted_at: datetime | None
    note: Words
    path: str


@dataclass(frozen=True)
class Printed:
    """A file of a version's printed form."""

    locale: str
    size: int  # bytes
    url: str


@dataclass(frozen=True, kw_only=True)
class VersionPage:
    """`id` is the document's, which is a subject; `line` is this version in `versions`, the newest first."""

    id: int
    subject: Subject
    kind: Kind
    slug: str
    applies_to: str | None
    title: Words
    version_id: int
    sha256: str | None
    line: VersionLine
    sections: tuple[SectionView, ...]
    versions: tuple[VersionLine, ...]
    newest: int
    working: int | None
    files: tuple[Printed, ...]
    may_write: Verdict
    may_adopt: Verdict

    @property
    def number(self) -> int:
        return self.line.number

    @property
    def published(self) -> bool:
        return self.line.published_at is not None

    @property
    def rule(self) -> bool:
        return self.kind == Kind.RULE

    @property
    def base(self) -> str:
        """The address of the document."""
        return document_path(self.slug)


def document_path(slug: str) -> str:
    return f"/documents/{slug}"


def words(text: Localized, locale: str) -> Words:
    """The text and, where it is not in the reader's language, which one it is in."""
    chosen = text.to(locale)
    return Words(chosen, "" if text.get(locale) or not chosen else next(k for k, v in text.items() if v == chosen))


def version_page(
    session: Session, actor: Actor, slug: str, number: int | None, now: datetime, locale: str
) -> VersionPage | None:
    """A version that this reader may see, or without a number the one that counts: in force, else newest, else the
    working one. Five queries."""
    document = document_by_slug(session, slug)
    if document is None:
        return None
    versions = [each for each in versions_of(session, document.id) if policy.may_read(actor, each)]
    version = chosen(document, versions, number, stages.today(now))
    subject = session.get_one(Subject, document.id)
    if version is None or (subject.hidden_at is not None and not policy.may_write(actor)):
        return None
    lines = tuple(_line(document, each, versions, stages.today(now), locale) for each in reversed(versions))
    return VersionPage(
        id=document.id,
        subject=subject,
        kind=Kind(document.kind),
        slug=document.slug,
        applies_to=document.applies_to,
        title=words(version.title, locale),
        version_id=version.id,
        sha256=version.sha256,
        line=next(line for line in lines if line.number == version.number),
        sections=tuple(section_view(each, locale) for each in sections_of(session, version.id)),
        versions=lines,
        newest=document.newest,
        working=getattr(working_of(versions), "number", None),
        files=_files(session, document.slug, version),
        may_write=policy.may_write(actor),
        may_adopt=policy.may_adopt(actor, document, newest_of(versions), working_of(versions)),
    )


def chosen(document: Document, versions: Sequence[Version], number: int | None, day: date) -> Version | None:
    if number is not None:
        return next((each for each in versions if each.number == number), None)
    binding = stages.in_force_on(versions, day) if document.kind == Kind.RULE else None
    return binding or newest_of(versions) or working_of(versions)


def section_view(section: Section, locale: str) -> SectionView:
    return SectionView(section.key, words(section.heading, locale), words(section.body, locale), section.check)


def _line(document: Document, version: Version, versions: Sequence[Version], day: date, locale: str) -> VersionLine:
    stage = stages.stage_on(Kind(document.kind), version, versions, day)
    published = version.published_at is not None
    return VersionLine(
        number=version.number,
        stage=stage,
        label=stages.label(Kind(document.kind), stage, published=published),
        mood=stages.MOODS.get(stage, "wait") if published else "wait",
        published_at=version.published_at,
        in_force_from=version.in_force_from,
        adopted_at=version.adopted_at,
        note=words(version.note, locale),
        path=f"{document_path(document.slug)}/{version.number}",
    )


def _files(session: Session, slug: str, version: Version) -> tuple[Printed, ...]:
    rows = session.execute(
        select(VersionFile.locale, VersionFile.size)
        .where(VersionFile.version_id == version.id)
        .order_by(VersionFile.locale.desc())
    )
    return tuple(Printed(row.locale, row.size, _file_path(slug, version.number, row.locale)) for row in rows)


def _file_path(slug: str, number: int, locale: str) -> str:
    return f"{document_path(slug)}/{number}/pdf/{locale}"
