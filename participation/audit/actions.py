"""Forgetting a person in a log that never forgets."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.audit.events import PrivacyErased
from participation.events import Event, EventPrivate, record
from participation.policy import Actor

AT_ONCE = 500


def erase_private(
    session: Session, event_ids: Sequence[int], *, actor: Actor | None, now: datetime, basis: str = "request"
) -> int:
    """Erase the private parts of these events, salts included, and record that; how many there were.

    The entries themselves and every proof stay valid: a leaf holds a salted commitment only, and without its salt
    nobody can guess what it committed to. `basis` names in a word why: "request", "retention", "court".
    """
    erased = 0
    for start in range(0, len(event_ids), AT_ONCE):
        some = event_ids[start : start + AT_ONCE]
        private = select(Event.uid).join(EventPrivate, EventPrivate.uid == Event.uid).where(Event.id.in_(some))
        uids = session.scalars(private.order_by(Event.id)).all()
        if uids:
            session.execute(delete(EventPrivate).where(EventPrivate.uid.in_(uids)))
            record(session, PrivacyErased(entries=" ".join(uids), basis=basis), actor=actor, now=now)
            erased += len(uids)
    return erased


def erase_private_of(session: Session, account_id: int, *, actor: Actor | None, now: datetime) -> int:
    """Erase the private parts of everything that this person did; how many entries had one."""
    ids = session.scalars(
        select(Event.id).join(EventPrivate, EventPrivate.uid == Event.uid).where(Event.actor_id == account_id)
    ).all()
    return erase_private(session, ids, actor=actor, now=now)
