"""Reads of services: the whole catalogue in four queries, however large; one service in seven."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from consortium.membership.models import Membership, Stage
from consortium.membership.queries import PARTICIPATION
from consortium.membership.standing import standing
from consortium.services.labels import MOODS, STATES
from consortium.services.models import (
    DataCategory,
    Service,
    ServiceArea,
    ServiceData,
    ServiceOwner,
    ServiceState,
    ServiceStep,
    ServiceVersion,
)
from consortium.services.policy import Acting
from participation.accounts.models import Account
from participation.consents.queries import kinds_asked_by
from participation.db import Localized
from participation.organisations.models import MandateRole, Organisation
from participation.organisations.policy import SCOPE
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.spaces.models import Area, Category
from participation.subjects import Subject
from rules.signing.queries import book_of, person_standing


@dataclass(frozen=True)
class Place:
    """A field or a living area: `key` stands in addresses."""

    id: int
    key: str
    name: Localized


@dataclass(frozen=True)
class Owner:
    id: int
    slug: str
    name: Localized


@dataclass(frozen=True, kw_only=True)
class Line:
    """A service as lists show it."""

    id: int
    slug: str
    name: Localized
    summary: Localized
    state: ServiceState
    since: date
    field: Place | None
    owners: tuple[Owner, ...]
    areas: tuple[Place, ...]
    channels: tuple[str, ...]
    published_at: datetime | None
    visible: bool
    declares_api: bool

    @property
    def path(self) -> str:
        return f"/services/{self.slug}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def owner_ids(self) -> tuple[int, ...]:
        return tuple(owner.id for owner in self.owners)


@dataclass(frozen=True)
class DataUse:
    category: DataCategory
    reason: Localized
    purpose_key: str
    asked: bool  # people are asked now, under that purpose, for data of this kind

    @property
    def personal(self) -> bool:
        return self.category != DataCategory.NOT_PERSONAL

    @property
    def uncovered(self) -> bool:
        """Personal data that no published consent purpose covers."""
        return self.personal and not self.asked


@dataclass(frozen=True)
class Step:
    state: ServiceState
    day: date
    reason: str
    at: datetime

    @property
    def label(self) -> str:
        return STATES[self.state]


@dataclass(frozen=True, kw_only=True)
class Whole:
    """A service with everything that its page says."""

    line: Line
    row: Service
    data: tuple[DataUse, ...]
    steps: tuple[Step, ...]

    @property
    def uncovered(self) -> tuple[DataUse, ...]:
        return tuple(use for use in self.data if use.uncovered)


@dataclass(frozen=True)
class VersionView:
    number: int
    content: dict[str, Any]
    by: str
    reason: str
    at: datetime


def catalogue(session: Session, *, drafts: bool = False) -> tuple[Line, ...]:
    """Every service that everybody may see, the newest first; with `drafts` the others too. Four queries."""
    rows = session.execute(_ROWS.order_by(Subject.published_at.desc(), Service.id.desc())).all()
    lines = _lines(session, rows)
    return lines if drafts else tuple(line for line in lines if line.visible)


def whole_service(session: Session, slug: str) -> Whole | None:
    """One service, whoever may read it. Seven queries."""
    rows = session.execute(_ROWS.where(Service.slug == slug)).all()
    if not rows:
        return None
    line, row = _lines(session, rows)[0], rows[0][0]
    wanted = select(ServiceData).where(ServiceData.service_id == row.id).order_by(ServiceData.position)
    data = session.scalars(wanted).all()
    asked = kinds_asked_by(session, [use.purpose_key for use in data if use.purpose_key])
    steps = session.scalars(select(ServiceStep).where(ServiceStep.service_id == row.id).order_by(ServiceStep.id))
    return Whole(
        line=line,
        row=row,
        data=tuple(_use(use, asked.get(use.purpose_key or "", frozenset())) for use in data),
        steps=tuple(Step(ServiceState(step.to_state), step.day, step.reason, step.at) for step in steps),
    )


def _use(row: ServiceData, asked: frozenset[str]) -> DataUse:
    return DataUse(DataCategory(row.category), row.reason, row.purpose_key or "", row.category in asked)


def pages_of(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """The pages of those services that everybody may see, by the last part of their address (hook of consents)."""
    shown = (Service.slug.in_(keys), Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    slugs = session.scalars(select(Service.slug).join(Subject, Subject.id == Service.id).where(*shown))
    return {slug: f"/services/{slug}" for slug in slugs}


_ROWS = select(Service, Subject.published_at, Subject.hidden_at).join(Subject, Subject.id == Service.id)


def _lines(session: Session, rows: Sequence[Any]) -> tuple[Line, ...]:
    wanted = [row[0].id for row in rows] if len(rows) < 50 else None
    owners, areas = _owners(session, wanted), _areas(session, wanted)
    fields = {row.id: Place(row.id, row.key, row.name) for row in session.scalars(select(Category))}
    return tuple(
        Line(
            id=row.id,
            slug=row.slug,
            name=row.name,
            summary=row.summary,
            state=ServiceState(row.state),
            since=row.since,
            field=fields.get(row.category_id or 0),
            owners=tuple(owners.get(row.id, ())),
            areas=tuple(areas.get(row.id, ())),
            channels=tuple(row.channels),
            published_at=published_at,
            visible=published_at is not None and hidden_at is None,
            declares_api=bool(row.api_url),
        )
        for row, published_at, hidden_at in rows
    )


def _owners(session: Session, wanted: Sequence[int] | None) -> dict[int, list[Owner]]:
    asked = (
        select(ServiceOwner.service_id, Organisation.id, Organisation.slug, Organisation.name)
        .join(Organisation, Organisation.id == ServiceOwner.organisation_id)
        .order_by(ServiceOwner.service_id, ServiceOwner.position)
    )
    found: dict[int, list[Owner]] = defaultdict(list)
    for service_id, *owner in session.execute(asked if wanted is None else asked.where(_of(ServiceOwner, wanted))):
        found[service_id].append(Owner(*owner))
    return found


def _areas(session: Session, wanted: Sequence[int] | None) -> dict[int, list[Place]]:
    asked = (
        select(ServiceArea.service_id, Area.id, Area.key, Area.name)
        .join(Area, Area.id == ServiceArea.area_id)
        .order_by(ServiceArea.service_id, Area.position, Area.id)
    )
    found: dict[int, list[Place]] = defaultdict(list)
    for service_id, *area in session.execute(asked if wanted is None else asked.where(_of(ServiceArea, wanted))):
        found[service_id].append(Place(*area))
    return found


def _of(model: type[ServiceOwner] | type[ServiceArea], wanted: Sequence[int]) -> Any:
    return model.service_id.in_(wanted)


def acting_of(session: Session, actor: Actor, now: datetime) -> tuple[Acting, ...]:
    """The organisations that a person represents, with what stands between them and a service. No query for whoever
    represents none."""
    mine = sorted(scope for role, kind, scope in actor.roles if kind == SCOPE and role == MandateRole.REPRESENTATIVE)
    if not mine or actor.id is None:
        return ()
    stages = session.execute(
        select(Membership.organisation_id, Membership.stage).where(Membership.organisation_id.in_(mine))
    ).all()
    book = book_of(session, PARTICIPATION)
    return tuple(
        Acting(
            number,
            standing(Stage(stage), book.agreement(number, now)),
            person_standing(session, actor.id, number, PARTICIPATION, now).good,
        )
        for number, stage in stages
    )


def versions_of(session: Session, service_id: int) -> tuple[VersionView, ...]:
    """Every published text, the newest first. One query."""
    rows = session.execute(
        select(ServiceVersion, Account.name)
        .outerjoin(Account, Account.id == ServiceVersion.editor_id)
        .where(ServiceVersion.service_id == service_id)
        .order_by(ServiceVersion.number.desc())
    )
    return tuple(VersionView(row.number, row.content, name or "", row.reason, row.at) for row, name in rows)


def first_days(session: Session) -> dict[int, date]:
    """The day on which each public service began or will begin. One query."""
    rows = session.execute(
        select(ServiceStep.service_id, func.min(ServiceStep.day))
        .join(Subject, Subject.id == ServiceStep.service_id)
        .where(ServiceStep.to_state == ServiceState.RUNNING)
        .where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
        .group_by(ServiceStep.service_id)
    )
    return {service_id: day for service_id, day in rows}


def service_slug(session: Session, service_id: int) -> str | None:
    return session.scalar(select(Service.slug).where(Service.id == service_id))


def service_document(session: Session, service_id: int) -> SearchDocument | None:
    """What search knows of a service, in all its languages."""
    found, subject = session.get(Service, service_id), session.get(Subject, service_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    said = (found.name, found.summary, found.description, found.for_whom)
    texts = [text for field in said for text in field.values()]
    return SearchDocument(
        subject_id=service_id,
        kind="service",
        locale="ja",
        title=found.name.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at,
        category_id=found.category_id,
        state=found.state,
    )
