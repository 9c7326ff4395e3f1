"""Organisations, their people, and the invitations that wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.organisations.models import Mandate, MandateInvitation, MandateRole, Organisation
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject


@dataclass(frozen=True)
class PersonView:
    mandate_id: int
    account_id: int
    name: str
    email: str
    role: str
    granted_at: datetime


@dataclass(frozen=True)
class InvitationView:
    id: int
    email: str
    role: str
    invited_at: datetime


@dataclass(frozen=True)
class Own:
    """An organisation that somebody acts for, with their roles there."""

    id: int
    slug: str
    name: str
    roles: tuple[str, ...]


def organisation_by_slug(session: Session, slug: str) -> Organisation | None:
    return session.scalars(select(Organisation).where(Organisation.slug == slug)).first()


def organisation_by_number(session: Session, corporate_number: str) -> Organisation | None:
    return session.scalars(select(Organisation).where(Organisation.corporate_number == corporate_number)).first()


def is_public(session: Session, organisation_id: int) -> bool:
    subject = session.get(Subject, organisation_id)
    return subject is not None and subject.visible


def people_of(session: Session, organisation_id: int) -> tuple[PersonView, ...]:
    """Who acts for it now. One query."""
    rows = session.execute(
        select(Mandate.id, Account.id, Account.name, Account.email, Mandate.role, Mandate.granted_at)
        .join(Account, Account.id == Mandate.account_id)
        .where(Mandate.organisation_id == organisation_id, Mandate.ended_at.is_(None))
        .order_by(Mandate.role, Mandate.id)
    )
    return tuple(PersonView(row[0], row[1], row[2], row[3] or "", row[4], row[5]) for row in rows)


def invitations_of(session: Session, organisation_id: int) -> tuple[InvitationView, ...]:
    """Invitations that nobody has answered. One query."""
    rows = session.execute(
        select(MandateInvitation.id, MandateInvitation.email, MandateInvitation.role, MandateInvitation.invited_at)
        .where(MandateInvitation.organisation_id == organisation_id, MandateInvitation.answered_at.is_(None))
        .order_by(MandateInvitation.id)
    )
    return tuple(InvitationView(*row) for row in rows)


def organisations_of(session: Session, actor: Actor, locale: str) -> tuple[Own, ...]:
    """The organisations that a person acts for. One query, none for whoever acts for none."""
    roles: dict[int, list[str]] = {}
    for role, kind, scope in sorted(actor.roles):
        if kind == "organisation" and scope:
            roles.setdefault(scope, []).append(role)
    if not roles:
        return ()
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(list(roles))).order_by(Organisation.id))
    return tuple(Own(row.id, row.slug, row.name.to(locale), tuple(roles[row.id])) for row in rows)


def acting_for(organisation_id: int, *roles: MandateRole) -> Select[tuple[int]]:
    """The accounts of those who act for it, for notices."""
    return select(Mandate.account_id).where(
        Mandate.organisation_id == organisation_id,
        Mandate.ended_at.is_(None),
        Mandate.role.in_(roles or tuple(MandateRole)),
    )


def count_representatives(session: Session, organisation_id: int) -> int:
    people = acting_for(organisation_id, MandateRole.REPRESENTATIVE).subquery()
    return session.scalar(select(func.count()).select_from(people)) or 0


def names_of(session: Session, ids: Sequence[int], locale: str) -> dict[int, tuple[str, str]]:
    """(address, name) of organisations by id. One query."""
    rows = session.execute(
        select(Organisation.id, Organisation.slug, Organisation.name).where(Organisation.id.in_(ids))
    )
    return {row.id: (row.slug, row.name.to(locale)) for row in rows}


def organisation_document(session: Session, organisation_id: int) -> SearchDocument | None:
    """What search knows of an organisation, in all its languages."""
    found, subject = session.get(Organisation, organisation_id), session.get(Subject, organisation_id)
    if found is None or subject is None or not subject.visible or subject.published_at is None:
        return None
    return SearchDocument(
        subject_id=organisation_id,
        kind="organisation",
        locale="ja",
        title=found.name.to("ja"),
        body="\n".join([*found.name.values(), found.description]),
        published_at=subject.published_at,
        state=found.kind,
    )
