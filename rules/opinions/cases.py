"""A public comment with what its rules ask of the version and its document."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.db import Localized
from rules.documents.models import Document, Section, Stage, Version
from rules.opinions.models import PublicComment
from rules.opinions.times.models import PublicCommentChange


@dataclass(frozen=True)
class Case:
    """`newest`: the number of the document's newest published version."""

    id: int
    version_id: int
    document_id: int
    slug: str
    number: int
    title: Localized
    opens_at: datetime
    closes_at: datetime
    reason: Localized
    contact: Localized
    newest: int
    adopted: bool
    told_at: datetime | None
    called_off: bool
    sequence: int  # how often the announced times changed

    @property
    def path(self) -> str:
        """The page of the version."""
        return f"/documents/{self.slug}/{self.number}"

    @property
    def desk(self) -> str:
        return f"/secretariat/opinions/{self.id}"

    def is_open(self, now: datetime) -> bool:
        return not self.called_off and self.opens_at <= now < self.closes_at

    def ended(self, now: datetime) -> bool:
        return now >= self.closes_at

    def table_public(self, now: datetime) -> bool:
        """The table is published with the next version (or the adoption of this one), and never before the close."""
        return not self.called_off and self.ended(now) and (self.newest > self.number or self.adopted)


_CHANGES = (
    select(func.count())
    .select_from(PublicCommentChange)
    .where(PublicCommentChange.public_comment_id == PublicComment.id)
    .scalar_subquery()
)
_CASES = (
    select(PublicComment, Version, Document.slug, Document.newest, _CHANGES)
    .join(Version, Version.id == PublicComment.version_id)
    .join(Document, Document.id == Version.document_id)
    .execution_options(populate_existing=True)
)


def case_by_id(session: Session, public_comment_id: int) -> Case | None:
    return _first(session, _CASES.where(PublicComment.id == public_comment_id))


def case_of_version(session: Session, version_id: int) -> Case | None:
    return _first(session, _CASES.where(PublicComment.version_id == version_id))


def case_by_number(session: Session, slug: str, number: int) -> Case | None:
    return _first(session, _CASES.where(Document.slug == slug, Version.number == number))


def cases_of(session: Session, document_id: int) -> tuple[Case, ...]:
    """All of a document, the first version's first."""
    return _all(session, _CASES.where(Version.document_id == document_id).order_by(Version.number))


def all_cases(session: Session) -> tuple[Case, ...]:
    """Those that close last come first."""
    return _all(session, _CASES.order_by(PublicComment.closes_at.desc(), PublicComment.id.desc()))


def untold_cases(session: Session, now: datetime) -> tuple[Case, ...]:
    """Ended ones whose table nobody was told of yet."""
    wanted = _CASES.where(PublicComment.published_at.is_(None), PublicComment.closes_at <= now)
    return tuple(case for case in _all(session, wanted.order_by(PublicComment.id)) if case.table_public(now))


def told_cases(session: Session) -> tuple[Case, ...]:
    """Those whose table is public and was announced."""
    return _all(session, _CASES.where(PublicComment.published_at.is_not(None)).order_by(PublicComment.id))


def headings(session: Session, version_id: int) -> dict[str, Localized]:
    """The sections of a version in their order: heading by key."""
    rows = session.execute(
        select(Section.key, Section.heading)
        .where(Section.version_id == version_id)
        .order_by(Section.position, Section.id)
    )
    return {row.key: row.heading for row in rows}


def _first(session: Session, wanted: Select[Any]) -> Case | None:
    return next(iter(_all(session, wanted)), None)


def _all(session: Session, wanted: Select[Any]) -> tuple[Case, ...]:
    return tuple(_case(row) for row in session.execute(wanted).all())


def _case(row: Sequence[Any]) -> Case:
    comment, version, slug, newest, changes = row
    return Case(
        id=comment.id,
        version_id=version.id,
        document_id=version.document_id,
        slug=slug,
        number=version.number,
        title=version.title,
        opens_at=comment.opens_at,
        closes_at=comment.closes_at,
        reason=comment.reason,
        contact=comment.contact,
        newest=newest,
        adopted=version.stage == Stage.ADOPTED,
        told_at=comment.published_at,
        called_off=comment.called_off_at is not None,
        sequence=changes,
    )
