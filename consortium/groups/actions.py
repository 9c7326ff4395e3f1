"""Setting up, describing and ending working groups; who joins and who leaves. Each: ensure, change, record."""

import re
from dataclasses import dataclass, field, fields
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from consortium.groups.events import (
    GroupChanged,
    GroupEntered,
    GroupJoined,
    GroupLeft,
    GroupMoved,
    RoadmapChanged,
)
from consortium.groups.models import (
    GroupKind,
    GroupMember,
    GroupRole,
    GroupState,
    RoadmapStep,
    StepState,
    WorkingGroup,
)
from consortium.groups.policy import (
    GRANTED,
    SCOPE,
    may_appoint,
    may_change_group,
    may_enter_group,
    may_move_group,
)
from participation.accounts.actions import find_account, grant_within, revoke_within
from participation.db import Localized
from participation.events import record
from participation.policy import N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.subjects import Subject, create_subject
from participation.web.errors import Conflict, NotFound

RESERVED = ("new", "by-id")
TWICE = N_("This person or organisation belongs to the group already.")


@dataclass(frozen=True, kw_only=True)
class GroupDescription:
    """What a group says of itself; `charter` is Markdown."""

    kind: GroupKind
    name: Localized
    summary: Localized
    charter: Localized
    category_id: int | None


@dataclass(frozen=True, kw_only=True)
class Joining:
    """Who joins: an account, or the name of somebody without one, with where they come from; or an organisation."""

    role: GroupRole
    organisation_id: int | None = None
    account_id: int | None = None
    name: str = ""
    post: Localized = field(default_factory=Localized)
    joined_on: date


def enter_group(
    session: Session, actor: Actor, said: GroupDescription, *, since: date, now: datetime, slug: str = ""
) -> WorkingGroup:
    """A new group, public at once. Its address is made of the English name unless `slug` is given."""
    ensure(may_enter_group(actor))
    subject = create_subject(
        session, SCOPE, title=said.name.to("ja"), author_id=actor.id, now=now, published=True
    )
    row = WorkingGroup(id=subject.id, slug=_free_slug(session, slug or said.name.get("en", "")), since=since)
    row.created_at = row.updated_at = now
    for each in fields(said):
        setattr(row, each.name, getattr(said, each.name))
    session.add(row)
    session.flush()
    mark_for_indexing(session, row.id, now)
    fact = GroupEntered(group_id=row.id, kind=row.kind)
    record(session, fact, actor=actor, subject_id=row.id, now=now)
    return row


def change_group(session: Session, actor: Actor, group_id: int, said: GroupDescription, *, now: datetime) -> list[str]:
    """Bring what it says of itself to `said`; returns the names of what changed."""
    row = found_group(session, group_id)
    ensure(may_change_group(actor, group_id, row.state))
    changed = [each.name for each in fields(said) if getattr(row, each.name) != getattr(said, each.name)]
    if not changed:
        return []
    for name in changed:
        setattr(row, name, getattr(said, name))
    row.updated_at = now
    session.execute(update(Subject).where(Subject.id == group_id).values(title=row.name.to("ja")))
    session.flush()
    mark_for_indexing(session, group_id, now)
    fact = GroupChanged(group_id=group_id, fields=",".join(changed))
    record(session, fact, actor=actor, subject_id=group_id, now=now)
    return changed


def move_group(
    session: Session, actor: Actor, group_id: int, to: GroupState, *, day: date, reason: str, now: datetime
) -> None:
    """End it or call it together again from a day on, with the reason, which everybody reads. Its people stay on
    record; what they may do in it rests while it is over."""
    row = found_group(session, group_id)
    ensure(may_move_group(actor, GroupState(row.state), to))
    ensure(require(bool(reason), N_("Please say why.")))
    row.state, row.since, row.reason, row.updated_at = to, day, reason, now
    session.flush()
    mark_for_indexing(session, group_id, now)
    fact = GroupMoved(group_id=group_id, to=to)
    record(session, fact, actor=actor, subject_id=group_id, private={"reason": reason}, now=now)


def join_group(session: Session, actor: Actor, group_id: int, who: Joining, *, now: datetime) -> GroupMember:
    """Enter somebody in a role from a day on; people with an account can act in it at once.

    Raises:
        Conflict: they belong to the group already.
    """
    group = found_group(session, group_id)
    ensure(may_appoint(actor, group_id, group.state, who.role))
    if _is_there(session, group_id, who):
        raise Conflict(TWICE)
    row = GroupMember(group_id=group_id, added_by_id=actor.id)
    for each in fields(who):
        setattr(row, each.name, getattr(who, each.name))
    session.add(row)
    session.flush()
    if row.account_id:
        grant_within(session, row.account_id, GRANTED[who.role], SCOPE, group_id, actor=actor, now=now)
    fact = GroupJoined(group_id=group_id, member=row.id, role=row.role, account_ref=_ref(session, row))
    record(session, fact, actor=actor, subject_id=group_id, private={"name": row.name}, now=now)
    return row


