"""Taking part without an account yet: what was begun is kept with a mailed link and carried out when its button is
pressed. The link proves the address, so it also signs in, and makes the account where there is none."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.actions import create_account
from participation.accounts.joining import account_by_email, account_of
from participation.accounts.models import Account, OneTimeToken
from participation.accounts.nicknames import make_nickname
from participation.accounts.sessions import actor_of_account
from participation.accounts.tokens import Purpose, issue, look_up, use
from participation.mail import send_mail
from participation.policy import N_, Refused
from participation.web import Conflict, Context, HttpProblem

ELSEWHERE = N_("Please open this on the device and in the browser where you began.")


@dataclass(frozen=True)
class Outcome:
    """What became of an intent: where to go, or why it was refused."""

    account: Account
    path: str
    refusal: Refused | HttpProblem | None = None


def begin_participation(
    session: Session,
    email: str,
    intent: str,
    label: str,
    payload: Mapping[str, Any],
    back: str,
    base_url: str,
    locale: str,
    now: datetime,
) -> None:
    """Keep the intent and mail the link that carries it out; the same work whether or not the address is known."""
    kept = {"intent": intent, "payload": dict(payload), "back": back}
    for older in session.scalars(_open_for(email)):
        if older.payload == kept:  # asked for twice; other intents of this person go on waiting for their links
            older.used_at, older.payload = now, {}
    key = issue(session, Purpose.PARTICIPATION, now, email=email, payload=kept, beside_others=True)
    values = {"link": f"{base_url}/take-part/{key}", "label": label, "site_url": base_url}
    send_mail(session, email, "accounts/mail/take_part", values, locale, now)


def newest_intent(session: Session, email: str, now: datetime) -> dict[str, Any] | None:
    """What this address was last asked to confirm, if it still waits."""
    query = _open_for(email).where(OneTimeToken.expires_at > now).order_by(OneTimeToken.created_at.desc()).limit(1)
    token = session.scalar(query)
    return None if token is None else dict(token.payload)


def _open_for(email: str) -> Any:
    return select(OneTimeToken).where(
        OneTimeToken.purpose == Purpose.PARTICIPATION, OneTimeToken.email == email, OneTimeToken.used_at.is_(None)
    )


def carry_out(ctx: Context, key: str) -> Outcome:
    """The link's button was pressed: sign in (or join), then do what was begun. A refusal undoes the intent alone.

    Raises:
        Conflict: the link can't be used any more. Refused: the account is blocked.
    """
    token = use(ctx.session, key, Purpose.PARTICIPATION, now=ctx.now)
    account = _person_of(ctx, token)
    ctx.session.flush()
    intent, back = ctx.services.registry.intents.get(str(token.payload["intent"])), str(token.payload["back"])
    if intent is None:
        return Outcome(account, back)
    try:
        with ctx.session.begin_nested():
            actor = actor_of_account(ctx.session, account.id)
            return Outcome(account, intent.carry_out(ctx, actor, token.payload["payload"]))
    except (Refused, HttpProblem) as refusal:
        return Outcome(account, back, refusal)


def _person_of(ctx: Context, token: OneTimeToken) -> Account:
    if account_by_email(ctx.session, token.email or "") is None:
        name = make_nickname(ctx._)
        return create_account(
            ctx.session, email=token.email, name=name, now=ctx.now, way="participation", locale=ctx.locale
        )
    account = account_of(ctx.session, token)
    account.email_confirmed_at = account.email_confirmed_at or ctx.now
    return account


def keep_request(session: Session, request: Mapping[str, Any], browser: str, now: datetime) -> str:
    """Keep what somebody sent while they sign in. `browser` is a secret in a cookie there: nobody else, and nobody
    who is sent the link, can be made to send it. Returns the key."""
    payload = {**request, "browser": sha256(browser.encode()).hexdigest()}
    return issue(session, Purpose.KEPT, now, payload=payload, beside_others=True)


def kept_request(session: Session, key: str, browser: str, now: datetime) -> dict[str, Any]:
    """What was kept under this key by this browser.

    Raises:
        Conflict: it is too old, or another browser kept it.
    """
    payload = look_up(session, key, Purpose.KEPT, now=now).payload
    if not hmac.compare_digest(str(payload["browser"]), sha256(browser.encode()).hexdigest()):
        raise Conflict(ELSEWHERE)
    return dict(payload)
