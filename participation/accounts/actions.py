"""What is done with accounts: made, given roles, verified, blocked. Signing up and in stand in `joining.py`."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts import policy
from participation.accounts.events import (
    AccountBlocked,
    AccountCreated,
    AccountUnblocked,
    AccountVerified,
    CredentialsChanged,
    RoleGranted,
    RoleRevoked,
    VerificationWithdrawn,
)
from participation.accounts.models import VERIFICATIONS, Account, RoleGrant, Verification
from participation.accounts.passwords import hash_password
from participation.accounts.sessions import close_all_sessions
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.mail import send_mail
from participation.policy import N_, Actor, ensure, require
from participation.web import Conflict, NotFound

PLATFORM = ("platform", 0)
TAKEN = N_("Somebody else uses this e-mail address.")


def create_account(
    session: Session,
    *,
    email: str | None,
    name: str,
    now: datetime,
    way: str,
    password_hash: str | None = None,
    locale: str = "ja",
    confirmed: bool = True,
    roles: Sequence[str] = (),
    actor: Actor | None = None,
) -> Account:
    """A new account, flushed so that it has its id. `roles` are platform-wide; `way` says how it came about.

    Raises:
        Conflict: the address belongs to another account.
    """
    values = {"email": email.lower() if email else None, "password_hash": password_hash, "name": name}
    values |= {"email_confirmed_at": now if confirmed and email else None, "locale": locale, "created_at": now}
    values |= {"ref": secrets.token_hex(16), "age_band": "", "blocked_reason": "", "unread": 0, "managed": False}
    inserting = insert_ignore(Account, dialect_name(session)).values(**values)
    made = session.execute(inserting.returning(Account.id)).first()
    if made is None:
        raise Conflict(TAKEN)
    account = find_account(session, made.id)
    record(session, AccountCreated(account_id=account.id, way=way), actor=actor, now=now)
    for role in roles:
        _grant(session, account, role, actor, now)
    return account


def hash_for_command(password: str) -> str:
    """What `create_account` and `set_sign_in` store; takes 0.1 s, so never inside a transaction."""
    return hash_password(password)


def set_sign_in(session: Session, account_id: int, *, email: str, password_hash: str, now: datetime) -> None:
    """Give an account that a command made an address and a password.

    Raises:
        NotFound: there is no such account.
    """
    account = find_account(session, account_id)
    account.email, account.email_confirmed_at, account.password_hash = email.lower(), now, password_hash
    record(session, CredentialsChanged(account_id=account_id, what="email"), actor=None, now=now)


def find_account(session: Session, account_id: int) -> Account:
    """The account, locked against another's change.

    Raises:
        NotFound: there is none with this id.
    """
    account = session.get(Account, account_id, with_for_update=True)
    if account is None:
        raise NotFound
    return account


def grant_role(session: Session, actor: Actor, account_id: int, role: str, *, now: datetime) -> None:
    """Give a platform-wide role; giving it twice changes nothing."""
    account = find_account(session, account_id)
    ensure(policy.may_grant(actor, account, role))
    _grant(session, account, role, actor, now)


def grant_within(
    session: Session, account_id: int, role: str, kind: str, scope: int, *, actor: Actor | None, now: datetime
) -> None:
    """Give a role within one thing, an organisation say; the package of that thing has asked its policy."""
    _grant(session, find_account(session, account_id), role, actor, now, (kind, scope))


def revoke_within(
    session: Session, account_id: int, role: str, kind: str, scope: int, *, actor: Actor | None, now: datetime
) -> None:
    """Take a role within one thing away."""
    _revoke(session, find_account(session, account_id), role, actor, now, (kind, scope))


def _grant(
    session: Session,
    account: Account,
    role: str,
    actor: Actor | None,
    now: datetime,
    within: tuple[str, int] = PLATFORM,
) -> None:
    kind, scope = within
    granted = session.execute(
        insert_ignore(RoleGrant, dialect_name(session))
        .values(
            account_id=account.id,
            role=role,
            scope_kind=kind,
            scope_id=scope,
            granted_by_id=actor.id if actor else None,
            granted_at=now,
        )
        .returning(RoleGrant.id)
    ).first()
    if granted:
        fact = RoleGranted(account_ref=account.ref or "", role=role, scope_kind=kind, scope_id=scope)
        record(session, fact, actor=actor, now=now)


def revoke_role(session: Session, actor: Actor, account_id: int, role: str, *, now: datetime) -> None:
    """Take a platform-wide role away; it is gone with the next request of the person."""
    account = find_account(session, account_id)
    ensure(policy.may_revoke(actor, account, role))
    _revoke(session, account, role, actor, now, PLATFORM)


def _revoke(
    session: Session, account: Account, role: str, actor: Actor | None, now: datetime, within: tuple[str, int]
) -> None:
    kind, scope = within
    gone = session.execute(
        delete(RoleGrant)
        .where(
            RoleGrant.account_id == account.id,
            RoleGrant.role == role,
            RoleGrant.scope_kind == kind,
            RoleGrant.scope_id == scope,
        )
        .returning(RoleGrant.id)
    ).first()
    if gone:
        fact = RoleRevoked(account_ref=account.ref or "", role=role, scope_kind=kind, scope_id=scope)
        record(session, fact, actor=actor, now=now)


def block_account(session: Session, actor: Actor, account_id: int, reason: str, *, now: datetime) -> None:
    """Block an account: all its sessions end at once, its tokens stop working."""
    account = find_account(session, account_id)
    ensure(policy.may_block(actor, account) & require(account.blocked_at is None, N_("This account is blocked.")))
    account.blocked_at, account.blocked_reason = now, reason
    close_all_sessions(session, account.id)
    if account.email:
        send_mail(session, account.email, "accounts/mail/blocked", {"reason": reason}, account.locale, now)
    record(session, AccountBlocked(account_ref=account.ref or ""), actor=actor, now=now, private={"reason": reason})


def unblock_account(session: Session, actor: Actor, account_id: int, *, now: datetime) -> None:
    account = find_account(session, account_id)
    ensure(policy.may_block(actor, account) & require(account.blocked_at is not None, N_("This account is open.")))
    account.blocked_at, account.blocked_reason = None, ""
    record(session, AccountUnblocked(account_ref=account.ref or ""), actor=actor, now=now)


def verify_account(session: Session, actor: Actor, account_id: int, kind: str, *, now: datetime) -> None:
    """The secretariat saw it with its own eyes (at the desk, on paper)."""
    account = find_account(session, account_id)
    ensure(
        policy.may_verify(actor, account) & require(kind in VERIFICATIONS, N_("Nothing of this kind can be confirmed."))
    )
    add_verification(session, account, kind, "secretariat", actor=actor, now=now)


def add_verification(
    session: Session,
    account: Account,
    kind: str,
    method: str,
    *,
    actor: Actor | None,
    now: datetime,
    identity: bytes | None = None,
) -> None:
    """Note that `kind` is known of the person; once more changes nothing.

    Raises:
        Conflict: another account was verified with the same identity: one natural person, one verified account.
    """
    added = session.execute(
        insert_ignore(Verification, dialect_name(session))
        .values(
            account_id=account.id,
            kind=kind,
            method=method,
            identity=identity,
            verified_by_id=actor.id if actor and method == "secretariat" else None,
            verified_at=now,
        )
        .returning(Verification.id)
    ).first()
    if added is None:
        mine = select(Verification.id).where(Verification.account_id == account.id, Verification.kind == kind)
        if session.scalar(mine) is None:
            raise Conflict(N_("These entries have confirmed another account. The secretariat can help you."))
        return
    fact = AccountVerified(account_ref=account.ref or "", kind=kind, method=method)
    record(session, fact, actor=actor, now=now)


def withdraw_verification(session: Session, actor: Actor, account_id: int, kind: str, *, now: datetime) -> None:
    account = find_account(session, account_id)
    ensure(policy.may_verify(actor, account))
    gone = session.execute(
        delete(Verification)
        .where(Verification.account_id == account.id, Verification.kind == kind)
        .returning(Verification.id)
    ).first()
    if gone:
        record(session, VerificationWithdrawn(account_ref=account.ref or "", kind=kind), actor=actor, now=now)
