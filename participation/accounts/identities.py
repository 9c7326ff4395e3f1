"""Signing in through a provider: who a person is there is (issuer, sub) and nothing else.

An address that a provider tells links nothing: accounts are linked only by whoever is signed in to ours.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from participation.accounts.actions import add_verification, create_account, find_account
from participation.accounts.events import CredentialsChanged
from participation.accounts.joining import account_by_email
from participation.accounts.models import Account, Identity, OidcAttempt, Verification
from participation.accounts.profile import own_account
from participation.accounts.sessions import hash_key
from participation.accounts.tokens import Purpose, issue, use
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.keys import keyed_hash
from participation.policy import N_, Actor
from participation.settings import OidcProvider
from participation.web import Conflict

PATIENCE = timedelta(minutes=10)
ELSEWHERE = N_("This provider's account is linked with another account here.")


@dataclass(frozen=True)
class Attempt:
    """A sign-in under way; `state` and `browser` are the secrets of its two halves."""

    state: str
    browser: str
    nonce: str
    verifier: str


def make_attempt() -> Attempt:
    return Attempt(*(secrets.token_urlsafe(32) for _ in range(3)), secrets.token_urlsafe(64)[:96])


def keep_attempt(
    session: Session, attempt: Attempt, provider: str, next_path: str, actor: Actor, now: datetime
) -> None:
    session.add(
        OidcAttempt(
            state_hash=hash_key(attempt.state),
            browser_hash=hash_key(attempt.browser),
            provider=provider,
            nonce=attempt.nonce,
            verifier=attempt.verifier,
            next=next_path,
            account_id=actor.id,
            expires_at=now + PATIENCE,
        )
    )


def find_attempt(session: Session, state: str, browser: str, provider: str, now: datetime) -> OidcAttempt | None:
    """The attempt that this browser began with this provider (each has a callback of its own: RFC 9700, mix-up)."""
    return session.scalar(
        select(OidcAttempt).where(
            OidcAttempt.state_hash == hash_key(state),
            OidcAttempt.browser_hash == hash_key(browser),
            OidcAttempt.provider == provider,
            OidcAttempt.expires_at > now,
        )
    )


def take_attempt(session: Session, state: str) -> bool:
    """Use the attempt up; False if somebody did before."""
    gone = delete(OidcAttempt).where(OidcAttempt.state_hash == hash_key(state)).returning(OidcAttempt.provider)
    return session.execute(gone).first() is not None


def forget_attempts(session: Session, now: datetime) -> None:
    session.execute(delete(OidcAttempt).where(OidcAttempt.expires_at < now))


def account_of_identity(session: Session, issuer: str, sub: str) -> Account | None:
    linked = select(Identity.account_id).where(Identity.issuer == issuer, Identity.sub == sub)
    account_id = session.scalar(linked)
    return None if account_id is None else find_account(session, account_id)


def link_identity(session: Session, actor: Actor, issuer: str, sub: str, now: datetime) -> Account:
    """Link what the person is at the provider with the account that they are signed in to.

    Raises:
        Conflict: it is linked with another account, or this account with another identity there.
    """
    account = own_account(session, actor)
    _add(session, account, issuer, sub, now)
    record(session, CredentialsChanged(account_id=account.id, what="identity_linked"), actor=actor, now=now)
    return account


def _add(session: Session, account: Account, issuer: str, sub: str, now: datetime) -> None:
    row = {"issuer": issuer, "sub": sub, "account_id": account.id, "linked_at": now}
    adding = insert_ignore(Identity, dialect_name(session)).values(**row).returning(Identity.account_id)
    if session.execute(adding).first() is None:
        here = select(Identity.account_id).where(Identity.issuer == issuer, Identity.sub == sub)
        if session.scalar(here) != account.id:
            raise Conflict(ELSEWHERE)


def begin_joining(session: Session, told: Any, kinds: Sequence[str], next_path: str, now: datetime) -> str:
    """Keep what the provider told until the newcomer has chosen a name; returns the key of the page that asks."""
    payload = {**asdict(told), "claims": {}, "kinds": list(kinds), "next": next_path}
    if told.email and account_by_email(session, told.email) is not None:
        payload["email"] = ""  # the address stays with the account that has it
    return issue(session, Purpose.OIDC_JOIN, now, payload=payload, beside_others=True)


def finish_joining(
    session: Session, key: str, name: str, secret: bytes, locale: str, now: datetime
) -> tuple[Account, str]:
    """Make the account of a newcomer; returns it and where they wanted to go.

    Raises:
        Conflict: the page is too old, or the identity was linked meanwhile.
    """
    told = use(session, key, Purpose.OIDC_JOIN, now=now).payload
    email = told["email"] if account_by_email(session, told["email"]) is None else ""
    account = create_account(session, email=email or None, name=name, now=now, way="oidc", locale=locale)
    _add(session, account, told["issuer"], told["sub"], now)
    note_claims(session, account, told["issuer"], told["sub"], told["kinds"], secret, now)
    return account, str(told["next"])


def confirmed_kinds(provider: OidcProvider, claims: Mapping[str, Any]) -> list[str]:
    """The verifications that the provider's claims stand for, as configured; only a plain true counts."""
    return [kind for kind, claim in provider.claims if claims.get(claim) is True or claims.get(claim) == "true"]


def note_claims(
    session: Session, account: Account, issuer: str, sub: str, kinds: Sequence[str], secret: bytes, now: datetime
) -> None:
    """Note as verified what the provider vouches for; one identity there verifies one account."""
    identity = keyed_hash(secret, "oidc", f"{issuer}\n{sub}")
    for kind in kinds:
        taken = select(Verification.account_id).where(Verification.kind == kind, Verification.identity == identity)
        if session.scalar(taken) in (None, account.id):
            add_verification(session, account, kind, "oidc", actor=None, now=now, identity=identity)
