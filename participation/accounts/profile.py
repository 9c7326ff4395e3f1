"""Changing what belongs to oneself: name, language, password, address, sessions, API tokens."""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.accounts.actions import TAKEN, find_account
from participation.accounts.events import CredentialsChanged, ProfileChanged
from participation.accounts.joining import account_by_email
from participation.accounts.models import Account, ApiToken, Identity, SignIn
from participation.accounts.policy import may_change_own
from participation.accounts.sessions import close_all_sessions, hash_key, make_api_token
from participation.accounts.tokens import Purpose, end_all, issue, use
from participation.events import record
from participation.mail import send_mail
from participation.policy import N_, Actor, ensure
from participation.web import Conflict

FRESH = timedelta(minutes=15)


def own_account(session: Session, actor: Actor) -> Account:
    """Raises Refused unless signed in."""
    ensure(may_change_own(actor))
    return find_account(session, actor.id or 0)


def is_fresh(session: Session, actor: Actor, now: datetime) -> bool:
    """Whether this session began, by whatever proof, within the last quarter of an hour."""
    began = session.scalar(select(SignIn.confirmed_at).where(SignIn.key_hash == hash_key(actor.session_key)))
    return began is not None and now - began <= FRESH


def save_profile(session: Session, actor: Actor, values: Mapping[str, Any], area_id: int | None, now: datetime) -> None:
    account = own_account(session, actor)
    renamed = account.name != values["name"]
    account.name, account.locale = values["name"], values["locale"]
    account.age_band, account.area_id = values["age_band"] or "", area_id
    if renamed:
        record(session, ProfileChanged(account_id=account.id), actor=actor, now=now)


def change_password(session: Session, actor: Actor, password_hash: str, now: datetime) -> None:
    """Every other session and every open link of the person ends."""
    account = own_account(session, actor)
    account.password_hash = password_hash
    close_all_sessions(session, account.id, but=actor.session_key)
    end_all(session, account.id, account.email, now)
    _note(session, actor, account.id, "password", now)
    if account.email:
        send_mail(session, account.email, "accounts/mail/password_changed", {}, account.locale, now)


def begin_change_of_email(
    session: Session, actor: Actor, email: str, base_url: str, locale: str, now: datetime
) -> None:
    """Mail a link to the new address; the present one stays until it is opened. Whoever has the new address already
    learns nothing here: that account's mail says so."""
    account = own_account(session, actor)
    if account_by_email(session, email) is None:
        key = issue(session, Purpose.NEW_EMAIL, now, account_id=account.id, payload={"email": email})
        values = {"link": f"{base_url}/me/email/{key}", "email": email}
        send_mail(session, email, "accounts/mail/new_email", values, locale, now)
    else:
        send_mail(session, email, "accounts/mail/address_taken", {"link": f"{base_url}/sign-in"}, locale, now)


def finish_change_of_email(session: Session, key: str, now: datetime) -> Account:
    """The button behind the link was pressed: the new address counts; the old one is told.

    Raises:
        Conflict: the link can't be used any more, or another account took the address meanwhile.
    """
    token = use(session, key, Purpose.NEW_EMAIL, now=now)
    account, email = find_account(session, token.account_id or 0), str(token.payload["email"])
    if account.erased_at is not None or account_by_email(session, email) is not None:
        raise Conflict(TAKEN)
    if account.email:
        send_mail(session, account.email, "accounts/mail/email_changed", {"email": email}, account.locale, now)
    account.email, account.email_confirmed_at = email, now
    _note(session, Actor(id=account.id, ref=account.ref), account.id, "email", now)
    session.flush()
    return account


def end_session(session: Session, actor: Actor, session_id: str) -> None:
    """End one of the own sessions; `session_id` is its hash in hexadecimal."""
    ensure(may_change_own(actor))
    session.execute(delete(SignIn).where(SignIn.account_id == actor.id, SignIn.key_hash == _bytes(session_id)))


def create_token(session: Session, actor: Actor, name: str, now: datetime) -> str:
    """A new API token; it is shown once."""
    account = own_account(session, actor)
    _note(session, actor, account.id, "token_created", now)
    return make_api_token(session, account.id, name, now)


def revoke_token(session: Session, actor: Actor, token_id: str, now: datetime) -> None:
    account = own_account(session, actor)
    gone = session.execute(
        update(ApiToken)
        .where(
            ApiToken.account_id == account.id, ApiToken.key_hash == _bytes(token_id), ApiToken.revoked_at.is_(None)
        )
        .values(revoked_at=now)
        .returning(ApiToken.key_hash),
        execution_options={"synchronize_session": False},
    ).first()
    if gone:
        _note(session, actor, account.id, "token_revoked", now)


def unlink_identity(session: Session, actor: Actor, issuer: str, now: datetime) -> None:
    """Cut the tie to a sign-in provider.

    Raises:
        Conflict: it is the only way in.
    """
    account = own_account(session, actor)
    if account.email is None:
        raise Conflict(N_("This is your only way in. Please add an e-mail address first."))
    gone = session.execute(
        delete(Identity).where(Identity.account_id == account.id, Identity.issuer == issuer).returning(Identity.sub)
    ).first()
    if gone:
        _note(session, actor, account.id, "identity_unlinked", now)


def _note(session: Session, actor: Actor, account_id: int, what: str, now: datetime) -> None:
    record(session, CredentialsChanged(account_id=account_id, what=what), actor=actor, now=now)


def _bytes(text: str) -> bytes:
    """The hash that the hexadecimal text stands for; one that nothing has, where it stands for none."""
    try:
        return bytes.fromhex(text)
    except ValueError:
        return secrets.token_bytes(32)
