"""Reads for the boxes on a version's page and for a person's own page."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.policy import Actor
from rules.documents.models import Document, Version
from rules.opinions.cases import Case
from rules.opinions.models import Opinion, OpinionDraft, OpinionPerson, PublicComment, ResponsesFile


@dataclass(frozen=True)
class Own:
    """An opinion in its writer's list."""

    receipt: str
    title: str
    body: str
    kind: str
    sent_at: datetime
    withdrawn_at: datetime | None
    closes_at: datetime


@dataclass(frozen=True)
class Person:
    name: str
    address: str
    organisation: str


def counts_by_section(session: Session, public_comment_id: int) -> dict[str, int]:
    """How many opinions each section has; those on the whole under ""."""
    rows = session.execute(
        select(Opinion.section_key, func.count())
        .where(Opinion.public_comment_id == public_comment_id, Opinion.withdrawn_at.is_(None))
        .group_by(Opinion.section_key)
    )
    return {key or "": count for key, count in rows}


def drafts_of(session: Session, actor: Actor, public_comment_id: int) -> dict[str, OpinionDraft]:
    """What the actor has typed and not sent, by section."""
    if not actor.signed_in:
        return {}
    mine = (OpinionDraft.account_id == actor.id, OpinionDraft.public_comment_id == public_comment_id)
    return {draft.section_key: draft for draft in session.scalars(select(OpinionDraft).where(*mine))}


def own_opinions(session: Session, actor: Actor, locale: str, limit: int = 200) -> tuple[Own, ...]:
    """What the actor has sent, the latest first. One query."""
    rows: Any = session.execute(
        select(Opinion, PublicComment.closes_at, Version.title)
        .join(PublicComment, PublicComment.id == Opinion.public_comment_id)
        .join(Version, Version.id == PublicComment.version_id)
        .join(Document, Document.id == Version.document_id)
        .where(Opinion.account_id == actor.id)
        .order_by(Opinion.id.desc())
        .limit(limit)
    )
    return tuple(
        Own(each.receipt, title.to(locale), each.body, each.kind, each.sent_at, each.withdrawn_at, closes_at)
        for each, closes_at, title in rows
    )


def person_of(session: Session, opinion_id: int) -> Person | None:
    """Name and address of a formal opinion: for the desk and for the person alone."""
    row = session.get(OpinionPerson, opinion_id)
    return Person(row.name, row.address, row.organisation) if row else None


def files_of(session: Session, case: Case) -> tuple[tuple[str, str, int], ...]:
    """(locale, address, bytes) of the printed table."""
    rows = session.execute(
        select(ResponsesFile.locale, ResponsesFile.size)
        .where(ResponsesFile.public_comment_id == case.id)
        .order_by(ResponsesFile.locale.desc())
    )
    return tuple((row.locale, f"{case.path}/responses/pdf/{row.locale}", row.size) for row in rows)
