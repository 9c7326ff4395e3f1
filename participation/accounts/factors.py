"""A second factor for an account: set up, asked for, lost, turned off.

Every use is one conditional UPDATE, so that of two at once with the same code one succeeds.
"""

import secrets
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participation.accounts import policy, totp
from participation.accounts.actions import find_account
from participation.accounts.events import CredentialsChanged, SecondFactorAdded, SecondFactorRemoved
from participation.accounts.models import Account, Authenticator, Passkey, RecoveryCode
from participation.accounts.profile import own_account
from participation.accounts.sessions import close_all_sessions, hash_key
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.mail import send_mail
from participation.policy import N_, Actor, ensure
from participation.web import Conflict

PATIENCE = timedelta(hours=1)  # between the QR code and its first code
CODES = 10
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that is taken for something else on paper
LENGTH, GROUP = 24, 4  # 120 bits: above the 112 of ASVS 6.5.2, so that a plain hash may keep them
HAS_ONE = N_("Your account has a second factor already.")
GONE = N_("Your account has no second factor any more.")
ADDED = (
    N_("A second factor was added to your account"),
    N_("From now on you are asked for a one-time code when you sign in. If that was not you, please tell the"
       " secretariat at once."),
)  # fmt: skip
REMOVED = (
    N_("The second factor of your account was removed"),
    N_("From now on nobody is asked for a one-time code. If that was not you, please choose a new password at once and"
       " tell the secretariat."),
)  # fmt: skip
ADDED_PASSKEY = (
    N_("A passkey was added to your account"),
    N_("It can be used instead of a one-time code. If that was not you, please choose a new password at once and tell"
       " the secretariat."),
)  # fmt: skip
REMOVED_PASSKEY = (
    N_("A passkey of your account was removed"),
    N_("It can be used no more. If that was not you, please choose a new password at once and tell the secretariat."),
)
USED = (
    N_("A recovery code of your account was used"),
    N_("Recovery codes that are left: %(left)s. If that was not you, please choose a new password at once and tell the"
       " secretariat."),
)  # fmt: skip


class Factor(StrEnum):
    TOTP = "totp"
    PASSKEY = "passkey"
    RECOVERY_CODE = "recovery_code"


def has_factor(session: Session, account_id: int) -> bool:
    return factor_since(session, account_id) is not None


def factor_since(session: Session, account_id: int) -> datetime | None:
    """When the account's second factor was confirmed; None without one."""
    return session.scalar(select(Authenticator.confirmed_at).where(Authenticator.account_id == account_id))


def codes_left(session: Session, account_id: int) -> int:
    left = select(func.count()).where(RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None))
    return session.scalar(left) or 0


def begin_set_up(session: Session, actor: Actor, key: bytes, now: datetime) -> None:
    """A new secret, which counts once a code of it was written back; one that waits since before is forgotten.

    Raises:
        Conflict: the account has a second factor already.
    """
    account = own_account(session, actor)
    waiting = delete(Authenticator).where(Authenticator.account_id == account.id, Authenticator.confirmed_at.is_(None))
    session.execute(waiting)
    sealed = totp.seal_secret(key, account.id, totp.new_secret())
    row = {"account_id": account.id, "secret": sealed, "created_at": now, "last_step": 0}
    adding = insert_ignore(Authenticator, dialect_name(session)).values(**row).returning(Authenticator.account_id)
    if session.execute(adding).first() is None:
        raise Conflict(HAS_ONE)


def waiting_secret(session: Session, actor: Actor, key: bytes, now: datetime) -> str | None:
    """The secret that waits for its first code; None if none does, or not any more."""
    row = session.execute(
        select(Authenticator.secret).where(
            Authenticator.account_id == actor.id,
            Authenticator.confirmed_at.is_(None),
            Authenticator.created_at > now - PATIENCE,
        )
    ).first()
    return None if row is None else totp.unseal_secret(key, actor.id or 0, row.secret)


def finish_set_up(session: Session, actor: Actor, key: bytes, code: str, now: datetime) -> list[str] | None:
    """The first code was written back: the factor counts, other sessions end. Returns the recovery codes, which are
    shown once; None if it is not the code."""
    account = own_account(session, actor)
    secret = waiting_secret(session, actor, key, now)
    step = totp.matching_step(secret, code, now, 0) if secret else None
    if step is None:
        return None
    confirmed = session.execute(
        update(Authenticator)
        .where(Authenticator.account_id == account.id, Authenticator.confirmed_at.is_(None))
        .values(confirmed_at=now, last_step=step)
        .returning(Authenticator.account_id)
    ).first()
    if confirmed is None:
        raise Conflict(HAS_ONE)
    close_all_sessions(session, account.id, but=actor.session_key)
    fact = SecondFactorAdded(account_ref=account.ref or "", factor=Factor.TOTP.value)
    record(session, fact, actor=actor, now=now)
    tell(session, account, ADDED, now)
    return _new_codes(session, account.id)


