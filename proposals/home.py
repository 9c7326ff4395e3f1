"""The proposals' part of the home page and of a process's page: the way of all voices, and some of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from participation.spaces.models import Process
from participation.spaces.queries import places
from participation.subjects import Subject
from participation.web import Context
from proposals.labels import DECIDED
from proposals.listing import SHOWN, Filters, Item, count, find_ids, rows
from proposals.models import Answer, Proposal, State

FEW, FEW_ANSWERS = 4, 2
RECENT = 12  # answers looked through for the newest that are public


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
class Way:
    """How far all voices have come: public proposals, those of them at a later stage, and the supports given."""

    heard: int
    supports: int
    answered: int
    in_progress: int
    done: int
    answers: tuple[Answered, ...]


@dataclass(frozen=True)
class Voices:
    newest: tuple[Item, ...]
    most_supported: tuple[Item, ...]
    areas: tuple[tuple[str, str], ...]  # key, name


@dataclass(frozen=True)
class InProcess:
    slug: str
    total: int
    most_supported: tuple[Item, ...]


def way(session: Session, now: datetime, locale: str) -> Way | None:
    """The figures and the latest answers; None while nothing is public. Four queries, counts from indexes alone."""
    grouped = select(Proposal.state, func.count()).group_by(Proposal.state)
    states = {state: number for state, number in session.execute(grouped)}
    if not any(state in SHOWN for state in states):
        return None
    done, in_progress = states.get(State.DONE, 0), states.get(State.IN_PROGRESS, 0)
    return Way(
        heard=count(session, Filters()),
        supports=session.scalar(select(func.sum(Proposal.supports_count))) or 0,
        answered=sum(states.get(state, 0) for state in DECIDED) + in_progress + done,
        in_progress=in_progress,
        done=done,
        answers=_latest_answers(session),
    )


def voices(session: Session, now: datetime, locale: str) -> Voices | None:
    """The newest and the most supported proposals, and the living areas to look in. Four queries."""
    newest = find_ids(session, Filters(), "newest", now.date(), limit=FEW)
    if not newest:
        return None
    most = find_ids(session, Filters(), "supported", now.date(), limit=FEW)
    where = places(session, locale)
    items = {item.id: item for item in rows(session, sorted({*newest, *most}), where)}
    return Voices(
        newest=tuple(items[id] for id in newest),
        most_supported=tuple(items[id] for id in most),
        areas=tuple((area.key, area.name) for area in where.areas),
    )


def in_process(ctx: Context, subject: Any) -> InProcess | None:
    """What a process's page says of its proposals; None on other pages. Five queries."""
    if not isinstance(subject, Subject) or subject.kind != "process":
        return None
    slug = ctx.session.scalar(select(Process.slug).where(Process.id == subject.id)) or ""
    filters = Filters(process_id=subject.id)
    most = find_ids(ctx.session, filters, "supported", ctx.now.date(), limit=FEW)
    return InProcess(slug, count(ctx.session, filters), rows(ctx.session, most, places(ctx.session, ctx.locale)))


def _latest_answers(session: Session) -> tuple[Answered, ...]:
    recent = select(Answer.proposal_id, Answer.number).order_by(Answer.at.desc()).limit(RECENT).subquery()
    chosen = (
        select(Proposal.id, Subject.title, Subject.locale, Proposal.party, Proposal.supports_count)
        .add_columns(Answer.reasons, Answer.department, Answer.at)
        .join(recent, (recent.c.proposal_id == Answer.proposal_id) & (recent.c.number == Answer.number))
        .join(Proposal, Proposal.id == Answer.proposal_id)
        .join(Subject, Subject.id == Proposal.id)
        .where(Proposal.state.in_(SHOWN), Subject.hidden_at.is_(None))
        .order_by(Answer.at.desc(), Proposal.id)
    )
    newest: dict[int, Answered] = {}
    for row in session.execute(chosen):
        newest.setdefault(row.id, Answered(*row))
    return tuple(newest.values())[:FEW_ANSWERS]
