"""The evidence record of a signature: one canonical JSON text (RFC 8785), hashed into the audit log and sealed.

Its parts follow what an agreement by a click must be able to show later: which bytes were offered, who agreed in whose
name and by what authority, the sentence of intent and each article's own acknowledgement, when, from where, and how
the person was known. The seal is Ed25519 (RFC 8032) with a key of the platform, derived from its secret. The level is
said as it is: a click after the password, and after a one-time code or a passkey where the person has a second factor
("click+2FA"); no certificate of the person's own (Act on Electronic Signatures, art. 2; the presumption of art. 3 is
not claimed).
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from participation.accounts.models import Account, Identity
from participation.events import canonical, microseconds
from participation.keys import derive_key
from participation.organisations.models import Mandate, MandateRole
from participation.policy import Actor
from participation.release import release
from participation.web.markdown import render_markdown
from rules.signing.cases import SigningCase

SCHEMA = 1
FACTORS = {
    "totp": {"name": "one-time code (TOTP)", "standard": "RFC 6238"},
    "passkey": {"name": "passkey, unlocked by its owner", "standard": "W3C Web Authentication Level 2"},
}
PRIVATE = ("signer", "context")  # parts that no public copy holds


@dataclass(frozen=True)
class Means:
    """How the declaration reached us. `proof`: password | recent_sign_in | api_token; `factor`: totp | passkey, where a
    second one was asked for."""

    proof: str
    ip: str
    user_agent: str
    session_key: str
    base_url: str
    factor: str = ""


@dataclass(frozen=True)
class Declaration:
    """What the signatory declared; `sentence` is shown in `locale`, `control` is the word on the button."""

    name: str
    title: str
    authority: str
    sentence: str
    locale: str
    control: str


def evidence_text(
    session: Session, actor: Actor, case: SigningCase, said: Declaration, means: Means, now: datetime
) -> str:
    """The record of this signature."""
    record = {
        "evidence_id": secrets.token_hex(16),
        "schema_version": SCHEMA,
        "document": _document(case, said.locale, means.base_url),
        "signer": _signer(session, actor, said),
        "party": {
            "organisation_id": case.organisation_id,
            "name": case.organisation.name.to("ja"),
            "corporate_number": case.organisation.corporate_number,
            "registered_address": case.organisation.address,
        },
        "authority": {"title": said.title, "basis": said.authority, **_mandate(session, actor, case)},
        "intent": {
            "sentence": said.sentence,
            "sha256": _sha256(said.sentence),
            "language": said.locale,
            "control": said.control,
            "articles": {key: _acknowledged(case, key) for key in case.keys},
        },
        "time": {"server_utc_us": microseconds(now), "zone": "UTC"},
        "context": {
            "ip": means.ip,
            "user_agent": means.user_agent[:200],
            "session_sha256": _sha256(means.session_key) if means.session_key else None,
            "app_version": release(),
        },
        "method": _method(means, now),
    }
    return canonical(record)


def _method(means: Means, now: datetime) -> dict[str, Any]:
    """The level, and by what the signatory was known when the button was pressed."""
    if not means.factor:
        return {"level": "click", "reauthentication": means.proof, "second_factor": None}
    used = {"method": means.factor, "verified_utc_us": microseconds(now), **FACTORS[means.factor]}
    return {"level": "click+2FA", "reauthentication": means.proof, "second_factor": used}


def _document(case: SigningCase, locale: str, base_url: str) -> dict[str, Any]:
    shown = "\n".join(f"{each.heading.to(locale)}\n{render_markdown(each.body.to(locale))}" for each in case.sections)
    return {
        "id": case.document.id,
        "slug": case.document.slug,
        "version": case.version.number,
        "title": case.version.title.to(locale),
        "sha256": case.version.sha256,
        "language": locale,
        "url": f"{base_url}/documents/{case.document.slug}/{case.version.number}/text.json",
        "rendered_html_sha256": _sha256(shown),
    }


def _signer(session: Session, actor: Actor, said: Declaration) -> dict[str, Any]:
    account = session.get_one(Account, actor.id)
    identities = session.execute(select(Identity.issuer, Identity.sub).where(Identity.account_id == actor.id))
    confirmed = account.email_confirmed_at
    return {
        "account_id": account.id,
        "name_as_typed": said.name,
        "account_name": account.name,
        "email": account.email,
        "email_confirmed_utc_us": microseconds(confirmed) if confirmed else None,
        "identities": [{"issuer": row.issuer, "sub": row.sub} for row in identities],
        "verifications": sorted(actor.verifications),
    }


def _mandate(session: Session, actor: Actor, case: SigningCase) -> dict[str, Any]:
    """Since when, and by whom, this person was the organisation's signatory."""
    wanted = (Mandate.organisation_id == case.organisation_id, Mandate.account_id == actor.id)
    row = session.scalars(
        select(Mandate).where(*wanted, Mandate.role == MandateRole.SIGNATORY, Mandate.ended_at.is_(None))
    ).first()
    if row is None:
        return {"mandate_id": None}
    return {
        "mandate_id": row.id,
        "mandate_since_utc_us": microseconds(row.granted_at),
        "mandate_granted_by": row.granted_by_id,
    }


def _acknowledged(case: SigningCase, key: str) -> dict[str, Any]:
    at = case.acknowledged.get(key)
    if at is not None:
        return {"acknowledged_utc_us": microseconds(at)}
    return {"unchanged_since_version": case.last_number}


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def hash_of(evidence: str) -> str:
    return _sha256(evidence)


def seal(secret: bytes, evidence: str) -> str:
    """The platform's signature over the record, in hexadecimal."""
    return _key(secret).sign(evidence.encode()).hex()


def public_key(secret: bytes) -> str:
    return _key(secret).public_key().public_bytes_raw().hex()


def is_sealed(secret: bytes, evidence: str, sealed: str) -> bool:
    """Whether this platform sealed exactly this record."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key(secret)))
    try:
        key.verify(bytes.fromhex(sealed), evidence.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def _key(secret: bytes) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(derive_key(secret, "signature-evidence"))
