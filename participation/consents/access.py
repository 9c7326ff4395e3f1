"""Keys of services, and the codes by which a service learns what a person is called there."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.consents.events import ConsentTokenMade, ConsentTokenRevoked
from participation.consents.models import ConsentToken, LinkCode
from participation.consents.pairwise import new_code, subject_of
from participation.consents.policy import may_decide_own, may_manage
from participation.consents.queries import ServiceView
from participation.events import record
from participation.policy import N_, Actor, ensure
from participation.services import Services
from participation.web.errors import Conflict, NotFound

LIFE = timedelta(minutes=15)
LINK_LENGTH = 12  # 59 bits for a quarter of an hour
USED = N_("This code was used already, is too old, or belongs to another service. Please ask for a new one.")


# Asked at each use of somebody's data: built once.
_HOLDER = select(ConsentToken.service_id).where(
    ConsentToken.key_hash == bindparam("hash"), ConsentToken.revoked_at.is_(None)
)


def hash_key(key: str) -> bytes:
    return sha256(key.encode()).digest()


def make_token(session: Session, actor: Actor, service: ServiceView, name: str, *, now: datetime) -> str:
    """A new key of a service; returned once, stored as its hash."""
    ensure(may_manage(actor, service.controller_id))
    key = "sanpo_service_" + secrets.token_urlsafe(32)
    session.add(ConsentToken(key_hash=hash_key(key), service_id=service.id, name=name, made_at=now))
    record(session, ConsentTokenMade(service_id=service.id), actor=actor, subject_id=service.controller_id, now=now)
    return key


def revoke_token(session: Session, actor: Actor, service: ServiceView, token_id: str, *, now: datetime) -> None:
    """From now on this key opens nothing; `token_id` is its hash in hexadecimal. Raises NotFound."""
    ensure(may_manage(actor, service.controller_id))
    wanted = (ConsentToken.key_hash == _bytes(token_id), ConsentToken.service_id == service.id)
    ended = update(ConsentToken).where(*wanted, ConsentToken.revoked_at.is_(None)).values(revoked_at=now)
    if session.execute(ended.returning(ConsentToken.service_id)).first() is None:
        raise NotFound
    record(session, ConsentTokenRevoked(service_id=service.id), actor=actor, subject_id=service.controller_id, now=now)


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        raise NotFound from None


def tokens_of(session: Session, service_id: int) -> tuple[ConsentToken, ...]:
    """The keys that work, the newest first."""
    working = (ConsentToken.service_id == service_id, ConsentToken.revoked_at.is_(None))
    return tuple(session.scalars(select(ConsentToken).where(*working).order_by(ConsentToken.made_at.desc())))


def service_of_token(session: Session, key: str) -> int | None:
    """The service that holds this key, if it works."""
    return session.connection().execute(_HOLDER, {"hash": hash_key(key)}).scalar()


def make_link_code(session: Session, actor: Actor, service: ServiceView, *, now: datetime) -> str:
    """A code that the person types at the service; returned once. An earlier one ends."""
    ensure(may_decide_own(actor))
    mine = (LinkCode.account_id == actor.id, LinkCode.service_id == service.id)
    session.execute(delete(LinkCode).where(*mine))
    code = new_code(LINK_LENGTH)
    row = LinkCode(code_hash=hash_key(code), service_id=service.id, account_id=actor.id, expires_at=now + LIFE)
    session.add(row)
    return code


def use_link_code(session: Session, service_id: int, code: str, *, secret: bytes, now: datetime) -> str:
    """What the service calls the person who made the code. Each works once: of two at the same time, one succeeds.

    Raises:
        Conflict: used, too old, or of another service.
    """
    plain = code.replace("-", "").replace(" ", "").upper()
    usable = (LinkCode.code_hash == hash_key(plain), LinkCode.service_id == service_id)
    used = update(LinkCode).where(*usable, LinkCode.used_at.is_(None), LinkCode.expires_at > now).values(used_at=now)
    row = session.execute(used.returning(LinkCode.account_id)).first()
    ref = session.scalar(select(Account.ref).where(Account.id == row.account_id)) if row else None
    if ref is None:
        raise Conflict(USED)
    return subject_of(secret, service_id, ref)


def forget_codes(services: Services, now: datetime) -> None:
    """The worker's job: codes are worth nothing after their time."""
    with services.db.read() as session:
        if session.scalar(select(LinkCode.account_id).where(LinkCode.expires_at < now).limit(1)) is None:
            return
    services.db.write(lambda session: session.execute(delete(LinkCode).where(LinkCode.expires_at < now)), wake=False)
