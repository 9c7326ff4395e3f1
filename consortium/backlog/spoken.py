"""What was said to services and what was answered: the base of the inbox and of the public figures.

A voice to a service is: feedback with words; what a citizen says in the discussion of the service; a "no" to the
question whether a release helped. It is answered once it is named behind an improvement of the service, or somebody
replied to it or said why it is set aside: each of these is told to whoever spoke.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, Subquery, and_, func, select, union, union_all
from sqlalchemy.orm import Session

from consortium.backlog.models import BacklogItem, Helped, HelpAnswer, VoiceAnswer
from consortium.feedback.models import Feedback
from consortium.services.models import Service
from consortium.voices.models import VoiceLink
from consortium.voices.queries import COLUMNS, WORDS, VoiceView, with_words
from participation.comments.models import Comment
from participation.db import Localized
from participation.subjects import Subject


@dataclass(frozen=True)
class Waiting:
    """How many voices to a service nobody has answered, and since when the first one waits."""

    service_id: int
    slug: str
    name: Localized
    count: int
    since: datetime


def spoken(service_ids: Sequence[int] | None = None) -> Subquery:
    """(service_id, source_id) of every voice to some services, or to all."""
    feedback = select(Feedback.service_id.label("service_id"), Feedback.subject_id.label("source_id"))
    talk = select(Comment.on_id, Comment.id).join(Service, Service.id == Comment.on_id)
    refused = select(BacklogItem.service_id, HelpAnswer.subject_id)
    refused = refused.join(BacklogItem, BacklogItem.id == HelpAnswer.item_id)
    if service_ids is not None:  # in each part: the whole union would be made before it is looked through
        feedback, talk = feedback.where(Feedback.service_id.in_(service_ids)), talk.where(Service.id.in_(service_ids))
        refused = refused.where(BacklogItem.service_id.in_(service_ids))
    return union(
        feedback.where(Feedback.subject_id.is_not(None), Feedback.withdrawn_at.is_(None)),
        talk.where(Comment.party == "citizen", Comment.withdrawn_at.is_(None)),
        refused.where(HelpAnswer.answer == Helped.NO, HelpAnswer.subject_id.is_not(None)),
    ).subquery("spoken")


def answered(service_ids: Sequence[int] | None = None) -> Subquery:
    """(service_id, source_id, at) of the first answer to each voice to some services, or to all."""
    taken = select(BacklogItem.service_id.label("service_id"), VoiceLink.source_id.label("source_id"), VoiceLink.at)
    taken = taken.join(VoiceLink, VoiceLink.target_id == BacklogItem.id)
    replied = select(VoiceAnswer.service_id, VoiceAnswer.source_id, VoiceAnswer.at)
    if service_ids is not None:
        taken = taken.where(BacklogItem.service_id.in_(service_ids))
        replied = replied.where(VoiceAnswer.service_id.in_(service_ids))
    said = union_all(taken, replied).subquery()
    columns = (said.c.service_id, said.c.source_id)
    return select(*columns, func.min(said.c.at).label("at")).group_by(*columns).subquery("answered")


def _unanswered(service_id: int, q: str, kind: str, *columns: Any) -> Select[Any]:
    """A select over the voices to a service that wait for an answer."""
    said, done = spoken([service_id]), answered([service_id])
    joined = and_(done.c.service_id == said.c.service_id, done.c.source_id == said.c.source_id)
    wanted = with_words(
        select(*columns)
        .select_from(said)
        .join(Subject, Subject.id == said.c.source_id)
        .outerjoin(done, joined)
        .where(done.c.at.is_(None))
    )
    wanted = wanted.where(*(WORDS.icontains(word, autoescape=True) for word in q.split()[:8]))
    return wanted.where(Subject.kind == kind) if kind else wanted


def inbox(
    session: Session, service_id: int, *, q: str = "", kind: str = "", newest: bool = False, offset: int, limit: int
) -> tuple[VoiceView, ...]:
    """Voices to a service that wait, the one that waits longest first. One query."""
    order = (Subject.published_at.desc(), Subject.id.desc()) if newest else (Subject.published_at, Subject.id)
    wanted = _unanswered(service_id, q, kind, *COLUMNS).order_by(*order).offset(offset).limit(limit)
    return tuple(VoiceView(*row) for row in session.execute(wanted))


def count_waiting(session: Session, service_id: int, q: str = "") -> dict[str, int]:
    """How many wait, by kind. One query."""
    wanted = _unanswered(service_id, q, "", Subject.kind, func.count()).group_by(Subject.kind)
    return {kind: count for kind, count in session.execute(wanted)}


def waiting_voice(session: Session, service_id: int, source_id: int) -> VoiceView | None:
    """One voice to a service, answered or not, if everybody may read it. One query."""
    said = spoken([service_id])
    wanted = select(*COLUMNS).select_from(said).join(Subject, Subject.id == said.c.source_id)
    row = session.execute(with_words(wanted).where(said.c.source_id == source_id)).first()
    return VoiceView(*row) if row else None


def waiting_by_service(session: Session, service_ids: Sequence[int] | None = None) -> tuple[Waiting, ...]:
    """The services whose voices wait, the longest wait first; of some services or of all. One query."""
    said, done = spoken(service_ids), answered(service_ids)
    joined = and_(done.c.service_id == said.c.service_id, done.c.source_id == said.c.source_id)
    wanted = (
        select(Service.id, Service.slug, Service.name, func.count(), func.min(Subject.published_at))
        .select_from(said)
        .join(Service, Service.id == said.c.service_id)
        .join(Subject, Subject.id == said.c.source_id)
        .outerjoin(done, joined)
        .where(done.c.at.is_(None))
        .group_by(Service.id)
    )
    found = (Waiting(*row) for row in session.execute(with_words(wanted)))
    return tuple(sorted(found, key=lambda each: each.since))
