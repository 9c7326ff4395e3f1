"""Passkeys beside one-time codes: several per person, each with a name. The challenge that a device signs is a token of
one use (see `tokens`), so an answer counts once; what the device says is read by `ceremonies`, which is loaded by the
first who needs it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from participation.accounts import factors
from participation.accounts.events import SecondFactorAdded, SecondFactorRemoved
from participation.accounts.models import Passkey
from participation.accounts.profile import own_account
from participation.accounts.tokens import Purpose, issue, look_up, use
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import N_, Actor
from participation.settings import Settings
from participation.web import Conflict

MOST = 10  # of one person
TOO_MANY = N_("You have ten passkeys. Please remove one first.")


@dataclass(frozen=True)
class OwnPasskey:
    id: int
    name: str
    created_at: datetime
    used_at: datetime | None


def own_passkeys(session: Session, account_id: int) -> tuple[OwnPasskey, ...]:
    rows = session.execute(
        select(Passkey.id, Passkey.name, Passkey.created_at, Passkey.used_at)
        .where(Passkey.account_id == account_id)
        .order_by(Passkey.id)
    )
    return tuple(OwnPasskey(*row) for row in rows)


def has_passkey(session: Session, account_id: int) -> bool:
    return session.scalar(select(Passkey.id).where(Passkey.account_id == account_id).limit(1)) is not None


def begin_adding(session: Session, actor: Actor, settings: Settings, title: str, now: datetime) -> str:
    """What the browser hands to the device for a new key, as JSON.

    Raises:
        Conflict: there is no second factor yet, whose place a passkey takes; or there are ten passkeys.
    """
    account = own_account(session, actor)
    known = _known(session, account.id)
    if not actor.second_factor or len(known) >= MOST:
        raise Conflict(TOO_MANY if actor.second_factor else factors.GONE)
    challenge = issue(session, Purpose.PASSKEY, now, account_id=account.id, beside_others=True)
    name = account.email or account.name
    return _ceremonies().ask_for_key(_site(settings), title, account.ref or "", name, challenge, known)


def begin_proof(session: Session, account_id: int, settings: Settings, now: datetime) -> str:
    """What the browser hands to the device to be signed, as JSON.

    Raises:
        Conflict: the account has no passkey.
    """
    known = _known(session, account_id)
    if not known:
        raise Conflict(N_("Your account has no passkey."))
    challenge = issue(session, Purpose.PASSKEY, now, account_id=account_id, beside_others=True)
    return _ceremonies().ask_for_proof(_site(settings), challenge, known)


def add_passkey(session: Session, actor: Actor, name: str, text: str, settings: Settings, now: datetime) -> bool:
    """Keep the key that a device made; False if its answer does not hold."""
    account = own_account(session, actor)
    answer = _ceremonies().read_answer(text, new=True)
    made = _ceremonies().new_key(answer, _site(settings)) if answer else None
    if made is None or not _take_challenge(session, answer, account.id, now):
        return False
    row = {"account_id": account.id, "credential": made.credential, "public_key": made.public_key}
    row |= {"sign_count": made.sign_count, "name": name, "created_at": now}
    added = session.execute(insert_ignore(Passkey, dialect_name(session)).values(**row).returning(Passkey.id)).first()
    if added is None:
        return False
    fact = SecondFactorAdded(account_ref=account.ref or "", factor=factors.Factor.PASSKEY.value)
    record(session, fact, actor=actor, now=now)
    factors.tell(session, account, factors.ADDED_PASSKEY, now)
    return True


def is_proof(session: Session, account_id: int, text: str, settings: Settings, now: datetime) -> bool:
    """Whether the answer of a device would be taken now."""
    return _checked(session, account_id, text, settings, now) is not None


def take_proof(session: Session, account_id: int, text: str, settings: Settings, now: datetime) -> bool:
    """Use the answer of a device up; False if it does not hold, or was used before."""
    checked = _checked(session, account_id, text, settings, now)
    if checked is None or not _take_challenge(session, checked[0], account_id, now):
        return False
    _answer, passkey_id, count = checked
    values = {"sign_count": count, "used_at": now}
    session.execute(update(Passkey).where(Passkey.id == passkey_id).values(**values))
    return True


def remove_passkey(session: Session, actor: Actor, passkey_id: int, now: datetime) -> None:
    """The one-time codes stay, so this opens nothing; its owner is told."""
    account = own_account(session, actor)
    gone = delete(Passkey).where(Passkey.account_id == account.id, Passkey.id == passkey_id).returning(Passkey.id)
    if session.execute(gone).first():
        record(session, SecondFactorRemoved(account_ref=account.ref or "", by="owner"), actor=actor, now=now)
        factors.tell(session, account, factors.REMOVED_PASSKEY, now)


def _checked(
    session: Session, account_id: int, text: str, settings: Settings, now: datetime
) -> tuple[Any, int, int] | None:
    """(answer, id of the passkey, its new count) where everything holds."""
    answer = _ceremonies().read_answer(text, new=False)
    if answer is None or not _is_open(session, answer.challenge, account_id, now):
        return None
    wanted = select(Passkey.id, Passkey.public_key, Passkey.sign_count)
    row = session.execute(
        wanted.where(Passkey.account_id == account_id, Passkey.credential == answer.credential)
    ).first()
    count = _ceremonies().new_count(answer, _site(settings), row.public_key, row.sign_count) if row else None
    return None if row is None or count is None else (answer, row.id, count)


def _is_open(session: Session, challenge: str, account_id: int, now: datetime) -> bool:
    try:
        return look_up(session, challenge, Purpose.PASSKEY, now=now).account_id == account_id
    except Conflict:
        return False


def _take_challenge(session: Session, answer: Any, account_id: int, now: datetime) -> bool:
    try:
        return use(session, answer.challenge, Purpose.PASSKEY, now=now).account_id == account_id
    except Conflict:
        return False


def _known(session: Session, account_id: int) -> list[bytes]:
    return list(session.scalars(select(Passkey.credential).where(Passkey.account_id == account_id)))


def _site(settings: Settings) -> Any:
    return _ceremonies().Site(settings.host, settings.base_url)


def _ceremonies() -> Any:
    from participation.accounts import ceremonies

    return ceremonies