def is_code(session: Session, account_id: int, key: bytes, code: str, now: datetime) -> bool:
    """Whether the code would be taken now."""
    return _step(session, account_id, key, code, now) is not None


def take_code(session: Session, account_id: int, key: bytes, code: str, now: datetime) -> bool:
    """Use a one-time code up; False if it is not the code, or was used before."""
    step = _step(session, account_id, key, code, now)
    if step is None:
        return False
    taken = session.execute(
        update(Authenticator)
        .where(Authenticator.account_id == account_id, Authenticator.last_step < step)
        .values(last_step=step)
        .returning(Authenticator.account_id),
        execution_options={"synchronize_session": False},
    ).first()
    return taken is not None


def _step(session: Session, account_id: int, key: bytes, code: str, now: datetime) -> int | None:
    row = session.execute(
        select(Authenticator.secret, Authenticator.last_step).where(
            Authenticator.account_id == account_id, Authenticator.confirmed_at.is_not(None)
        )
    ).first()
    secret = totp.unseal_secret(key, account_id, row.secret) if row else None
    return totp.matching_step(secret, code, now, row.last_step) if row and secret else None


def take_recovery_code(session: Session, account_id: int, code: str, now: datetime) -> bool:
    """Use a recovery code up; its owner is told. False if it is none, or was used before."""
    taken = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.code_hash == hash_key(code),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=now)
        .returning(RecoveryCode.account_id),
        execution_options={"synchronize_session": False},
    ).first()
    if taken is None:
        return False
    account = find_account(session, account_id)
    person = Actor(id=account.id, ref=account.ref)
    record(session, CredentialsChanged(account_id=account.id, what="recovery_code_used"), actor=person, now=now)
    tell(session, account, USED, now, left=codes_left(session, account_id))
    return True


def make_recovery_codes(session: Session, actor: Actor, now: datetime) -> list[str]:
    """Ten new ones, shown once; those of before count no more.

    Raises:
        Conflict: the account has no second factor.
    """
    account = own_account(session, actor)
    if not has_factor(session, account.id):
        raise Conflict(GONE)
    fact = CredentialsChanged(account_id=account.id, what="recovery_codes_made")
    record(session, fact, actor=actor, now=now)
    return _new_codes(session, account.id)


def _new_codes(session: Session, account_id: int) -> list[str]:
    session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account_id))
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LENGTH)) for _ in range(CODES)]
    session.add_all(RecoveryCode(account_id=account_id, code_hash=hash_key(code)) for code in codes)
    return ["-".join(code[place : place + GROUP] for place in range(0, LENGTH, GROUP)) for code in codes]


def turn_off(session: Session, actor: Actor, now: datetime) -> None:
    """The owner, who proved both factors, does without from now on."""
    _remove(session, own_account(session, actor), "owner", actor, now)


def remove_lost(session: Session, actor: Actor, account_id: int, now: datetime) -> None:
    """An administrator takes away a factor that its owner has lost."""
    account = find_account(session, account_id)
    ensure(policy.may_remove_factor(actor, account))
    _remove(session, account, "desk", actor, now)


def remove_by_command(session: Session, account: Account, now: datetime) -> None:
    _remove(session, account, "command", None, now)


def _remove(session: Session, account: Account, by: str, actor: Actor | None, now: datetime) -> None:
    """Every other session ends: whoever has the device may sit in one."""
    gone = delete(Authenticator).where(Authenticator.account_id == account.id, Authenticator.confirmed_at.is_not(None))
    if session.execute(gone.returning(Authenticator.account_id)).first() is None:
        raise Conflict(N_("This account has no second factor."))
    for model in (RecoveryCode, Passkey):
        session.execute(delete(model).where(model.account_id == account.id))
    close_all_sessions(session, account.id, but=actor.session_key if actor else "")
    record(session, SecondFactorRemoved(account_ref=account.ref or "", by=by), actor=actor, now=now)
    tell(session, account, REMOVED, now)


def tell(session: Session, account: Account, said: tuple[str, str], now: datetime, **values: int) -> None:
    """Mail the owner what happened: a title and a sentence."""
    if account.email:
        told = {"title": said[0], "text": said[1], "values": values}
        send_mail(session, account.email, "accounts/mail/second_factor", told, account.locale, now)
