"""Purposes as people read them, what a person said to them, and the one question that services ask."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from participation.consents.labels import CATEGORIES, MOODS, SPECIAL, STATES
from participation.consents.models import (
    UNPUBLISHED,
    ConsentEvent,
    ConsentPurpose,
    ConsentService,
    DataCategory,
    EventKind,
    PurposeVersion,
    VersionState,
)
from participation.consents.policy import may_manage
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.policy import Actor
from participation.subjects import Subject
from participation.web.errors import NotFound


@dataclass(frozen=True)
class ServiceView:
    id: int
    key: str
    name: Localized
    controller_id: int
    controller: Localized
    controller_slug: str


@dataclass(frozen=True)
class PurposeView:
    """One version of a purpose, with its service."""

    key: str
    service: ServiceView
    version: PurposeVersion

    @property
    def path(self) -> str:
        return f"/consents/purposes/{self.key}"

    @property
    def state_label(self) -> str:
        return STATES[VersionState(self.version.state)]

    @property
    def mood(self) -> str:
        return MOODS[VersionState(self.version.state)]

    @property
    def unpublished(self) -> bool:
        return self.version.state in UNPUBLISHED

    @property
    def categories(self) -> tuple[tuple[str, bool], ...]:
        """(message id, whether such data need special care), in the order of the list."""
        return tuple((CATEGORIES[kind], kind in SPECIAL) for kind in DataCategory if kind in self.version.categories)


@dataclass(frozen=True)
class Standing:
    """What holds between a person and a purpose: see `standing_of`."""

    on: bool = False
    asks_again: bool = False  # agreed to earlier words, and has not answered to the present ones
    since: datetime | None = None
    receipt: str = ""


@dataclass(frozen=True)
class Check:
    """The answer to a service."""

    granted: bool
    since: datetime | None = None
    receipt: str | None = None


@dataclass(frozen=True)
class SaidView:
    """An event of a person, for their history."""

    event: ConsentEvent
    title: Localized
    number: int
    service: Localized = field(default_factory=Localized)


_VIEW = (
    select(ConsentPurpose.key, ConsentService, PurposeVersion, Organisation.name, Organisation.slug)
    .join(ConsentPurpose, ConsentPurpose.id == PurposeVersion.purpose_id)
    .join(ConsentService, ConsentService.id == ConsentPurpose.service_id)
    .join(Organisation, Organisation.id == ConsentService.controller_id)
    .order_by(ConsentService.id, ConsentPurpose.id, PurposeVersion.number.desc())
)
PUBLISHED = PurposeVersion.state == VersionState.PUBLISHED


def _views(session: Session, query: Select) -> tuple[PurposeView, ...]:
    rows = session.execute(query)
    return tuple(PurposeView(row[0], _service_view(row[1], row[3], row[4]), row[2]) for row in rows)


def _service_view(service: ConsentService, controller: Localized, slug: str) -> ServiceView:
    return ServiceView(service.id, service.key, service.name, service.controller_id, controller, slug)


def published_purposes(session: Session, service_key: str = "") -> tuple[PurposeView, ...]:
    """What people are asked for now (by one service). One query."""
    query = _VIEW.where(PUBLISHED)
    return _views(session, query.where(ConsentService.key == service_key) if service_key else query)


def version_by_id(session: Session, version_id: int) -> PurposeView:
    return _views(session, _VIEW.where(PurposeVersion.id == version_id))[0]


def versions_of(session: Session, key: str, *, drafts: bool = False) -> tuple[PurposeView, ...]:
    """The published and retired versions of a purpose, the newest first; `drafts` for those who write them."""
    query = _VIEW.where(ConsentPurpose.key == key)
    if not drafts:
        query = query.where(PurposeVersion.state.in_((VersionState.PUBLISHED, VersionState.RETIRED)))
    return _views(session, query)


def versions_of_service(session: Session, service_id: int) -> tuple[PurposeView, ...]:
    """Every version of every purpose of a service."""
    return _views(session, _VIEW.where(ConsentService.id == service_id))


def kinds_asked_by(session: Session, keys: Sequence[str]) -> dict[str, frozenset[str]]:
    """The kinds of data that purposes name, by their keys; those that nobody is asked for are left out. One query, none
    without keys: for pilots and services that say which data they use under which purpose."""
    if not keys:
        return {}
    views = _views(session, _VIEW.where(PUBLISHED, ConsentPurpose.key.in_(keys)))
    return {view.key: frozenset(view.version.categories) for view in views}


def services(session: Session, key: str = "") -> tuple[ServiceView, ...]:
    """All services (or the one with this key), with their controllers. One query."""
    query = (
        select(ConsentService, Organisation.name, Organisation.slug)
        .join(Organisation, Organisation.id == ConsentService.controller_id)
        .order_by(ConsentService.id)
    )
    rows = session.execute(query.where(ConsentService.key == key) if key else query)
    return tuple(_service_view(*row) for row in rows)


def controllers_for(session: Session, actor: Actor, locale: str) -> tuple[tuple[int, str], ...]:
    """(id, name) of the public organisations for which this person may enter a service. One query."""
    query = select(Organisation).join(Subject, Subject.id == Organisation.id)
    shown = query.where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None)).order_by(Organisation.id)
    return tuple((row.id, row.name.to(locale)) for row in session.scalars(shown) if may_manage(actor, row.id))


def waiting_versions(session: Session) -> tuple[int, datetime | None]:
    """How many versions were handed in, and since when the oldest waits."""
    waiting = PurposeVersion.state == VersionState.SUBMITTED
    row = session.execute(select(func.count(), func.min(PurposeVersion.updated_at)).where(waiting)).one()
    return row[0], row[1]


def is_purpose(session: Session, key: str) -> bool:
    return session.scalar(select(ConsentPurpose.id).where(ConsentPurpose.key == key)) is not None


def purpose_by_key(session: Session, key: str) -> ConsentPurpose:
    """Raises NotFound."""
    found = session.scalars(select(ConsentPurpose).where(ConsentPurpose.key == key)).first()
    if found is None:
        raise NotFound
    return found


def published_version(session: Session, purpose_id: int) -> PurposeVersion | None:
    wanted = select(PurposeVersion).where(PurposeVersion.purpose_id == purpose_id, PUBLISHED)
    return session.scalars(wanted.execution_options(populate_existing=True)).first()


def last_event(session: Session, account_id: int, purpose_id: int) -> ConsentEvent | None:
    """What this person said last to this purpose."""
    mine = (ConsentEvent.account_id == account_id, ConsentEvent.purpose_id == purpose_id)
    return session.scalars(select(ConsentEvent).where(*mine).order_by(ConsentEvent.number.desc()).limit(1)).first()


def standing_of(last: ConsentEvent | None, version: PurposeVersion | None) -> Standing:
    """A consent holds when the last thing that the person said is yes, and was said to the words that are published
    now; otherwise it does not."""
    if last is None or last.kind != EventKind.GRANTED:
        return Standing()
    if version is None or last.version_id != version.id:
        return Standing(asks_again=version is not None)
    return Standing(True, False, last.at, last.code)


def standings(session: Session, account_id: int, views: Sequence[PurposeView]) -> dict[str, Standing]:
    """By the purpose's key. One query, of what this person ever said."""
    said = session.scalars(
        select(ConsentEvent).where(ConsentEvent.account_id == account_id).order_by(ConsentEvent.purpose_id)
        .order_by(ConsentEvent.number)
    )  # fmt: skip
    last = {event.purpose_id: event for event in said}
    return {view.key: standing_of(last.get(view.version.purpose_id), view.version) for view in views}


