"""What search knows of a document: the text that counts now, in all its languages."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject
from rules.documents.models import Document, Version
from rules.documents.policy import may_write
from rules.documents.queries import sections_of


def document_found(session: Session, document_id: int) -> SearchDocument | None:
    """The newest published version; None before the first one."""
    row = session.execute(
        select(Document, Subject, Version)
        .join(Subject, Subject.id == Document.id)
        .join(Version, (Version.document_id == Document.id) & (Version.number == Document.newest))
        .where(Document.id == document_id, Subject.hidden_at.is_(None))
    ).first()
    if row is None:
        return None
    document, subject, version = row
    texts = [text for each in sections_of(session, version.id) for field in (each.heading, each.body)
             for text in field.values()]  # fmt: skip
    return SearchDocument(
        subject_id=document_id,
        kind="document",
        locale="ja",
        title=document.title.to("ja"),
        body="\n".join([*(text for key, text in document.title.items() if key != "ja"), *texts]),
        published_at=version.published_at,
        process_id=subject.space_id,
        state=version.stage,
    )


def may_see(session: Session, actor: Actor, document_id: int) -> bool:
    """Everybody, once a version is published."""
    subject = session.get(Subject, document_id)
    return subject is not None and (subject.visible or bool(may_write(actor)))
