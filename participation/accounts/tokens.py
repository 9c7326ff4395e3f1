"""One-time tokens: what a mailed link carries. Bound to a purpose, one use, stored as a hash, a new one ends the older.

The link opens a page with a button; only the button's POST uses the token up, because mail scanners follow links.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import OneTimeToken
from participation.accounts.sessions import hash_key
from participation.policy import N_
from participation.web import Conflict


class Purpose(StrEnum):
    SIGN_UP = "sign_up"
    SIGN_IN = "sign_in"
    RESET = "reset"
    INVITATION = "invitation"
    NEW_EMAIL = "new_email"
    PARTICIPATION = "participation"
    OIDC_JOIN = "oidc_join"  # what a provider told of a newcomer, until the name is chosen
    PASSKEY = "passkey"  # the challenge that a device is to sign
    KEPT = "kept"  # what somebody was about to send when they had to sign in


LIFETIME = {
    Purpose.SIGN_UP: timedelta(hours=24),
    Purpose.SIGN_IN: timedelta(minutes=15),
    Purpose.RESET: timedelta(hours=1),
    Purpose.INVITATION: timedelta(days=7),
    Purpose.NEW_EMAIL: timedelta(hours=24),
    Purpose.PARTICIPATION: timedelta(hours=24),
    Purpose.OIDC_JOIN: timedelta(minutes=30),
    Purpose.PASSKEY: timedelta(minutes=5),
    Purpose.KEPT: timedelta(hours=24),
}
KEEP_DEAD = timedelta(days=7)


def issue(
    session: Session,
    purpose: Purpose,
    now: datetime,
    *,
    email: str | None = None,
    account_id: int | None = None,
    payload: dict[str, Any] | None = None,
    beside_others: bool = False,
) -> str:
    """A new token; returns its key, which is stored nowhere. Older unused ones for the same person and purpose end now,
    unless it stands `beside_others` (two comments may wait for their links)."""
    key = secrets.token_urlsafe(32)
    if not beside_others:
        older = OneTimeToken.email == email if email is not None else OneTimeToken.account_id == account_id
        session.execute(
            update(OneTimeToken)
            .where(OneTimeToken.purpose == purpose, older, OneTimeToken.used_at.is_(None))
            .values(used_at=now, payload={})
        )
    session.add(
        OneTimeToken(
            key_hash=hash_key(key),
            purpose=purpose,
            account_id=account_id,
            email=email,
            payload=payload or {},
            created_at=now,
            expires_at=now + LIFETIME[purpose],
        )
    )
    return key


def look_up(session: Session, key: str, *purposes: Purpose, now: datetime) -> OneTimeToken:
    """The token, if it may still be used for one of these purposes.

    Raises:
        Conflict: it was used or replaced, it is too old, or it was never one of these.
    """
    token = session.scalar(
        select(OneTimeToken).where(
            OneTimeToken.key_hash == hash_key(key),
            OneTimeToken.purpose.in_(purposes),
            OneTimeToken.used_at.is_(None),
            OneTimeToken.expires_at > now,
        )
    )
    if token is None:
        raise Conflict(N_("This link was used already, was replaced by a newer one, or is too old. Please ask again."))
    return token


def use(session: Session, key: str, *purposes: Purpose, now: datetime) -> OneTimeToken:
    """Use the token up and return it as it was; what it carried (words, names, addresses) is emptied where it is
    stored. The condition stands in the UPDATE, so that of two at once one succeeds.

    Raises:
        Conflict: as `look_up`.
    """
    token = look_up(session, key, *purposes, now=now)
    session.expunge(token)  # or it would be read again, emptied
    won = session.execute(
        update(OneTimeToken)
        .where(OneTimeToken.key_hash == token.key_hash, OneTimeToken.used_at.is_(None))
        .values(used_at=now, payload={})
        .returning(OneTimeToken.key_hash),
        execution_options={"synchronize_session": False},
    ).first()
    if won is None:
        raise Conflict(N_("This link was used already, was replaced by a newer one, or is too old. Please ask again."))
    return token


def end_all(session: Session, account_id: int, email: str | None, now: datetime) -> None:
    """End every open token of a person: after a change of what they lead to."""
    mine = OneTimeToken.account_id == account_id
    if email is not None:
        mine = mine | (OneTimeToken.email == email)
    session.execute(
        update(OneTimeToken).where(mine, OneTimeToken.used_at.is_(None)).values(used_at=now, payload={}),
        execution_options={"synchronize_session": False},
    )


def forget_dead(session: Session, now: datetime) -> None:
    """Empty what has run out unused; delete what ended a week ago."""
    over = update(OneTimeToken).where(OneTimeToken.expires_at < now, OneTimeToken.used_at.is_(None))
    session.execute(over.values(used_at=now, payload={}), execution_options={"synchronize_session": False})
    session.execute(delete(OneTimeToken).where(OneTimeToken.expires_at < now - KEEP_DEAD))
