"""What an option was made from: a proposal or a pilot that everybody may see, and its address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.component import SubjectKind
from participation.policy import N_
from participation.subjects import Subject

LABELS = {"proposal": N_("The proposal it was made from"), "pilot": N_("The pilot it was made from")}


@dataclass(frozen=True)
class Source:
    label: str
    path: str


def sources_of(session: Session, kinds: Mapping[str, SubjectKind], ids: Iterable[int]) -> dict[int, Source]:
    """By id, of those that are visible proposals or pilots. One query."""
    rows = session.execute(
        select(Subject.id, Subject.kind).where(
            Subject.id.in_(set(ids)),
            Subject.kind.in_(LABELS),
            Subject.published_at.is_not(None),
            Subject.hidden_at.is_(None),
        )
    )
    return {number: Source(LABELS[kind], kinds[kind].path(number)) for number, kind in rows if kind in kinds}