def leave_group(session: Session, actor: Actor, group_id: int, member_id: int, day: date, *, now: datetime) -> None:
    """End a membership on a day; that it was one stays on record."""
    row = session.get(GroupMember, member_id, with_for_update=True, populate_existing=True)
    if row is None or row.group_id != group_id or row.left_on is not None:
        raise NotFound
    ensure(may_appoint(actor, group_id, found_group(session, group_id).state, row.role))
    ensure(require(day >= row.joined_on, N_("This day is before the day of joining.")))
    _end(session, row, actor, day, now)


def write_step(
    session: Session,
    actor: Actor,
    group_id: int,
    step_id: int | None,
    title: Localized,
    starts_on: date,
    ends_on: date | None,
    state: StepState,
    *,
    now: datetime,
) -> RoadmapStep:
    """A new step of the roadmap, or (with `step_id`) a change of one; without an end it is a milestone."""
    ensure(may_change_group(actor, group_id, found_group(session, group_id).state))
    row = found_step(session, group_id, step_id) if step_id else RoadmapStep(group_id=group_id)
    row.title, row.starts_on, row.ends_on, row.state = title, starts_on, ends_on, state
    session.add(row)
    session.flush()
    fact = RoadmapChanged(group_id=group_id, step=row.id, what="changed" if step_id else "added")
    record(session, fact, actor=actor, subject_id=group_id, now=now)
    return row


def remove_step(session: Session, actor: Actor, group_id: int, step_id: int, *, now: datetime) -> None:
    """Take a step out of the roadmap; what was given up is better marked so."""
    ensure(may_change_group(actor, group_id, found_group(session, group_id).state))
    session.delete(found_step(session, group_id, step_id))
    fact = RoadmapChanged(group_id=group_id, step=step_id, what="removed")
    record(session, fact, actor=actor, subject_id=group_id, now=now)


def found_step(session: Session, group_id: int, step_id: int) -> RoadmapStep:
    """The step of this group. Raises NotFound."""
    row = session.get(RoadmapStep, step_id)
    if row is None or row.group_id != group_id:
        raise NotFound
    return row


def end_memberships_of(session: Session, account_id: int, now: datetime) -> None:
    """Whoever leaves the platform belongs to no group any more."""
    rows = session.scalars(
        select(GroupMember).where(GroupMember.account_id == account_id, GroupMember.left_on.is_(None))
    )
    for row in rows:
        _end(session, row, None, max(row.joined_on, now.date()), now)


def found_group(session: Session, group_id: int) -> WorkingGroup:
    """The row, locked. Raises NotFound."""
    row = session.get(WorkingGroup, group_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound
    return row


def _end(session: Session, row: GroupMember, actor: Actor | None, day: date, now: datetime) -> None:
    row.left_on, row.ended_by_id = day, actor.id if actor else None
    role = GRANTED[GroupRole(row.role)]
    if row.account_id:
        revoke_within(session, row.account_id, role, SCOPE, row.group_id, actor=actor, now=now)
    fact = GroupLeft(group_id=row.group_id, member=row.id, role=row.role, account_ref=_ref(session, row))
    record(session, fact, actor=actor, subject_id=row.group_id, now=now)


def _ref(session: Session, row: GroupMember) -> str:
    return (find_account(session, row.account_id).ref or "") if row.account_id else ""


def _is_there(session: Session, group_id: int, who: Joining) -> bool:
    """A person once, whatever the role; of organisations themselves each once."""
    same = select(GroupMember.id).where(GroupMember.group_id == group_id, GroupMember.left_on.is_(None))
    if who.account_id:
        same = same.where(GroupMember.account_id == who.account_id)
    else:
        about = (GroupMember.name == who.name, GroupMember.organisation_id.is_not_distinct_from(who.organisation_id))
        same = same.where(GroupMember.account_id.is_(None), *about)
    return session.execute(same).first() is not None


def _free_slug(session: Session, name: str) -> str:
    """Made of the English name; with a number behind it where it is taken."""
    words = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:50].strip("-")
    start = words if words and words not in RESERVED else "group"
    taken = set(session.scalars(select(WorkingGroup.slug).where(WorkingGroup.slug.like(f"{start}%"))))
    slug, number = start, 1
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug
