"""Reads about accounts: what a person sees of their own, what administrators see of all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from participation.accounts.factors import factor_since
from participation.accounts.models import Account, ApiToken, Identity, RoleGrant, SignIn, Verification
from participation.accounts.sessions import hash_key
from participation.policy import DESK_ROLES, Actor
from participation.web import NotFound
from participation.web.paging import Pager, Paging, make_pager


@dataclass(frozen=True)
class OwnSession:
    id: str
    user_agent: str
    created_at: datetime
    seen_at: datetime
    current: bool


@dataclass(frozen=True)
class OwnToken:
    id: str
    name: str
    created_at: datetime


@dataclass(frozen=True)
class AccountRow:
    id: int
    name: str
    email: str
    created_at: datetime
    roles: tuple[str, ...]
    verifications: tuple[str, ...]
    blocked: bool
    erased: bool


@dataclass(frozen=True)
class AccountList:
    rows: tuple[AccountRow, ...]
    pager: Pager
    q: str
    show: str


@dataclass(frozen=True)
class Verified:
    kind: str
    method: str
    at: datetime


@dataclass(frozen=True)
class AccountDetails:
    id: int
    name: str
    email: str
    locale: str
    created_at: datetime
    roles: tuple[str, ...]
    verifications: tuple[Verified, ...]
    blocked_at: datetime | None
    blocked_reason: str
    erased_at: datetime | None
    second_factor_since: datetime | None
    own: bool


def own_sessions(session: Session, actor: Actor, now: datetime) -> tuple[OwnSession, ...]:
    """The newest first."""
    current = hash_key(actor.session_key)
    rows = session.scalars(
        select(SignIn)
        .where(SignIn.account_id == actor.id, SignIn.expires_at > now)
        .order_by(SignIn.seen_at.desc())
        .limit(100)
    )
    return tuple(
        OwnSession(row.key_hash.hex(), row.user_agent, row.created_at, row.seen_at, row.key_hash == current)
        for row in rows
    )


def own_tokens(session: Session, actor: Actor) -> tuple[OwnToken, ...]:
    rows = session.scalars(
        select(ApiToken)
        .where(ApiToken.account_id == actor.id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.created_at.desc())
        .limit(100)
    )
    return tuple(OwnToken(row.key_hash.hex(), row.name, row.created_at) for row in rows)


def own_identities(session: Session, actor: Actor) -> frozenset[str]:
    """The issuers that the account is linked with."""
    return frozenset(session.scalars(select(Identity.issuer).where(Identity.account_id == actor.id)))


def stored_password(session: Session, actor: Actor) -> str | None:
    return session.scalar(select(Account.password_hash).where(Account.id == actor.id))


def has_password(session: Session, actor: Actor) -> bool:
    return stored_password(session, actor) is not None


def desk_role_rests(session: Session, actor: Actor) -> bool:
    """Whether a role at the desk was given that counts only with a second factor, which is missing."""
    roles = session.scalars(
        select(RoleGrant.role).where(RoleGrant.account_id == actor.id, RoleGrant.scope_kind == "platform")
    )
    return any(role in DESK_ROLES and not actor.has(role) for role in roles)


def own_profile(session: Session, actor: Actor) -> dict[str, Any]:
    """What the form of the profile holds."""
    columns = (Account.name, Account.locale, Account.area_id.label("area"), Account.age_band)
    return dict(session.execute(select(*columns).where(Account.id == actor.id)).one()._mapping)


def own_verifications(session: Session, actor: Actor) -> tuple[Verified, ...]:
    return _verified(session, actor.id or 0)


def _verified(session: Session, account_id: int) -> tuple[Verified, ...]:
    rows = session.execute(
        select(Verification.kind, Verification.method, Verification.verified_at)
        .where(Verification.account_id == account_id)
        .order_by(Verification.verified_at)
    )
    return tuple(Verified(*row) for row in rows)


_LIST = select(
    Account.id,
    Account.name,
    Account.email,
    Account.created_at,
    Account.blocked_at,
    Account.erased_at,
    select(func.aggregate_strings(RoleGrant.role, literal(",")))
    .where(RoleGrant.account_id == Account.id, RoleGrant.scope_kind == "platform")
    .scalar_subquery()
    .label("roles"),
    select(func.aggregate_strings(Verification.kind, literal(",")))
    .where(Verification.account_id == Account.id)
    .scalar_subquery()
    .label("verifications"),
)
SHOW = ("", "roles", "verified", "blocked")


def list_accounts(session: Session, q: str, show: str, paging: Paging) -> AccountList:
    """Accounts whose name or address holds `q`, newest first; two queries."""
    wanted = _filtered(_LIST, q, show)
    total = session.scalar(select(func.count()).select_from(_filtered(select(Account.id), q, show).subquery())) or 0
    rows = session.execute(wanted.order_by(Account.id.desc()).limit(paging.per_page).offset(paging.offset))
    return AccountList(tuple(_row(row) for row in rows), make_pager(paging, total), q, show)


def _filtered(query: Select[Any], q: str, show: str) -> Select[Any]:
    if q:
        held = (column.icontains(q, autoescape=True) for column in (Account.name, Account.email))
        query = query.where(or_(*held))
    if show == "roles":
        return query.where(exists().where(RoleGrant.account_id == Account.id))
    if show == "verified":
        return query.where(exists().where(Verification.account_id == Account.id))
    if show == "blocked":
        return query.where(Account.blocked_at.is_not(None))
    return query


def _row(row: Any) -> AccountRow:
    return AccountRow(
        id=row.id,
        name=row.name,
        email=row.email or "",
        created_at=row.created_at,
        roles=_split(row.roles),
        verifications=_split(row.verifications),
        blocked=row.blocked_at is not None,
        erased=row.erased_at is not None,
    )


def _split(text: str | None) -> tuple[str, ...]:
    return tuple(sorted(part for part in (text or "").split(",") if part))


def account_details(session: Session, actor: Actor, account_id: int) -> AccountDetails:
    """One account as the desk sees it.

    Raises:
        NotFound: there is none with this id.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound
    roles = session.scalars(
        select(RoleGrant.role).where(RoleGrant.account_id == account_id, RoleGrant.scope_kind == "platform")
    )
    return AccountDetails(
        id=account.id,
        name=account.name,
        email=account.email or "",
        locale=account.locale,
        created_at=account.created_at,
        roles=tuple(sorted(roles)),
        verifications=_verified(session, account_id),
        blocked_at=account.blocked_at,
        blocked_reason=account.blocked_reason,
        erased_at=account.erased_at,
        second_factor_since=factor_since(session, account.id),
        own=account.id == actor.id,
    )
