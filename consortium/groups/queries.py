"""Reads of working groups: all of them in three queries, however many; one with its people in three."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.groups.labels import KINDS, MOODS, ROLES, STATES
from consortium.groups.models import GroupKind, GroupMember, GroupRole, GroupState, WorkingGroup
from participation.accounts.models import Account
from participation.db import Localized
from participation.organisations.models import Mandate, Organisation
from participation.search.port import SearchDocument
from participation.spaces.models import Category
from participation.subjects import Subject


@dataclass(frozen=True)
class GroupChoice:
    """A group that something can be entered for."""

    id: int
    slug: str
    name: Localized

    @property
    def path(self) -> str:
        return f"/working-groups/{self.slug}"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody of a group; `organisation` alone stands for the organisation itself."""

    id: int
    role: GroupRole
    name: str  # empty for an organisation, and for whoever erased their account
    account_id: int | None
    organisation: Localized | None
    organisation_slug: str
    post: Localized
    joined_on: date
    left_on: date | None

    @property
    def is_person(self) -> bool:
        return bool(self.name) or self.account_id is not None

    @property
    def label(self) -> str:
        return ROLES[self.role]


@dataclass(frozen=True, kw_only=True)
class Line:
    """A group as lists show it."""

    id: int
    slug: str
    kind: GroupKind
    name: Localized
    summary: Localized
    state: GroupState
    since: date
    field_key: str
    field: Localized
    people: tuple[Person, ...]  # those of today, and those who left
    visible: bool

    @property
    def path(self) -> str:
        return f"/working-groups/{self.slug}"

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS[self.state]

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]

    def now(self, role: GroupRole) -> tuple[Person, ...]:
        """Who holds a role today."""
        return tuple(each for each in self.people if each.role == role and each.left_on is None)

    @property
    def chairs(self) -> tuple[Person, ...]:
        return self.now(GroupRole.CHAIR)

    @property
    def members(self) -> tuple[Person, ...]:
        return self.now(GroupRole.MEMBER)

    @property
    def advisers(self) -> tuple[Person, ...]:
        return self.now(GroupRole.ADVISER)

    @property
    def former(self) -> tuple[Person, ...]:
        return tuple(each for each in self.people if each.left_on is not None)

    @property
    def size(self) -> int:
        return len(self.people) - len(self.former)


@dataclass(frozen=True)
class Whole:
    """A group with everything that its page says."""

    line: Line
    row: WorkingGroup


_ROWS = (
    select(WorkingGroup, Subject.published_at, Subject.hidden_at, Category.key, Category.name)
    .join(Subject, Subject.id == WorkingGroup.id)
    .outerjoin(Category, Category.id == WorkingGroup.category_id)
)
ORDER = {kind: place for place, kind in enumerate(GroupKind)}


def groups(session: Session) -> tuple[Line, ...]:
    """Every group that everybody may see: the council and its committees first, those at work before those that
    ended. Two queries."""
    lines = [line for line in _lines(session, session.execute(_ROWS.order_by(WorkingGroup.id)).all()) if line.visible]
    return tuple(sorted(lines, key=lambda line: (line.state == GroupState.ENDED, ORDER[line.kind], line.id)))


def whole_group(session: Session, slug: str) -> Whole | None:
    """One group with its people. Two queries."""
    rows = session.execute(_ROWS.where(WorkingGroup.slug == slug)).all()
    return Whole(_lines(session, rows)[0], rows[0][0]) if rows else None


def group_choices(session: Session, *, ended: bool = False) -> tuple[GroupChoice, ...]:
    """The groups at work, for the form of whatever belongs to one; with `ended` the others too. One query."""
    wanted = (
        select(WorkingGroup.id, WorkingGroup.slug, WorkingGroup.name)
        .join(Subject, Subject.id == WorkingGroup.id)
        .where(Subject.hidden_at.is_(None))
        .order_by(WorkingGroup.id)
    )
    if not ended:
        wanted = wanted.where(WorkingGroup.state == GroupState.ACTIVE)
    return tuple(GroupChoice(*row) for row in session.execute(wanted))


def account_at(session: Session, email: str, group_id: int, *, anybody: bool) -> int | None:
    """The account with this confirmed address; unless `anybody` will do, of those who act for an organisation that
    belongs to the group, so that a lead cannot try who has an account."""
    wanted = select(Account.id).where(
        Account.email == email.lower(), Account.email_confirmed_at.is_not(None), Account.blocked_at.is_(None)
    )
    if not anybody:
        own = select(GroupMember.organisation_id).where(
            GroupMember.group_id == group_id, GroupMember.left_on.is_(None), GroupMember.organisation_id.is_not(None)
        )
        acting = select(Mandate.account_id).where(Mandate.ended_at.is_(None), Mandate.organisation_id.in_(own))
        wanted = wanted.where(Account.id.in_(acting))
    return session.scalar(wanted)


def group_slug(session: Session, group_id: int) -> str | None:
    return session.scalar(select(WorkingGroup.slug).where(WorkingGroup.id == group_id))


def group_document(session: Session, group_id: int) -> SearchDocument | None:
    """What search knows of a group, in all its languages."""
    found, subject = session.get(WorkingGroup, group_id), session.get(Subject, group_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    texts = [text for said in (found.name, found.summary, found.charter) for text in said.values()]
    return SearchDocument(
        subject_id=group_id,
        kind="working_group",
        locale="ja",
        title=found.name.to("ja"),
        body="\n".join(texts),
        published_at=subject.published_at,
        category_id=found.category_id,
        state=found.state,
    )


def _lines(session: Session, rows: Sequence[Any]) -> list[Line]:
    people = _people(session, [row[0].id for row in rows])
    return [
        Line(
            id=row.id,
            slug=row.slug,
            kind=GroupKind(row.kind),
            name=row.name,
            summary=row.summary,
            state=GroupState(row.state),
            since=row.since,
            field_key=key or "",
            field=field or Localized(),
            people=tuple(people.get(row.id, ())),
            visible=published_at is not None and hidden_at is None,
        )
        for row, published_at, hidden_at, key, field in rows
    ]


def _people(session: Session, group_ids: Sequence[int]) -> dict[int, list[Person]]:
    """By group, in the order in which they joined."""
    wanted = (
        select(GroupMember, Account.name, Organisation.name, Organisation.slug)
        .outerjoin(Account, Account.id == GroupMember.account_id)
        .outerjoin(Organisation, Organisation.id == GroupMember.organisation_id)
        .where(GroupMember.group_id.in_(group_ids))
        .order_by(GroupMember.joined_on, GroupMember.id)
    )
    found: dict[int, list[Person]] = defaultdict(list)
    for row, account_name, organisation, slug in session.execute(wanted):
        person = Person(
            id=row.id,
            role=GroupRole(row.role),
            name=account_name or row.name,
            account_id=row.account_id,
            organisation=organisation,
            organisation_slug=slug or "",
            post=row.post,
            joined_on=row.joined_on,
            left_on=row.left_on,
        )
        found[row.group_id].append(person)
    return found
