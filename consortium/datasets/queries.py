"""Reads of datasets: the whole catalogue in six queries, however large; one dataset in ten."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.datasets.labels import ACCESS, ACCESS_MOODS, CYCLES, FORMATS, LICENCE_PAGES, LICENCES, MOODS, STATES
from consortium.datasets.models import (
    Access,
    Cycle,
    Dataset,
    DatasetArea,
    DatasetState,
    DatasetStep,
    DatasetVersion,
    FileFormat,
    Licence,
)
from consortium.services.queries import Line as ServiceLine
from consortium.services.queries import Place, catalogue, service_slug, whole_service
from participation.accounts.models import Account
from participation.db import Localized
from participation.search.port import SearchDocument
from participation.spaces.models import Area
from participation.subjects import Subject


@dataclass(frozen=True, kw_only=True)
class Line:
    """A dataset as lists show it."""

    id: int
    slug: str
    title: Localized
    description: Localized
    access: Access
    format: FileFormat
    cycle: Cycle
    licence: Licence
    download_url: str
    api_url: str
    contact: str
    covers_from: date | None
    covers_to: date | None
    state: DatasetState
    version: int
    areas: tuple[Place, ...]
    service: ServiceLine
    published_at: datetime | None
    updated_at: datetime
    visible: bool

    @property
    def path(self) -> str:
        return f"/datasets/{self.slug}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def access_label(self) -> str:
        return ACCESS[self.access]

    @property
    def access_mood(self) -> str:
        return ACCESS_MOODS[self.access]

    @property
    def format_label(self) -> str:
        return FORMATS[self.format]

    @property
    def cycle_label(self) -> str:
        return CYCLES[self.cycle]

    @property
    def licence_label(self) -> str:
        return LICENCES[self.licence]

    @property
    def licence_page(self) -> str:
        return LICENCE_PAGES.get(self.licence, "")


@dataclass(frozen=True)
class Step:
    state: DatasetState
    reason: str
    at: datetime

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True)
class VersionView:
    number: int
    content: dict[str, Any]
    by: str
    reason: str
    at: datetime


_ROWS = select(Dataset, Subject.published_at, Subject.hidden_at).join(Subject, Subject.id == Dataset.id)


def offered(session: Session) -> tuple[Line, ...]:
    """Every dataset that is offered now by a service that everybody may see, the newest first. Six queries."""
    rows = session.execute(
        _ROWS.where(Dataset.state == DatasetState.PUBLISHED, Subject.hidden_at.is_(None)).order_by(
            Subject.published_at.desc(), Dataset.id.desc()
        )
    ).all()
    services = {line.id: line for line in catalogue(session)} if rows else {}
    return _lines(session, [row for row in rows if row[0].service_id in services], services)


def datasets_of(session: Session, service: ServiceLine, *, drafts: bool) -> tuple[Line, ...]:
    """Those of one service; with `drafts` also what nobody else sees. Two queries."""
    wanted = _ROWS.where(Dataset.service_id == service.id, Subject.hidden_at.is_(None))
    if not drafts:
        wanted = wanted.where(Dataset.state == DatasetState.PUBLISHED)
    return _lines(session, session.execute(wanted.order_by(Dataset.id)).all(), {service.id: service})


def dataset(session: Session, slug: str) -> Line | None:
    """One dataset, whoever may read it. Ten queries."""
    rows = session.execute(_ROWS.where(Dataset.slug == slug)).all()
    if not rows:
        return None
    service = whole_service(session, service_slug(session, rows[0][0].service_id) or "")
    return _lines(session, rows, {service.line.id: service.line})[0] if service else None


def steps_of(session: Session, dataset_id: int) -> tuple[Step, ...]:
    """What became of it, the newest first. One query."""
    rows = session.scalars(
        select(DatasetStep).where(DatasetStep.dataset_id == dataset_id).order_by(DatasetStep.id.desc())
    )
    return tuple(Step(DatasetState(row.to_state), row.reason, row.at) for row in rows)


def versions_of(session: Session, dataset_id: int) -> tuple[VersionView, ...]:
    """Every text that was public, the newest first. One query."""
    rows = session.execute(
        select(DatasetVersion, Account.name)
        .outerjoin(Account, Account.id == DatasetVersion.editor_id)
        .where(DatasetVersion.dataset_id == dataset_id)
        .order_by(DatasetVersion.number.desc())
    )
    return tuple(VersionView(row.number, row.content, name or "", row.reason, row.at) for row, name in rows)


def dataset_slug(session: Session, dataset_id: int) -> str | None:
    return session.scalar(select(Dataset.slug).where(Dataset.id == dataset_id))


def dataset_document(session: Session, dataset_id: int) -> SearchDocument | None:
    """What search knows of a dataset, in all its languages, while it is offered."""
    found, subject = session.get(Dataset, dataset_id), session.get(Subject, dataset_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    if found.state != DatasetState.PUBLISHED:
        return None
    return SearchDocument(
        subject_id=dataset_id,
        kind="dataset",
        locale="ja",
        title=found.title.to("ja"),
        body="\n".join([*found.title.values(), *found.description.values()]),
        published_at=subject.published_at,
        state=found.access,
    )


def _lines(session: Session, rows: Sequence[Any], services: dict[int, ServiceLine]) -> tuple[Line, ...]:
    areas: dict[int, list[Place]] = defaultdict(list)
    wanted = select(DatasetArea.dataset_id, Area.id, Area.key, Area.name).join(Area, Area.id == DatasetArea.area_id)
    if len(rows) < 50:
        wanted = wanted.where(DatasetArea.dataset_id.in_([row[0].id for row in rows]))
    for number, *area in session.execute(wanted.order_by(DatasetArea.dataset_id, Area.position, Area.id)):
        areas[number].append(Place(*area))
    kept = ("id", "slug", "title", "description", "download_url", "api_url", "contact", "covers_from", "covers_to")
    return tuple(
        Line(
            **{name: getattr(row, name) for name in (*kept, "version", "updated_at")},
            access=Access(row.access),
            format=FileFormat(row.format),
            cycle=Cycle(row.cycle),
            licence=Licence(row.licence),
            state=DatasetState(row.state),
            areas=tuple(areas[row.id]),
            service=services[row.service_id],
            published_at=published_at,
            visible=published_at is not None and hidden_at is None,
        )
        for row, published_at, hidden_at in rows
    )
