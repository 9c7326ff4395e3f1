"""The documents of the city, each with the version that counts now."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import ANONYMOUS, Actor
from participation.subjects import Subject
from participation.web import Context
from rules.documents import policy, stages
from rules.documents.models import Document, Kind, Stage, Version
from rules.documents.reading import Words, chosen, document_path, words


@dataclass(frozen=True)
class DocumentLine:
    id: int
    kind: Kind
    kind_label: str  # message id
    slug: str
    title: Words
    applies_to: str | None
    number: int
    stage: Stage
    label: str  # message id
    mood: str
    published_at: datetime | None
    in_force_from: date | None
    sha256: str | None
    process_id: int | None
    path: str


def documents(
    session: Session, actor: Actor, kinds: Sequence[Kind], now: datetime, locale: str
) -> tuple[DocumentLine, ...]:
    """What this reader may see: visions first, then plans and rules, each by title. Two queries."""
    rows = session.execute(
        select(Document, Subject)
        .join(Subject, Subject.id == Document.id)
        .where(Document.kind.in_(kinds), Subject.hidden_at.is_(None))
    ).all()
    versions = defaultdict(list)
    ids = [document.id for document, _ in rows]
    for version in session.scalars(select(Version).where(Version.document_id.in_(ids))):
        if policy.may_read(actor, version):
            versions[version.document_id].append(version)
    lines = [_line(document, subject, versions[document.id], now, locale) for document, subject in rows
             if versions[document.id]]  # fmt: skip
    order = list(Kind)
    return tuple(sorted(lines, key=lambda line: (order.index(line.kind), line.title.text)))


def in_process(ctx: Context, subject: Any) -> tuple[DocumentLine, ...] | None:
    """The documents that belong to the process of a page; None on other pages and where there is none. Two queries."""
    if not isinstance(subject, Subject) or subject.kind != "process":
        return None
    found = documents(ctx.session, ANONYMOUS, tuple(Kind), ctx.now, ctx.locale)
    return tuple(line for line in found if line.process_id == subject.id) or None


def _line(document: Document, subject: Subject, versions: list[Version], now: datetime, locale: str) -> DocumentLine:
    kind, day = Kind(document.kind), stages.today(now)
    version = chosen(document, versions, None, day)
    assert version is not None  # there is at least one
    published = version.published_at is not None
    stage = stages.stage_on(kind, version, versions, day)
    return DocumentLine(
        id=document.id,
        kind=kind,
        kind_label=stages.KINDS[kind],
        slug=document.slug,
        title=words(version.title, locale),
        applies_to=document.applies_to,
        number=version.number,
        stage=stage,
        label=stages.label(kind, stage, published=published),
        mood=stages.MOODS.get(stage, "wait") if published else "wait",
        published_at=version.published_at,
        in_force_from=version.in_force_from,
        sha256=version.sha256,
        process_id=subject.space_id,
        path=f"/rules/{document.slug}" if kind == Kind.RULE else document_path(document.slug),
    )
