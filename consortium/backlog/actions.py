"""Opening, changing, moving and merging improvements. Each: ensure, change, record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, func, literal, select, update
from sqlalchemy.orm import Session

from consortium.backlog.events import ItemChanged, ItemMoved, ItemOpened, ItemsMerged
from consortium.backlog.models import BacklogItem, BacklogStep, ItemState, MeToo
from consortium.backlog.policy import Case, may_change, may_merge, may_open, may_step, what_is_missing
from consortium.backlog.queries import case_of
from consortium.services.queries import Line
from consortium.voices.actions import link_voice, move_voices
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.notifications.following import move_followers
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class ItemText:
    """What is said of an improvement, and who looks after it: an organisation, or a person."""

    title: str
    body: str
    organisation_id: int | None = None
    account_id: int | None = None
    target_on: date | None = None


def open_item(
    session: Session, actor: Actor, service: Line, said: ItemText, *, voices: Sequence[int] = (), locale: str,
    now: datetime,
) -> BacklogItem:  # fmt: skip
    """A new improvement on the list of a service, with the voices that it came from."""
    ensure(may_open(actor, service.owner_ids, service.visible))
    _ensure_owner(actor, service.owner_ids, said)
    more = {"author_id": actor.id, "locale": locale, "published": True}
    subject = create_subject(session, "backlog", title=said.title, now=now, **more)
    row = BacklogItem(id=subject.id, service_id=service.id, state=ItemState.NEW, since=now, updated_at=now)
    row.release_note, row.me_toos_count = "", 0
    _write(row, said)
    session.add(row)
    session.flush()
    session.add(BacklogStep(item_id=row.id, to_state=ItemState.NEW, reason="", actor_id=actor.id, at=now))
    mark_for_indexing(session, row.id, now)
    record(session, ItemOpened(item_id=row.id, service_id=service.id), actor=actor, subject_id=row.id, now=now)
    for source_id in dict.fromkeys(voices):
        link_voice(session, actor, row.id, source_id, now=now)
    return row


def change_item(
    session: Session, actor: Actor, item_id: int, said: ItemText, reason: str, *, now: datetime
) -> tuple[str, ...]:
    """Bring the text to `said`; what stood there before stays readable. Returns the names of what changed."""
    case, row = _held(session, item_id)
    ensure(may_change(actor, case))
    _ensure_owner(actor, case.owners, said)
    subject = session.get_one(Subject, item_id)
    before = _stored(row, subject.title)
    _write(row, said)
    after = _stored(row, said.title)
    changed = tuple(name for name in after if after[name] != before[name])
    if not changed:
        return ()
    subject.title, row.updated_at = said.title, now
    kept = {name: before[name] for name in changed}
    session.add(_step(case, case.state, actor, reason, now, before=kept))
    mark_for_indexing(session, item_id, now)
    fact = ItemChanged(item_id=item_id, fields=",".join(changed))
    record(session, fact, actor=actor, subject_id=item_id, private={"reason": reason}, now=now)
    return changed


def move_item(
    session: Session, actor: Actor, item_id: int, to: ItemState, *, reason: str = "", release_note: str = "",
    now: datetime,
) -> None:  # fmt: skip
    """The next state; the people behind its voices are told.

    Raises:
        NotFound, Refused: see `may_step`; a reason or the note of a release is missing.
    """
    case, row = _held(session, item_id)
    ensure(may_step(actor, case, to))
    field, message = what_is_missing(case.state, to, reason, release_note)
    ensure(require(not field, message))
    row.state, row.since, row.updated_at = to, now, now
    if to == ItemState.RELEASED:
        row.release_note, row.released_at = release_note, now
    step = _step(case, to, actor, reason, now)
    session.add(step)
    session.flush()
    mark_for_indexing(session, item_id, now)
    fact = ItemMoved(item_id=item_id, service_id=case.service_id, was=case.state, to=to, step=step.id)
    private = {"reason": reason, "release_note": release_note}
    record(session, fact, actor=actor, subject_id=item_id, private=private, now=now)


def merge_items(
    session: Session, actor: Actor, item_id: int, into_id: int, *, reason: str, now: datetime
) -> int:
    """Merge an improvement into another of its service, with its voices, me-toos and followers; each counts once.
    Returns the number of me-toos.

    Raises:
        NotFound, Refused: see `may_merge`.
    """
    held = {each: _held(session, each) for each in sorted({item_id, into_id})}
    (case, row), (into, other) = held[item_id], held[into_id]
    ensure(may_merge(actor, case, into))
    ensure(require(bool(reason), N_("Please say why.")))
    move_voices(session, item_id, into_id)
    me_toos = _move_me_toos(session, row, other)
    move_followers(session, item_id, into_id)
    row.merged_into_id, row.updated_at, other.updated_at = into_id, now, now
    further = update(BacklogItem).where(BacklogItem.merged_into_id == item_id).values(merged_into_id=into_id)
    session.execute(further, execution_options={"synchronize_session": False})
    session.add(_step(case, case.state, actor, reason, now))
    session.add(_step(into, into.state, actor, reason, now, merged_id=item_id))
    for each in held:
        mark_for_indexing(session, each, now)
    fact = ItemsMerged(item_id=item_id, into_id=into_id, me_toos=me_toos)
    record(session, fact, actor=actor, subject_id=item_id, private={"reason": reason}, now=now)
    return me_toos


def _move_me_toos(session: Session, row: BacklogItem, other: BacklogItem) -> int:
    moved = select(literal(other.id), MeToo.account_id, MeToo.at).where(MeToo.item_id == row.id)
    statement = insert_ignore(MeToo, dialect_name(session))
    session.execute(statement.from_select(["item_id", "account_id", "at"], moved))
    gone = delete(MeToo).where(MeToo.item_id == row.id)
    session.execute(gone, execution_options={"synchronize_session": False})
    count = session.scalar(select(func.count()).where(MeToo.item_id == other.id)) or 0
    row.me_toos_count, other.me_toos_count = 0, count
    return count


def _held(session: Session, item_id: int) -> tuple[Case, BacklogItem]:
    case = case_of(session, item_id, lock=True)
    if case is None:
        raise NotFound
    return case, session.get_one(BacklogItem, item_id)


def _ensure_owner(actor: Actor, owners: Sequence[int], said: ItemText) -> None:
    """An organisation that runs the service, or oneself."""
    ensure(
        require(
            said.organisation_id in (None, *owners), N_("Please choose one of the organisations that run the service.")
        )
    )


def _write(row: BacklogItem, said: ItemText) -> None:
    row.body, row.target_on = said.body, said.target_on
    row.organisation_id, row.account_id = said.organisation_id, said.account_id


def _stored(row: BacklogItem, title: str) -> dict[str, Any]:
    target = row.target_on.isoformat() if row.target_on else ""
    owner = {"organisation": row.organisation_id, "account": row.account_id}
    return {"title": title, "body": row.body, "target_on": target, "owner": owner}


def _step(
    case: Case, to: ItemState, actor: Actor, reason: str, now: datetime, **more: Any
) -> BacklogStep:
    return BacklogStep(
        item_id=case.id, from_state=case.state, to_state=to, reason=reason, actor_id=actor.id, at=now, **more
    )
