"""What search knows of a ballot."""

from sqlalchemy.orm import Session

from participation.search.port import SearchDocument
from participation.subjects import Subject
from proposals.ballots.models import Ballot


def ballot_document(session: Session, ballot_id: int) -> SearchDocument | None:
    """In all its languages; two queries."""
    ballot, subject = session.get(Ballot, ballot_id), session.get(Subject, ballot_id)
    if ballot is None or subject is None or not subject.visible:
        return None
    texts = [text for field in (ballot.title, ballot.description, ballot.pledge) for text in field.values()]
    return SearchDocument(
        subject_id=ballot_id,
        kind="ballot",
        locale="ja",
        title=ballot.title.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at or ballot.updated_at,
        process_id=ballot.process_id,
        state=ballot.state,
    )
