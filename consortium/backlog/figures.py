"""How a service, or the city, deals with voices: counted from the rows, each figure with the list behind it.

docs/backlog.md defines every figure. Days are spans of 24 hours, with one decimal; a median of none is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from consortium.backlog.models import BacklogItem, Helped, HelpAnswer, VoiceAnswer
from consortium.backlog.spoken import answered, spoken
from consortium.services.models import Service
from consortium.voices.models import VoiceLink
from consortium.voices.queries import WORDS, with_words
from participation.db import Localized
from participation.subjects import Subject

DAY = 86_400  # seconds


@dataclass(frozen=True)
class VoiceRecord:
    """A voice to a service, and when it was answered first."""

    service_id: int
    source_id: int
    kind: str
    words: str
    locale: str
    said_at: datetime
    answered_at: datetime | None

    @property
    def days(self) -> float | None:
        return days_between(self.said_at, self.answered_at) if self.answered_at else None


@dataclass(frozen=True)
class ReleaseRecord:
    """A released improvement, and since when it was asked for."""

    service_id: int
    item_id: int
    title: str
    locale: str
    asked_at: datetime
    released_at: datetime
    yes: int = 0
    no: int = 0
    unsure: int = 0

    @property
    def days(self) -> float:
        return days_between(self.asked_at, self.released_at)


@dataclass(frozen=True, kw_only=True)
class BacklogFigures:
    voices: int
    answered: int
    answer_days: float | None  # median
    releases: int
    release_days: float | None  # median
    yes: int
    no: int
    unsure: int

    @property
    def share(self) -> int | None:
        """Per cent of the voices that are answered, rounded down: one hundred means all."""
        return 100 * self.answered // self.voices if self.voices else None


@dataclass(frozen=True)
class ServiceFigures:
    slug: str
    name: Localized
    figures: BacklogFigures


def days_between(start: datetime, end: datetime) -> float:
    """Never below nothing: a proposal may be named behind a service before its feedback begins."""
    return round(max((end - start).total_seconds(), 0) / DAY, 1)


def voice_records(session: Session, service_ids: Sequence[int] | None = None) -> tuple[VoiceRecord, ...]:
    """Every voice to some services, or to all, the newest first. One query."""
    said, done = spoken(service_ids), answered(service_ids)
    joined = and_(done.c.service_id == said.c.service_id, done.c.source_id == said.c.source_id)
    columns = (said.c.service_id, Subject.id, Subject.kind, WORDS, Subject.locale, Subject.published_at, done.c.at)
    wanted = with_words(
        select(*columns).select_from(said).join(Subject, Subject.id == said.c.source_id).outerjoin(done, joined)
    )
    rows = session.execute(wanted.order_by(Subject.published_at.desc(), Subject.id.desc()))
    return tuple(VoiceRecord(*row) for row in rows)


def release_records(session: Session, service_ids: Sequence[int] | None = None) -> tuple[ReleaseRecord, ...]:
    """Every released improvement of some services, or of all, the newest first. Two queries."""
    said = spoken(service_ids)
    first = (
        select(VoiceLink.target_id, func.min(Subject.published_at).label("at"))
        .join(Subject, Subject.id == VoiceLink.source_id)
        .join(said, said.c.source_id == VoiceLink.source_id)
        .group_by(VoiceLink.target_id)
        .subquery()
    )
    asked = func.coalesce(first.c.at, Subject.created_at)
    wanted = (
        select(BacklogItem.service_id, BacklogItem.id, Subject.title, Subject.locale, asked, BacklogItem.released_at)
        .join(Subject, Subject.id == BacklogItem.id)
        .outerjoin(first, first.c.target_id == BacklogItem.id)
        .where(BacklogItem.released_at.is_not(None), BacklogItem.merged_into_id.is_(None))
        .where(Subject.hidden_at.is_(None))
        .order_by(BacklogItem.released_at.desc(), BacklogItem.id.desc())
    )
    if service_ids is not None:
        wanted = wanted.where(BacklogItem.service_id.in_(service_ids))
    said_of = _helped(session)
    return tuple(
        ReleaseRecord(*row, *(said_of.get((row[1], each), 0) for each in Helped)) for row in session.execute(wanted)
    )


def _helped(session: Session) -> dict[tuple[int, str], int]:
    counted = select(HelpAnswer.item_id, HelpAnswer.answer, func.count())
    rows = session.execute(counted.group_by(HelpAnswer.item_id, HelpAnswer.answer))
    return {(item_id, answer): count for item_id, answer, count in rows}


def count(voices: Sequence[VoiceRecord], releases: Sequence[ReleaseRecord]) -> BacklogFigures:
    """The figures over these records."""
    waits = [record.days for record in voices if record.days is not None]
    return BacklogFigures(
        voices=len(voices),
        answered=len(waits),
        answer_days=_median(waits),
        releases=len(releases),
        release_days=_median([record.days for record in releases]),
        yes=sum(record.yes for record in releases),
        no=sum(record.no for record in releases),
        unsure=sum(record.unsure for record in releases),
    )


def by_service(session: Session) -> tuple[tuple[ServiceFigures, ...], BacklogFigures]:
    """(each service of the catalogue with a voice or a release, the whole city). Four queries."""
    shown = (Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    wanted = select(Service.id, Service.slug, Service.name).join(Subject, Subject.id == Service.id).where(*shown)
    services = session.execute(wanted.order_by(Service.id)).all()
    public = {row.id for row in services}
    voices = [record for record in voice_records(session) if record.service_id in public]
    releases = [record for record in release_records(session) if record.service_id in public]
    found = []
    for number, slug, name in services:
        own = count(
            [record for record in voices if record.service_id == number],
            [record for record in releases if record.service_id == number],
        )
        if own.voices or own.releases:
            found.append(ServiceFigures(slug, name, own))
    return tuple(found), count(voices, releases)


def answers_to(session: Session, service_id: int, source_ids: Sequence[int]) -> dict[int, tuple[str, int | None]]:
    """What was said to each voice: (words, number of the improvement that took it up). Two queries."""
    replies = session.execute(
        select(VoiceAnswer.source_id, VoiceAnswer.text)
        .where(VoiceAnswer.service_id == service_id, VoiceAnswer.source_id.in_(source_ids))
        .order_by(VoiceAnswer.id.desc())
    )
    taken = session.execute(
        select(VoiceLink.source_id, BacklogItem.id, Subject.title)
        .join(BacklogItem, BacklogItem.id == VoiceLink.target_id)
        .join(Subject, Subject.id == BacklogItem.id)
        .where(BacklogItem.service_id == service_id, VoiceLink.source_id.in_(source_ids))
        .order_by(VoiceLink.at.desc())
    )
    said: dict[int, tuple[str, int | None]] = {source_id: (text, None) for source_id, text in replies}
    return said | {source_id: (title, item_id) for source_id, item_id, title in taken}


def _median(values: Sequence[float]) -> float | None:
    return round(median(values), 1) if values else None
