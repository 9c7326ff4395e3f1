"""Sessions and API tokens: random keys handed out once, stored as hashes, turned into an `Actor` by one query."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import String, and_, bindparam, cast, delete, exists, func, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account, ApiToken, Authenticator, RoleGrant, SignIn, Verification
from participation.db import COMMA
from participation.policy import ANONYMOUS, Actor

IDLE = timedelta(days=7)
ABSOLUTE = timedelta(days=30)
ADMINISTRATOR = ("administrator", "platform", 0)
ADMIN_IDLE, ADMIN_ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
TOUCH_AFTER = timedelta(minutes=10)


def hash_key(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()


_ROLES = (
    select(
        func.aggregate_strings(
            RoleGrant.role + ":" + RoleGrant.scope_kind + ":" + cast(RoleGrant.scope_id, String), COMMA
        )
    )
    .where(RoleGrant.account_id == Account.id)
    .scalar_subquery()
)
_VERIFICATIONS = (
    select(func.aggregate_strings(Verification.kind, COMMA))
    .where(Verification.account_id == Account.id)
    .scalar_subquery()
)
_FACTOR = exists().where(Authenticator.account_id == Account.id, Authenticator.confirmed_at.is_not(None))
_WHO = (
    Account.id,
    Account.name,
    Account.email,
    Account.locale,
    Account.ref,
    Account.area_id,
    Account.unread,
    _ROLES.label("roles"),
    _VERIFICATIONS.label("verifications"),
    _FACTOR.label("second_factor"),
)
_USABLE = and_(Account.blocked_at.is_(None), Account.erased_at.is_(None))
_BY_SESSION = (
    select(*_WHO, SignIn.seen_at, SignIn.created_at)
    .join(SignIn, SignIn.account_id == Account.id)
    .where(
        SignIn.key_hash == bindparam("key"),
        SignIn.expires_at > bindparam("now"),
        SignIn.seen_at > bindparam("idle_since"),
        _USABLE,
    )
)
_BY_TOKEN = (
    select(*_WHO)
    .join(ApiToken, ApiToken.account_id == Account.id)
    .where(ApiToken.key_hash == bindparam("key"), ApiToken.revoked_at.is_(None), _USABLE)
)
_BY_ID = select(*_WHO).where(Account.id == bindparam("id"), _USABLE)


def actor_of_session(session: Session, key: str, now: datetime) -> tuple[Actor, bool]:
    """Who holds the session key, and whether its last-seen time is due to be moved. Administrators' sessions end
    sooner, since whoever finds one open can do more."""
    if not key:
        return ANONYMOUS, False
    asked = {"key": hash_key(key), "now": now, "idle_since": now - IDLE}
    row = session.connection().execute(_BY_SESSION, asked).first()
    if row is None:
        return ANONYMOUS, False
    actor = _actor(row, key)
    if ADMINISTRATOR in actor.roles and (now - row.seen_at > ADMIN_IDLE or now - row.created_at > ADMIN_ABSOLUTE):
        return ANONYMOUS, False
    return actor, now - row.seen_at > TOUCH_AFTER


def actor_of_token(session: Session, key: str) -> Actor:
    row = session.connection().execute(_BY_TOKEN, {"key": hash_key(key)}).first()
    return _actor(row, "") if row is not None else ANONYMOUS


def actor_of_account(session: Session, account_id: int) -> Actor:
    """The actor for work done on a person's behalf: a confirmed link, a loader, a command."""
    row = session.connection().execute(_BY_ID, {"id": account_id}).first()
    return _actor(row, "") if row is not None else ANONYMOUS


def open_session(session: Session, account_id: int, now: datetime, user_agent: str = "") -> str:
    """A new session; returns its key, which is stored nowhere."""
    key = secrets.token_urlsafe(32)
    session.add(
        SignIn(
            key_hash=hash_key(key),
            account_id=account_id,
            created_at=now,
            seen_at=now,
            confirmed_at=now,
            expires_at=now + ABSOLUTE,
            user_agent=user_agent[:200],
        )
    )
    return key


def make_api_token(session: Session, account_id: int, name: str, now: datetime) -> str:
    """A new API token; returned once, stored as its hash."""
    key = "sanpo_" + secrets.token_urlsafe(32)
    session.add(ApiToken(key_hash=hash_key(key), account_id=account_id, name=name, created_at=now))
    return key


def touch_session(session: Session, key: str, now: datetime) -> None:
    session.execute(update(SignIn).where(SignIn.key_hash == hash_key(key)).values(seen_at=now))


def rename_session(session: Session, key: str) -> str:
    """Give the session a new key and return it; the one of before is of no use any more."""
    new = secrets.token_urlsafe(32)
    session.execute(update(SignIn).where(SignIn.key_hash == hash_key(key)).values(key_hash=hash_key(new)))
    return new


def close_session(session: Session, key: str) -> None:
    session.execute(delete(SignIn).where(SignIn.key_hash == hash_key(key)))


def close_all_sessions(session: Session, account_id: int, *, but: str = "") -> None:
    """End every session of the account, except the one with the key `but`."""
    session.execute(delete(SignIn).where(SignIn.account_id == account_id, SignIn.key_hash != hash_key(but)))


def _actor(row: Any, key: str) -> Actor:
    roles = (grant.split(":") for grant in (row.roles or "").split(",") if grant)
    return Actor(
        id=row.id,
        name=row.name,
        email=row.email or "",
        locale=row.locale,
        ref=row.ref,
        area_id=row.area_id,
        roles=frozenset((role, kind, int(scope)) for role, kind, scope in roles),
        verifications=frozenset((row.verifications or "").split(",")) - {""},
        session_key=key,
        unread=row.unread,
        second_factor=row.second_factor,
    )
