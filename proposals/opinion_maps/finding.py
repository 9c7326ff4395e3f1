"""Opinion maps in search, with the statements that stand in them."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject
from proposals.opinion_maps.models import OpinionMap, OpinionStatement
from proposals.opinion_maps.queries import SHOWN


def map_document(session: Session, map_id: int) -> SearchDocument | None:
    found, subject = session.get(OpinionMap, map_id), session.get(Subject, map_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    wanted = select(OpinionStatement.text).join(Subject, Subject.id == OpinionStatement.id)
    statements = session.scalars(wanted.where(OpinionStatement.map_id == map_id, *SHOWN)).all()
    texts = [text for each in (found.question, found.intro, *statements) for text in each.values()]
    return SearchDocument(
        subject_id=map_id,
        kind="opinion_map",
        locale="ja",
        title=found.question.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at,
        process_id=found.process_id,
        state=found.state,
    )


def readable_maps(session: Session, actor: Actor, ids: Sequence[int]) -> Iterable[int]:
    """Those that were published; hidden ones are left out before."""
    return session.scalars(select(Subject.id).where(Subject.id.in_(ids), Subject.published_at.is_not(None)))