_SAID = (
    select(
        ConsentEvent.subject,
        ConsentEvent.kind,
        ConsentEvent.version_id,
        ConsentEvent.at,
        ConsentEvent.code,
        PurposeVersion.id.label("now"),
    )
    .join(ConsentPurpose, ConsentPurpose.id == ConsentEvent.purpose_id)
    .outerjoin(PurposeVersion, (PurposeVersion.purpose_id == ConsentPurpose.id) & PUBLISHED)
    .where(ConsentPurpose.key == bindparam("purpose"), ConsentPurpose.service_id == bindparam("service"))
)  # fmt: skip
_CHECK = _SAID.where(ConsentEvent.subject == bindparam("subject")).order_by(ConsentEvent.number.desc()).limit(1)
_CHECKS = _SAID.where(ConsentEvent.subject.in_(bindparam("subjects", expanding=True))).order_by(ConsentEvent.number)


def check(session: Session, service_id: int, subject: str, purpose: str) -> Check:
    """Whether a service may use the data of this subject for this purpose now. One query; nothing is kept, so what was
    withdrawn a moment ago is off."""
    wanted = {"subject": subject, "purpose": purpose, "service": service_id}
    return _held(session.connection().execute(_CHECK, wanted).first())


def checks(session: Session, service_id: int, subjects: Collection[str], purpose: str) -> dict[str, Check]:
    """`check` of many subjects at once, in one query."""
    wanted = {"subjects": list(subjects), "purpose": purpose, "service": service_id}
    last = {row.subject: row for row in session.connection().execute(_CHECKS, wanted)}
    return {subject: _held(last.get(subject)) for subject in subjects}


def _held(row: Row | None) -> Check:
    if row is None or row.kind != EventKind.GRANTED or row.version_id != row.now:
        return Check(False)
    return Check(True, row.at, row.code)


def history(session: Session, account_id: int, limit: int | None = None) -> tuple[SaidView, ...]:
    """What a person gave and withdrew, the newest first. One query."""
    rows = session.execute(
        select(ConsentEvent, PurposeVersion.title, PurposeVersion.number, ConsentService.name)
        .join(PurposeVersion, PurposeVersion.id == ConsentEvent.version_id)
        .join(ConsentService, ConsentService.id == ConsentEvent.service_id)
        .where(ConsentEvent.account_id == account_id)
        .order_by(ConsentEvent.id.desc())
        .limit(limit)
    )
    return tuple(SaidView(*row) for row in rows)
