"""The proposals' part of the home page: the way of all voices, the newest, the most supported, the answered."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from participation.spaces.models import Area
from participation.subjects import Subject
from proposals.models import Answer, Proposal, State

SHOWN, SHOWN_ANSWERS = 4, 2
_ANSWERED = frozenset((State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.DONE))
_STANDING = frozenset(State) - {State.DRAFT, State.WITHDRAWN, State.MERGED}
_VISIBLE = (Subject.published_at.is_not(None), Subject.hidden_at.is_(None), Proposal.state.in_(sorted(_STANDING)))


@dataclass(frozen=True)
class Way:
    """How far all voices have come; counts of proposals, and of the supports given to them."""

    heard: int
    supports: int
    answered: int
    in_progress: int
    done: int
    answers: tuple["Answered", ...]


@dataclass(frozen=True)
class Answered:
    id: int
    title: str
    locale: str
    party: str
    supports: int
    reasons: str
    department: str
    at: datetime


@dataclass(frozen=True)
class Row:
    id: int
    title: str
    locale: str
    party: str
    supports: int
    comments: int


@dataclass(frozen=True)
class AreaCount:
    key: str
    name: str
    count: int


@dataclass(frozen=True)
class Voices:
    newest: tuple[Row, ...]
    most_supported: tuple[Row, ...]
    areas: tuple[AreaCount, ...]


def way(session: Session, now: datetime, locale: str) -> Way | None:
    """The figures and the latest answers; None while nothing is public. Two queries."""
    counted = (
        select(Proposal.state, func.count(), func.sum(Proposal.supports_count))
        .join(Subject, Subject.id == Proposal.id)
        .where(*_VISIBLE)
        .group_by(Proposal.state)
    )
    by_state = {state: (count, int(supports)) for state, count, supports in session.execute(counted)}
    if not by_state:
        return None

    def count(*states: State) -> int:
        return sum(by_state.get(state, (0, 0))[0] for state in states)

    return Way(
        heard=count(*by_state),
        supports=sum(supports for _, supports in by_state.values()),
        answered=count(*_ANSWERED),
        in_progress=count(State.IN_PROGRESS),
        done=count(State.DONE),
        answers=_latest_answers(session),
    )


def voices(session: Session, now: datetime, locale: str) -> Voices | None:
    """The newest and the most supported proposals, and how many there are in each living area. Three queries."""
    newest = _rows(session, Proposal.published_at.desc())
    if not newest:
        return None
    per_area = (
        select(Area.key, Area.name, func.count())
        .join(Proposal, Proposal.area_id == Area.id)
        .join(Subject, Subject.id == Proposal.id)
        .where(*_VISIBLE)
        .group_by(Area.id)
        .order_by(Area.position)
    )
    areas = tuple(AreaCount(key, name.to(locale), count) for key, name, count in session.execute(per_area))
    return Voices(newest, _rows(session, Proposal.supports_count.desc()), areas)


def _rows(session: Session, order: ColumnElement[Any]) -> tuple[Row, ...]:
    columns = (Proposal.id, Subject.title, Subject.locale, Proposal.party, Proposal.supports_count)
    chosen: Select[Any] = (
        select(*columns, Subject.comments_count)
        .join(Subject, Subject.id == Proposal.id)
        .where(*_VISIBLE)
        .order_by(order, Proposal.id.desc())
        .limit(SHOWN)
    )
    return tuple(Row(*row) for row in session.execute(chosen))


def _latest_answers(session: Session) -> tuple[Answered, ...]:
    later = aliased(Answer)
    newer = select(later.number).where(later.proposal_id == Answer.proposal_id, later.number > Answer.number)
    chosen = (
        select(Proposal.id, Subject.title, Subject.locale, Proposal.party, Proposal.supports_count)
        .add_columns(Answer.reasons, Answer.department, Answer.at)
        .join(Subject, Subject.id == Proposal.id)
        .join(Answer, Answer.proposal_id == Proposal.id)
        .where(*_VISIBLE, ~newer.exists())
        .order_by(Answer.at.desc(), Proposal.id)
        .limit(SHOWN_ANSWERS)
    )
    return tuple(Answered(*row) for row in session.execute(chosen))
