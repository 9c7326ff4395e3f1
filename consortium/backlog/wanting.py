"""Wanting an improvement too: a unique row, and a counter that moves in the same transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from consortium.backlog.events import MeTooGiven, MeTooWithdrawn
from consortium.backlog.models import BacklogItem, MeToo
from consortium.backlog.policy import Case, may_say_me_too
from consortium.backlog.queries import case_of
from participation.db import dialect_name, insert_ignore
from participation.events import Fact, record
from participation.policy import Actor, ensure
from participation.web.errors import NotFound


@dataclass(frozen=True)
class Wanted:
    me_toos: int
    mine: bool


def say_me_too(session: Session, actor: Actor, item_id: int, *, now: datetime) -> Wanted:
    """Want it too; saying it twice changes nothing."""
    case = _open(session, actor, item_id)
    statement = insert_ignore(MeToo, dialect_name(session)).returning(MeToo.item_id)
    fresh = session.execute(statement, {"item_id": case.id, "account_id": actor.id, "at": now}).first()
    return _count(session, actor, case, MeTooGiven(item_id=case.id), 1 if fresh else 0, now, True)


def withdraw_me_too(session: Session, actor: Actor, item_id: int, *, now: datetime) -> Wanted:
    """Take it back; without one nothing changes."""
    case = _open(session, actor, item_id)
    own = delete(MeToo).where(MeToo.item_id == case.id, MeToo.account_id == actor.id).returning(MeToo.item_id)
    gone = session.execute(own.execution_options(synchronize_session=False)).first()
    return _count(session, actor, case, MeTooWithdrawn(item_id=case.id), -1 if gone else 0, now, False)


def _open(session: Session, actor: Actor, item_id: int) -> Case:
    """The row is locked: a merge under way is waited for, and a me-too never goes to what was merged."""
    case = case_of(session, item_id, lock=True)
    if case is None:
        raise NotFound
    ensure(may_say_me_too(actor, case))
    return case


def _count(session: Session, actor: Actor, case: Case, fact: Fact, by: int, now: datetime, mine: bool) -> Wanted:
    moved = (
        update(BacklogItem)
        .where(BacklogItem.id == case.id)
        .values(me_toos_count=BacklogItem.me_toos_count + by)
        .returning(BacklogItem.me_toos_count)
        .execution_options(synchronize_session=False)
    )
    count = session.execute(moved).scalar_one()
    if by:
        record(session, fact, actor=actor, subject_id=case.id, now=now)
    return Wanted(count, mine)
