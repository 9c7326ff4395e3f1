"""Taking one's data along, and being forgotten.

Contributions that others answered or supported stay, under the words for somebody who has left; what is personal goes.
The audit log stays verifiable: its entries name people by a random mark, and the mark's owner is forgotten here.
"""

from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.orm import Session

from participation.accounts.events import AccountErased, ProfileChanged
from participation.accounts.models import (
    Account,
    ApiToken,
    Authenticator,
    Identity,
    OidcAttempt,
    OneTimeToken,
    Passkey,
    RecoveryCode,
    RoleGrant,
    SignIn,
    Verification,
)
from participation.accounts.policy import may_change_own
from participation.accounts.profile import own_account
from participation.audit.actions import erase_private_of
from participation.component import Registry
from participation.events import Event, record
from participation.mail.models import Mail
from participation.policy import Actor, ensure
from participation.portability import as_plain

OWN = (
    Account.id,
    Account.email,
    Account.email_confirmed_at,
    Account.name,
    Account.locale,
    Account.area_id,
    Account.age_band,
    Account.created_at,
    Account.ref,
)
OWNED = (SignIn, ApiToken, Authenticator, RecoveryCode, Passkey, Identity, OidcAttempt, RoleGrant, Verification)


def export(session: Session, actor: Actor, registry: Registry) -> dict[str, Any]:
    """Everything that is kept about this person, by component; values that JSON can hold."""
    ensure(may_change_own(actor))
    account = session.get_one(Account, actor.id)
    data: dict[str, Any] = {"account": _account(session, account)}
    for component in registry.components:
        if hook := component.hooks.get("export_account"):
            data[component.name] = hook(session, account.id)
    return data


def _account(session: Session, account: Account) -> dict[str, Any]:
    rows, mine = partial(as_plain, session), account.id
    return {
        **rows(select(*OWN).where(Account.id == mine))[0],
        "has_password": account.password_hash is not None,
        "roles": rows(
            select(RoleGrant.role, RoleGrant.scope_kind, RoleGrant.scope_id, RoleGrant.granted_at).where(
                RoleGrant.account_id == mine
            )
        ),
        "verifications": rows(
            select(Verification.kind, Verification.method, Verification.verified_at).where(
                Verification.account_id == mine
            )
        ),
        "sessions": rows(
            select(SignIn.created_at, SignIn.seen_at, SignIn.user_agent).where(SignIn.account_id == mine)
        ),
        "identities": rows(
            select(Identity.issuer, Identity.sub, Identity.linked_at).where(Identity.account_id == mine)
        ),
        "second_factor": rows(
            select(Authenticator.created_at, Authenticator.confirmed_at).where(Authenticator.account_id == mine)
        ),
        "passkeys": rows(
            select(Passkey.name, Passkey.created_at, Passkey.used_at).where(Passkey.account_id == mine)
        ),
        "recovery_codes": rows(select(RecoveryCode.used_at).where(RecoveryCode.account_id == mine)),
        "api_tokens": rows(
            select(ApiToken.name, ApiToken.created_at, ApiToken.revoked_at).where(ApiToken.account_id == mine)
        ),
        "activity": rows(
            select(Event.type, Event.at, Event.subject_id).where(Event.actor_id == mine).order_by(Event.id)
        ),
    }


def erase_account(session: Session, actor: Actor, registry: Registry, now: datetime) -> None:
    """Forget this person. Components are asked first, while the account still says who it is."""
    account = own_account(session, actor)
    for hook in registry.hooks("erase_account"):
        hook(session, account.id, now)
    record(session, AccountErased(account_ref=account.ref or ""), actor=actor, now=now)
    record(session, ProfileChanged(account_id=account.id), actor=None, now=now)
    erase_private_of(session, account.id, actor=actor, now=now)
    # the person's entries stay; who they were is forgotten
    forget = update(Event).where(Event.actor_id == account.id).values(actor_id=None)
    session.execute(forget, execution_options={"synchronize_session": False})
    by_email = OneTimeToken.email == account.email if account.email else False
    session.execute(delete(OneTimeToken).where(or_(OneTimeToken.account_id == account.id, by_email)))
    if account.email:
        session.execute(delete(Mail).where(Mail.recipient == account.email))
    for model in OWNED:
        session.execute(delete(model).where(model.account_id == account.id))
    _empty(account, now)
    session.flush()


def _empty(account: Account, now: datetime) -> None:
    account.email = account.email_confirmed_at = account.password_hash = account.area_id = account.ref = None
    account.name = account.age_band = account.blocked_reason = ""
    account.unread, account.erased_at = 0, now
