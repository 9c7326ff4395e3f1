"""Who takes part in a workshop: the one way in, and the personal link of people without an account."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import Actor, ensure
from participation.web.errors import NotFound
from workshops.events import MemberAdded
from workshops.models import Kind, Workshop, WorkshopApplication, WorkshopMember
from workshops.policy import may_admit


@dataclass(frozen=True)
class Joined:
    """`key` is told once, to be mailed: `/workshops/{slug}/join/{key}`; empty for people with an account."""

    member: WorkshopMember
    key: str


def add_member(
    session: Session,
    actor: Actor | None,
    workshop_id: int,
    *,
    name: str,
    kind: Kind = Kind.PARTICIPANT,
    account_id: int | None = None,
    application_id: int | None = None,
    now: datetime,
) -> Joined:
    """Take somebody in: by an accepted invitation (actor None) or by hand by an organiser. An account that is in
    already stays as it is.

    Raises:
        Refused: see `may_admit`.
    """
    workshop = session.get(Workshop, workshop_id, with_for_update=True, populate_existing=True)
    if workshop is None:
        raise NotFound
    if actor is not None:
        ensure(may_admit(actor, workshop))
    key = "" if account_id else secrets.token_urlsafe(24)
    values = {"application_id": application_id, "account_id": account_id, "name": name, "kind": kind, "named": False}
    made = _insert(session, {"workshop_id": workshop_id, "added_at": now, **values}, key)
    if made is None:
        there = (WorkshopMember.workshop_id == workshop_id, WorkshopMember.account_id == account_id)
        known = session.scalars(select(WorkshopMember).where(*there)).one()
        known.left_at = None  # whoever gave the place back is welcome again
        return Joined(known, "")
    fact = MemberAdded(workshop_id=workshop_id, member_id=made)
    record(session, fact, actor=actor, subject_id=workshop_id, now=now)
    return Joined(session.get_one(WorkshopMember, made), key)


def _insert(session: Session, values: dict[str, Any], key: str) -> int | None:
    """The id of the new row, at the end of the list; None where the account is in already."""
    mine = WorkshopMember.workshop_id == values["workshop_id"]
    last = session.scalar(select(func.max(WorkshopMember.position)).where(mine)) or 0
    row = {**values, "key_hash": _hash(key) if key else None, "position": last + 1}
    inserting = insert_ignore(WorkshopMember, dialect_name(session)).values(**row).returning(WorkshopMember.id)
    made = session.execute(inserting).first()
    return made.id if made else None


def renew_key(session: Session, actor: Actor, member_id: int) -> str:
    """A new personal link, which ends the older one; for an organiser to hand over."""
    member = session.get(WorkshopMember, member_id, with_for_update=True, populate_existing=True)
    if member is None:
        raise NotFound
    ensure(may_admit(actor, session.get_one(Workshop, member.workshop_id)))
    key = secrets.token_urlsafe(24)
    member.key_hash = _hash(key)
    session.flush()
    return key


def member_by_key(session: Session, workshop_id: int, key: str) -> WorkshopMember | None:
    """Whose personal link this is."""
    return session.scalar(
        select(WorkshopMember).where(
            WorkshopMember.workshop_id == workshop_id, WorkshopMember.key_hash == _hash(key)
        )
    )


def member_of(session: Session, application: WorkshopApplication) -> WorkshopMember | None:
    """Who takes part by this application."""
    mine = (present_in(application.workshop_id), WorkshopMember.application_id == application.id)
    return session.scalar(select(WorkshopMember).where(*mine))


def participants(session: Session, workshop_id: int) -> int:
    """How many places are taken."""
    taken = (present_in(workshop_id), WorkshopMember.kind == Kind.PARTICIPANT)
    return session.scalar(select(func.count()).select_from(WorkshopMember).where(*taken)) or 0


def present_in(workshop_id: int) -> ColumnElement[bool]:
    """The condition of those who take part, and have not given their place back."""
    return and_(WorkshopMember.workshop_id == workshop_id, WorkshopMember.left_at.is_(None))


def _hash(key: str) -> bytes:
    return sha256(key.encode()).digest()
