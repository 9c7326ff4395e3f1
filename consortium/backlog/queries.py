"""Reads of improvements: a service's board, one item, and what search knows; each a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, or_, select, union_all
from sqlalchemy.orm import Session

from consortium.backlog.labels import MOODS, STATES
from consortium.backlog.models import BacklogItem, BacklogStep, ItemState, MeToo
from consortium.backlog.policy import Case
from consortium.services.models import Service, ServiceOwner
from consortium.voices.queries import voice_counts
from participation.accounts.models import Account
from participation.db import Localized
from participation.organisations.models import Organisation
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject

SHOWN_PER_STATE = 8  # cards in a column of the board; the rest is a page away


@dataclass(frozen=True, kw_only=True)
class Item:
    """An improvement as lists show it."""

    id: int
    service_id: int
    title: str
    body: str
    locale: str
    state: ItemState
    since: datetime
    organisation: Localized | None
    person: str
    account_id: int | None
    target_on: date | None
    release_note: str
    released_at: datetime | None
    asked_at: datetime | None
    me_toos: int
    merged_into_id: int | None
    comments: int
    opened_at: datetime
    visible: bool
    hidden_reason: str
    voices: int = 0

    @property
    def path(self) -> str:
        return f"/backlog/{self.id}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]


@dataclass(frozen=True)
class Step:
    was: ItemState | None
    to: ItemState
    reason: str
    before: dict[str, Any]
    merged_id: int | None
    by: str
    at: datetime

    @property
    def label(self) -> str:
        return STATES[self.to]


@dataclass(frozen=True)
class Asked:
    """What the address of the board asks for."""

    q: str = ""
    state: str = ""
    sort: str = "wanted"


_ROWS = (
    select(BacklogItem, Subject, Organisation.name, Account.name)
    .join(Subject, Subject.id == BacklogItem.id)
    .outerjoin(Organisation, Organisation.id == BacklogItem.organisation_id)
    .outerjoin(Account, Account.id == BacklogItem.account_id)
)
_ORDERS = {
    "wanted": (BacklogItem.me_toos_count.desc(), BacklogItem.id.desc()),
    "newest": (BacklogItem.id.desc(),),
    "moved": (BacklogItem.since.desc(), BacklogItem.id.desc()),
    "due": (func.coalesce(BacklogItem.target_on, date(9999, 12, 31)), BacklogItem.id.desc()),
}


def case_of(session: Session, item_id: int, *, lock: bool = False) -> Case | None:
    """What the rules look at; `lock` for a change. Two queries."""
    wanted = select(BacklogItem, Subject).join(Subject, Subject.id == BacklogItem.id).where(BacklogItem.id == item_id)
    if lock:
        wanted = wanted.with_for_update(of=BacklogItem)
    row = session.execute(wanted.execution_options(populate_existing=True)).first()
    if row is None:
        return None
    item, subject = row
    return Case(
        id=item.id,
        service_id=item.service_id,
        state=ItemState(item.state),
        owners=owners_of(session, item.service_id),
        merged_into_id=item.merged_into_id,
        visible=subject.visible,
    )


def owners_of(session: Session, service_id: int) -> tuple[int, ...]:
    """The organisations that run a service. One query."""
    return tuple(session.scalars(select(ServiceOwner.organisation_id).where(ServiceOwner.service_id == service_id)))


def item_of(session: Session, item_id: int) -> Item | None:
    """One improvement, with the number of its voices. Two queries."""
    found = _items(session, _ROWS.where(BacklogItem.id == item_id))
    return found[0] if found else None


def steps_of(session: Session, item_id: int) -> tuple[Step, ...]:
    """What happened to it, in order. One query."""
    rows = session.execute(
        select(BacklogStep, Account.name)
        .outerjoin(Account, Account.id == BacklogStep.actor_id)
        .where(BacklogStep.item_id == item_id)
        .order_by(BacklogStep.id)
    )
    return tuple(
        Step(
            ItemState(row.from_state) if row.from_state else None,
            ItemState(row.to_state),
            row.reason,
            row.before or {},
            row.merged_id,
            name or "",
            row.at,
        )
        for row, name in rows
    )


def says_me_too(session: Session, actor: Actor, item_id: int) -> bool:
    return actor.id is not None and session.get(MeToo, (item_id, actor.id)) is not None


def counts_by_state(session: Session, service_id: int, q: str = "") -> dict[ItemState, int]:
    """How many improvements are in each state. One query."""
    wanted = _of_service(select(BacklogItem.state, func.count()), service_id, q)
    rows = session.execute(wanted.group_by(BacklogItem.state))
    found = {ItemState(state): count for state, count in rows}
    return {state: found.get(state, 0) for state in ItemState}


def columns(session: Session, service_id: int, asked: Asked) -> dict[ItemState, tuple[Item, ...]]:
    """The first few improvements in each state. Two queries, however long the list is: each column is read from its
    index and no further than it is shown."""
    order = _ORDERS[asked.sort]
    every = _of_service(select(BacklogItem.id), service_id, asked.q).order_by(*order).limit(SHOWN_PER_STATE)
    firsts = (every.where(BacklogItem.state == state).subquery() for state in ItemState)
    shown = union_all(*(select(first.c.id) for first in firsts)).subquery()
    found = _items(session, _ROWS.where(BacklogItem.id.in_(select(shown.c.id))).order_by(*order))
    return {state: tuple(item for item in found if item.state == state) for state in ItemState}


def listed(session: Session, service_id: int, asked: Asked, offset: int, limit: int | None) -> tuple[Item, ...]:
    """A page of the list. Two queries."""
    wanted = _ROWS.where(*_listed(service_id, asked.q)).order_by(*_ORDERS[asked.sort])
    if asked.state:
        wanted = wanted.where(BacklogItem.state == asked.state)
    return _items(session, wanted.offset(offset).limit(limit))


def duplicates_of(session: Session, item_id: int) -> tuple[Item, ...]:
    """What was merged into it. Two queries."""
    return _items(session, _ROWS.where(BacklogItem.merged_into_id == item_id).order_by(BacklogItem.id))


def lately_released(session: Session, service_id: int, limit: int = 3) -> tuple[Item, ...]:
    """The newest releases. Two queries."""
    wanted = _ROWS.where(*_listed(service_id, ""), BacklogItem.released_at.is_not(None))
    return _items(session, wanted.order_by(BacklogItem.released_at.desc(), BacklogItem.id.desc()).limit(limit))


def items_by_id(session: Session, service_id: int, ids: Sequence[int]) -> tuple[Item, ...]:
    """Those of the improvements that belong to the service and can still be joined, in the order given. Two queries."""
    found = {item.id: item for item in _items(session, _ROWS.where(*_listed(service_id, ""), BacklogItem.id.in_(ids)))}
    return tuple(found[each] for each in ids if each in found)


def newest_titles(session: Session, service_id: int, limit: int = 1_000) -> dict[int, str]:
    """What the improvements of a service are called, the newest of them. One query."""
    wanted = select(Subject.id, Subject.title).join(BacklogItem, BacklogItem.id == Subject.id)
    rows = session.execute(wanted.where(*_listed(service_id, "")).order_by(BacklogItem.id.desc()).limit(limit))
    return {row.id: row.title for row in rows}


def _of_service(wanted: Select[Any], service_id: int, q: str) -> Select[Any]:
    """What stands on the board, found without opening the subject of each row: few are hidden."""
    if q:
        return wanted.join(Subject, Subject.id == BacklogItem.id).where(*_listed(service_id, q))
    hidden = select(Subject.id).where(Subject.hidden_at.is_not(None))
    shown = (BacklogItem.merged_into_id.is_(None), BacklogItem.id.not_in(hidden))
    return wanted.where(BacklogItem.service_id == service_id, *shown)


def _listed(service_id: int, q: str) -> list[Any]:
    """What stands on the board: not merged, not hidden, with all the words."""
    words = [
        or_(Subject.title.icontains(word, autoescape=True), BacklogItem.body.icontains(word, autoescape=True))
        for word in q.split()[:8]
    ]
    shown = (BacklogItem.merged_into_id.is_(None), Subject.hidden_at.is_(None))
    return [BacklogItem.service_id == service_id, *shown, *words]


def _items(session: Session, wanted: Select[Any]) -> tuple[Item, ...]:
    found = [_item(*row) for row in session.execute(wanted)]
    counts = voice_counts(session, [item.id for item in found])
    return tuple(replace(item, voices=counts.get(item.id, 0)) for item in found)


def _item(row: BacklogItem, subject: Subject, organisation: Localized | None, person: str | None) -> Item:
    return Item(
        id=row.id,
        service_id=row.service_id,
        title=subject.title,
        body=row.body,
        locale=subject.locale,
        state=ItemState(row.state),
        since=row.since,
        organisation=organisation,
        person=person or "",
        account_id=row.account_id,
        target_on=row.target_on,
        release_note=row.release_note,
        released_at=row.released_at,
        asked_at=row.asked_at,
        me_toos=row.me_toos_count,
        merged_into_id=row.merged_into_id,
        comments=subject.comments_count,
        opened_at=subject.created_at,
        visible=subject.visible,
        hidden_reason=subject.hidden_reason,
    )


def backlog_document(session: Session, item_id: int) -> SearchDocument | None:
    """What search knows of an improvement; None once it is merged or hidden, or its service is."""
    item, own = session.get(BacklogItem, item_id), session.get(Subject, item_id)
    about = session.get(Subject, item.service_id) if item else None
    if item is None or own is None or about is None or item.merged_into_id or not (own.visible and about.visible):
        return None
    return SearchDocument(
        subject_id=item_id,
        kind="backlog",
        locale=own.locale,
        title=own.title,
        body="\n".join(text for text in (item.body, item.release_note) if text),
        published_at=own.created_at,
        state=item.state,
    )


def readable_items(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[int]:
    """Those of some visible improvements that can be opened: their service is public. One query."""
    wanted = (
        select(BacklogItem.id)
        .join(Subject, Subject.id == BacklogItem.service_id)
        .where(BacklogItem.id.in_(ids), Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    )
    return session.scalars(wanted).all()


def service_of(session: Session, service_id: int) -> tuple[str, Localized]:
    """(last part of the address, name) of a service."""
    slug, name = session.execute(select(Service.slug, Service.name).where(Service.id == service_id)).one()
    return slug, name
