"""Signing up, signing in, choosing a password anew: everything that begins without a session.

What somebody is answered never tells whether an address has an account: the same work is done and one mail is queued
either way; only the mail's words differ (OWASP ASVS 6.3.8).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.actions import create_account, find_account
from participation.accounts.events import CredentialsChanged, SignedIn
from participation.accounts.models import Account, OneTimeToken
from participation.accounts.sessions import close_all_sessions
from participation.accounts.tokens import Purpose, end_all, issue, use
from participation.events import record
from participation.mail import send_mail
from participation.policy import N_, Actor, Verdict, ensure
from participation.web import Conflict

BLOCKED = Verdict("forbidden", N_("This account is blocked. The mail that we sent you says why."))


def account_by_email(session: Session, email: str) -> Account | None:
    return session.scalar(select(Account).where(Account.email == email))


def _usable(account: Account | None) -> bool:
    return account is not None and account.blocked_at is None and account.erased_at is None


def begin_sign_up(session: Session, email: str, base_url: str, locale: str, next_path: str, now: datetime) -> None:
    """Mail a link by which the address becomes an account; who has one already is told so, by mail only."""
    account = account_by_email(session, email)
    purpose = Purpose.SIGN_UP if account is None else Purpose.RESET
    key = issue(session, purpose, now, email=email, payload={"next": next_path})
    if account is None:
        template, link = "accounts/mail/sign_up", f"{base_url}/sign-up/{key}"
    else:
        template, link = "accounts/mail/already_here", f"{base_url}/reset/{key}"
    _mail(session, email, template, link, base_url, locale, now)


def begin_reset(session: Session, email: str, base_url: str, locale: str, now: datetime) -> None:
    """Mail a link for a new password, or the word that the address has no account here."""
    known = account_by_email(session, email) is not None
    key = issue(session, Purpose.RESET if known else Purpose.SIGN_UP, now, email=email, payload={"next": "/me"})
    if known:
        template, link = "accounts/mail/reset", f"{base_url}/reset/{key}"
    else:
        template, link = "accounts/mail/no_account", f"{base_url}/sign-up/{key}"
    _mail(session, email, template, link, base_url, locale, now)


def begin_sign_in_by_mail(
    session: Session, email: str, base_url: str, locale: str, next_path: str, now: datetime
) -> None:
    """Mail a link that signs in; for those without a password, or who have forgotten it."""
    known = account_by_email(session, email) is not None
    key = issue(session, Purpose.SIGN_IN if known else Purpose.SIGN_UP, now, email=email, payload={"next": next_path})
    if known:
        template, link = "accounts/mail/sign_in", f"{base_url}/sign-in/link/{key}"
    else:
        template, link = "accounts/mail/no_account", f"{base_url}/sign-up/{key}"
    _mail(session, email, template, link, base_url, locale, now)


def _mail(
    session: Session, email: str, template: str, link: str, base_url: str, locale: str, now: datetime
) -> None:
    send_mail(session, email, template, {"link": link, "site_url": base_url, "email": email}, locale, now)


def finish_sign_up(
    session: Session, key: str, *, name: str, password_hash: str | None, locale: str, now: datetime
) -> tuple[Account, str]:
    """The link's button was pressed: the account, and where the person wanted to go.

    Raises:
        Conflict: the link can't be used any more, or the address became an account meanwhile.
    """
    token = use(session, key, Purpose.SIGN_UP, now=now)
    account = create_account(
        session, email=token.email, name=name, now=now, way="email", password_hash=password_hash, locale=locale
    )
    return account, next_of(token)


def finish_sign_in_by_mail(session: Session, key: str, now: datetime) -> tuple[Account, str]:
    """The button of a sign-in link was pressed.

    Raises:
        Conflict: the link can't be used any more. Refused: the account is blocked.
    """
    token = use(session, key, Purpose.SIGN_IN, now=now)
    return account_of(session, token), next_of(token)


def choose_password(session: Session, key: str, password_hash: str, now: datetime) -> Account:
    """A new password by a mailed link (reset or invitation). Every session and every other link of the person ends.

    Raises:
        Conflict: the link can't be used any more. Refused: the account is blocked.
    """
    token = use(session, key, Purpose.RESET, Purpose.INVITATION, now=now)
    account = account_of(session, token)
    account.password_hash = password_hash
    account.email_confirmed_at = account.email_confirmed_at or now
    close_all_sessions(session, account.id)
    end_all(session, account.id, account.email, now)
    record(session, CredentialsChanged(account_id=account.id, what="password"), actor=None, now=now)
    return account


def find_usable(session: Session, account_id: int, *, new_hash: str | None = None) -> Account:
    """The account of whoever proved to be this person. `new_hash`: the same password, hashed with today's figures.

    Raises:
        Refused: the account is blocked or gone.
    """
    account = find_account(session, account_id)
    ensure(Verdict() if _usable(account) else BLOCKED)
    if new_hash is not None:
        account.password_hash = new_hash
    return account


def account_of(session: Session, token: OneTimeToken) -> Account:
    """The account that a token leads to, by its id or its address.

    Raises:
        Conflict: it is gone. Refused: it is blocked.
    """
    if token.account_id is not None:
        account = session.get(Account, token.account_id)
    else:
        account = account_by_email(session, token.email or "")
    if account is None or account.erased_at is not None:
        raise Conflict(N_("The account that this link belongs to does not exist any more."))
    ensure(Verdict() if account.blocked_at is None else BLOCKED)
    return account


def note_sign_in(session: Session, account: Account, way: str, factor: str, now: datetime) -> None:
    person = Actor(id=account.id, ref=account.ref)
    record(session, SignedIn(account_id=account.id, way=way, factor=factor), actor=person, now=now)


def next_of(token: OneTimeToken) -> str:
    payload: dict[str, Any] = token.payload or {}
    return str(payload.get("next") or "/")
