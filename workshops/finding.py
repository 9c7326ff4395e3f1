"""What search knows of a workshop."""

from sqlalchemy.orm import Session

from participation.search.port import SearchDocument
from participation.subjects import Subject
from workshops.models import Workshop


def workshop_document(session: Session, workshop_id: int) -> SearchDocument | None:
    """In all its languages; two queries."""
    row, subject = session.get(Workshop, workshop_id), session.get(Subject, workshop_id)
    if row is None or subject is None or not subject.visible:
        return None
    texts = [text for field in (row.title, row.question, row.description, row.venue) for text in field.values()]
    return SearchDocument(
        subject_id=workshop_id,
        kind="workshop",
        locale="ja",
        title=row.title.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at or row.updated_at,
        process_id=row.process_id,
        state=row.state,
    )
