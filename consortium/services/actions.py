"""Entering, publishing, changing, starting and ending services. Each: ensure, change, record."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consortium.services.events import ServiceChanged, ServiceEntered, ServiceMoved, ServicePublished
from consortium.services.models import (
    Service,
    ServiceArea,
    ServiceData,
    ServiceOwner,
    ServiceState,
    ServiceStep,
    ServiceVersion,
)
from consortium.services.naming import free_slug
from consortium.services.policy import may_change, may_enter, may_own, may_publish, may_start_or_end
from consortium.services.queries import acting_of
from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound


@dataclass(frozen=True)
class DataEntry:
    category: str
    reason: Localized
    purpose_key: str = ""


@dataclass(frozen=True, kw_only=True)
class Description:
    """All that the catalogue says of a service but its state."""

    name: Localized
    summary: Localized
    description: Localized
    for_whom: Localized
    category_id: int | None
    channels: Sequence[str]
    website: str
    api_url: str
    api_docs: str
    owners: Sequence[int]  # organisations; the first one answers for it
    areas: Sequence[int]
    data: Sequence[DataEntry]


OWN = tuple(field.name for field in fields(Description) if field.name not in ("owners", "areas", "data"))


def enter_service(
    session: Session,
    actor: Actor,
    said: Description,
    *,
    state: ServiceState,
    since: date,
    now: datetime,
) -> Service:
    """A new service as a draft, which only those who run it and the secretariat see."""
    acting = acting_of(session, actor, now)
    ensure(may_enter(actor, acting) & may_own(actor, acting, said.owners))
    return _enter(session, actor, said, state, since, now)


def adopt_service(session: Session, actor: Actor, said: Description, *, since: date, now: datetime) -> Service:
    """A service in operation that grew out of a pilot, in the catalogue at once. Whether the pilot may become one was
    asked by its own guards, which let those who lead its working group decide too."""
    row = _enter(session, actor, said, ServiceState.RUNNING, since, now)
    _publish(session, actor, row, now)
    return row


def _enter(
    session: Session, actor: Actor, said: Description, state: ServiceState, since: date, now: datetime
) -> Service:
    subject = create_subject(session, "service", title=said.name.to("ja"), author_id=actor.id, now=now)
    row = Service(id=subject.id, slug=free_slug(session, said.name), state=state, since=since)
    row.created_at = row.updated_at = now
    for name in OWN:
        setattr(row, name, getattr(said, name))
    session.add(row)
    session.flush()
    _relate(session, row.id, said)
    record(session, ServiceEntered(service_id=row.id), actor=actor, subject_id=row.id, now=now)
    return row


def change_service(
    session: Session, actor: Actor, service_id: int, said: Description, reason: str, *, now: datetime
) -> tuple[str, ...]:
    """Bring what the catalogue says to `said`; returns the names of what changed. Published texts keep every version,
    with the reason for the new one."""
    row, acting, owners = _locked(session, actor, service_id, now)
    ensure(may_change(actor, acting, owners) & may_own(actor, acting, said.owners))
    before = content_of(session, row)
    for name in OWN:
        setattr(row, name, getattr(said, name))
    _relate(session, row.id, said)
    after = content_of(session, row)
    changed = tuple(name for name in after if after[name] != before[name])
    if not changed:
        return ()
    row.updated_at = now
    session.execute(update(Subject).where(Subject.id == row.id).values(title=row.name.to("ja")))
    if row.version:
        _version(session, actor, row, reason, now)
        mark_for_indexing(session, row.id, now)
        fact = ServiceChanged(service_id=row.id, version=row.version, fields=",".join(changed))
        record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)
    return changed


def publish_service(session: Session, actor: Actor, service_id: int, *, now: datetime) -> None:
    """Bring it into the catalogue."""
    row, acting, owners = _locked(session, actor, service_id, now)
    ensure(may_publish(actor, acting, owners, row.version > 0))
    _publish(session, actor, row, now)


def _publish(session: Session, actor: Actor, row: Service, now: datetime) -> None:
    session.execute(update(Subject).where(Subject.id == row.id).values(published_at=now))
    session.add(_step(row, actor, "", now))
    _version(session, actor, row, "", now)
    mark_for_indexing(session, row.id, now)
    fact = ServicePublished(service_id=row.id, state=row.state)
    record(session, fact, actor=actor, subject_id=row.id, now=now)


def move_service(
    session: Session, actor: Actor, service_id: int, to: ServiceState, *, day: date, reason: str, now: datetime
) -> None:
    """Start or end it from a day on; ending needs its reason, which everybody reads."""
    row, acting, owners = _locked(session, actor, service_id, now)
    ensure(may_start_or_end(actor, acting, owners, ServiceState(row.state), to))
    ensure(require(row.version > 0, N_("Publish the service first.")))
    ensure(require(bool(reason) or to != ServiceState.ENDED, N_("Please say why.")))
    row.state, row.since = to, day
    step = _step(row, actor, reason, now)
    session.add(step)
    session.flush()
    mark_for_indexing(session, row.id, now)
    fact = ServiceMoved(service_id=row.id, to=to, step=step.id)
    record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)


def content_of(session: Session, row: Service) -> dict[str, Any]:
    """What the catalogue says of it now, as its versions keep it."""
    session.flush()
    owners = select(ServiceOwner.organisation_id).where(ServiceOwner.service_id == row.id)
    areas = select(ServiceArea.area_id).where(ServiceArea.service_id == row.id).order_by(ServiceArea.area_id)
    columns = (ServiceData.category, ServiceData.reason, ServiceData.purpose_key)
    data = select(*columns).where(ServiceData.service_id == row.id).order_by(ServiceData.position)
    plain = {name: getattr(row, name) for name in OWN}
    return {
        **{name: dict(value) if isinstance(value, dict) else value for name, value in plain.items()},
        "channels": list(row.channels),
        "owners": list(session.scalars(owners.order_by(ServiceOwner.position))),
        "areas": list(session.scalars(areas)),
        "data": [
            {"category": use.category, "reason": dict(use.reason), "purpose": use.purpose_key or ""}
            for use in session.execute(data)
        ],
    }


def _locked(session: Session, actor: Actor, service_id: int, now: datetime) -> tuple[Service, Any, tuple[int, ...]]:
    row = session.get(Service, service_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    owners = session.scalars(select(ServiceOwner.organisation_id).where(ServiceOwner.service_id == service_id))
    return row, acting_of(session, actor, now), tuple(owners)


def _relate(session: Session, service_id: int, said: Description) -> None:
    """Owners, areas and data as they are said now, in the order in which they are said."""
    session.flush()
    rows: dict[type[Any], list[dict[str, Any]]] = {
        ServiceOwner: [{"organisation_id": number, "position": n} for n, number in enumerate(said.owners)],
        ServiceArea: [{"area_id": number} for number in said.areas],
        ServiceData: [
            {
                "position": n,
                "category": use.category,
                "reason": use.reason,
                "purpose_key": use.purpose_key or None,
            }
            for n, use in enumerate(said.data)
        ],
    }
    for model, wanted in rows.items():
        gone = delete(model).where(model.service_id == service_id)
        session.execute(gone, execution_options={"synchronize_session": False})
        if wanted:
            session.execute(insert(model), [{"service_id": service_id, **each} for each in wanted])


def _version(session: Session, actor: Actor, row: Service, reason: str, now: datetime) -> None:
    row.version += 1
    content = content_of(session, row)
    version = ServiceVersion(service_id=row.id, number=row.version, content=content, reason=reason, at=now)
    version.editor_id = actor.id
    session.add(version)
    session.flush()


def _step(row: Service, actor: Actor, reason: str, now: datetime) -> ServiceStep:
    return ServiceStep(
        service_id=row.id, to_state=row.state, day=row.since, reason=reason, actor_id=actor.id, at=now
    )
