"""From an event to notices, a thousand people a transaction: telling 100,000 supporters holds up no citizen's write."""

from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.db import dialect_name, insert_ignore
from participation.events import StoredEvent, stored_event
from participation.notifications.models import Notice, NoticeWave
from participation.notifications.port import NoticeRule, Wave, rules_of
from participation.services import Services

BATCH = 1_000  # people per transaction


def tell_people(services: Services, now: datetime) -> None:
    """The worker's job: write notices until none is missing."""
    rules = rules_of(services.registry)
    with services.db.read() as session:
        if session.execute(select(NoticeWave.id).limit(1)).first() is None:
            return  # nearly always: no lock is asked for
    while services.db.write(lambda session: _tell_some(session, rules), wake=False):
        pass


def _tell_some(session: Session, rules: dict[str, NoticeRule]) -> bool:
    wanted = select(NoticeWave).order_by(NoticeWave.id).limit(1)
    if dialect_name(session) == "postgresql":
        wanted = wanted.with_for_update(skip_locked=True)
    progress = session.scalars(wanted).first()
    if progress is None:
        return False
    event = stored_event(session, progress.event_id)
    waves = list(rules[event.type].waves(session, event)) if event.type in rules else []
    number, after_id, left = progress.number, progress.after_id, BATCH
    while left and number < len(waves):
        told = _tell(session, event, waves[number], after_id, left)
        number, after_id = (number + 1, 0) if len(told) < left else (number, told[-1])
        left -= len(told)
    if number == len(waves):
        session.delete(progress)
    else:
        progress.number, progress.after_id = number, after_id
    return True


def _tell(session: Session, event: StoredEvent, wave: Wave, after_id: int, most: int) -> list[int]:
    """Notices for the next `most` people of a wave; returns the accounts that were looked at."""
    people = wave.recipients.subquery()
    usable = (Account.erased_at.is_(None), Account.blocked_at.is_(None))
    ids = session.scalars(
        select(Account.id)
        .where(Account.id.in_(select(people.c[0])), Account.id > after_id, Account.id != (event.actor_id or 0), *usable)
        .order_by(Account.id)
        .limit(most)
    ).all()
    if not ids:
        return []
    common = {
        "event_id": event.id,
        "type": event.type,
        "actor_id": event.actor_id,
        "about_id": wave.about_id,
        "target_id": wave.target_id,
        "params": wave.params,
        "direct": wave.direct,
        "at": event.at,
        "mailed_at": event.at if wave.mailed else None,
    }
    # One statement of fixed shape, compiled once; a row of values per person costs ten times as much.
    columns = Notice.__table__.c
    values = [bindparam(f"new_{name}", value, columns[name].type) for name, value in common.items()]
    rows = select(Account.id, *values).where(Account.id.in_(ids))
    statement = insert_ignore(Notice, dialect_name(session)).from_select(["account_id", *common], rows)
    fresh = session.execute(statement.returning(Notice.account_id)).scalars()
    session.execute(
        update(Account).where(Account.id.in_(list(fresh))).values(unread=Account.unread + 1),
        execution_options={"synchronize_session": False},
    )
    return list(ids)
