"""Entering, changing, offering and withdrawing datasets. Each: ensure, change, record."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from consortium.datasets.events import DatasetChanged, DatasetEntered, DatasetMoved
from consortium.datasets.models import Dataset, DatasetArea, DatasetState, DatasetStep, DatasetVersion
from consortium.datasets.naming import free_slug
from consortium.datasets.policy import may_keep, may_offer_or_withdraw
from consortium.services.models import ServiceOwner
from consortium.services.queries import acting_of
from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Description:
    """All that the catalogue says of a dataset but its state."""

    title: Localized
    description: Localized
    access: str
    format: str
    cycle: str
    licence: str
    download_url: str
    api_url: str
    contact: str
    covers_from: date | None
    covers_to: date | None
    areas: Sequence[int]


OWN = tuple(field.name for field in fields(Description) if field.name != "areas")


def enter_dataset(session: Session, actor: Actor, service_id: int, said: Description, *, now: datetime) -> Dataset:
    """A new dataset of a service as a draft, which only those who run the service and the secretariat see."""
    ensure(may_keep(actor, acting_of(session, actor, now), _owners(session, service_id)))
    subject = create_subject(session, "dataset", title=said.title.to("ja"), author_id=actor.id, now=now)
    row = Dataset(id=subject.id, slug=free_slug(session, said.title), service_id=service_id)
    row.state, row.created_at, row.updated_at = DatasetState.DRAFT, now, now
    for name in OWN:
        setattr(row, name, getattr(said, name))
    session.add(row)
    session.flush()
    _cover(session, row.id, said.areas)
    fact = DatasetEntered(dataset_id=row.id, service_id=service_id)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return row


def change_dataset(
    session: Session, actor: Actor, dataset_id: int, said: Description, reason: str, *, now: datetime
) -> tuple[str, ...]:
    """Bring the entry to `said`; returns the names of what changed. Texts that were public keep every version, with
    the reason for the new one."""
    row = _locked(session, dataset_id)
    ensure(may_keep(actor, acting_of(session, actor, now), _owners(session, row.service_id)))
    before = content_of(session, row)
    for name in OWN:
        setattr(row, name, getattr(said, name))
    _cover(session, row.id, said.areas)
    after = content_of(session, row)
    changed = tuple(name for name in after if after[name] != before[name])
    if not changed:
        return ()
    row.updated_at = now
    session.execute(update(Subject).where(Subject.id == row.id).values(title=row.title.to("ja")))
    if row.version:
        _version(session, actor, row, reason, now)
        mark_for_indexing(session, row.id, now)
        fact = DatasetChanged(dataset_id=row.id, version=row.version, fields=",".join(changed))
        record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)
    return changed


def move_dataset(
    session: Session, actor: Actor, dataset_id: int, to: DatasetState, reason: str = "", *, now: datetime
) -> None:
    """Offer it in the catalogue, or withdraw it with the reason, which everybody reads."""
    row = _locked(session, dataset_id)
    service = session.get_one(Subject, row.service_id)
    about = (actor, acting_of(session, actor, now), _owners(session, row.service_id))
    ensure(may_offer_or_withdraw(*about, DatasetState(row.state), to, service.visible))
    ensure(require(bool(reason) or to != DatasetState.WITHDRAWN, N_("Please say why.")))
    first = row.version == 0
    row.state, row.updated_at = to, now
    if first:
        session.execute(update(Subject).where(Subject.id == row.id).values(published_at=now))
        _version(session, actor, row, "", now)
    step = DatasetStep(dataset_id=row.id, to_state=to, reason=reason, actor_id=actor.id, at=now)
    session.add(step)
    session.flush()
    mark_for_indexing(session, row.id, now)
    fact = DatasetMoved(dataset_id=row.id, to=to, step=step.id)
    record(session, fact, actor=actor, subject_id=row.id, private={"reason": reason}, now=now)


def content_of(session: Session, row: Dataset) -> dict[str, Any]:
    """What the catalogue says of it now, as its versions keep it."""
    session.flush()
    areas = select(DatasetArea.area_id).where(DatasetArea.dataset_id == row.id).order_by(DatasetArea.area_id)
    plain = {name: getattr(row, name) for name in OWN}
    return {
        **{name: _plain(value) for name, value in plain.items()},
        "areas": list(session.scalars(areas)),
    }


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, dict) else value


def _locked(session: Session, dataset_id: int) -> Dataset:
    row = session.get(Dataset, dataset_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _owners(session: Session, service_id: int) -> tuple[int, ...]:
    return tuple(session.scalars(select(ServiceOwner.organisation_id).where(ServiceOwner.service_id == service_id)))


def _cover(session: Session, dataset_id: int, areas: Sequence[int]) -> None:
    session.flush()
    gone = delete(DatasetArea).where(DatasetArea.dataset_id == dataset_id)
    session.execute(gone, execution_options={"synchronize_session": False})
    if areas:
        session.execute(insert(DatasetArea), [{"dataset_id": dataset_id, "area_id": number} for number in areas])


def _version(session: Session, actor: Actor, row: Dataset, reason: str, now: datetime) -> None:
    row.version += 1
    content = content_of(session, row)
    version = DatasetVersion(dataset_id=row.id, number=row.version, content=content, reason=reason, at=now)
    version.editor_id = actor.id
    session.add(version)
    session.flush()
