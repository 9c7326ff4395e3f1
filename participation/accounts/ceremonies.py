"""What devices and we say to one another about passkeys (W3C Web Authentication, Level 2, section 7). Whoever holds the
device must have unlocked it there (user verification). The library is met here alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import webauthn
from webauthn.helpers import (
    options_to_json,
    parse_authentication_credential_json,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

MALFORMED = (WebAuthnException, ValueError, KeyError, TypeError, AttributeError)
VERIFIED = UserVerificationRequirement.REQUIRED


@dataclass(frozen=True)
class Site:
    """Where the key counts: a passkey that was made for one host signs for no other."""

    host: str
    origin: str


@dataclass(frozen=True)
class Made:
    credential: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Answer:
    """What a device sent, not yet believed: which challenge it says to have signed, with which key."""

    text: str
    challenge: str
    credential: bytes


def ask_for_key(site: Site, title: str, ref: str, name: str, challenge: str, known: Sequence[bytes]) -> str:
    """The JSON of the options for a new key of this person; devices in `known` are not to make a second one."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=title,
        user_id=ref.encode(),
        user_name=name,
        challenge=challenge.encode(),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=VERIFIED
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


def ask_for_proof(site: Site, challenge: str, known: Sequence[bytes]) -> str:
    """The JSON of the options for signing the challenge with one of the keys in `known`."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        challenge=challenge.encode(),
        allow_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
        user_verification=VERIFIED,
    )
    return options_to_json(options)


def read_answer(text: str, *, new: bool) -> Answer | None:
    """What the device sent for a new key or for a proof; None if it cannot be read."""
    try:
        sent = parse_registration_credential_json(text) if new else parse_authentication_credential_json(text)
        challenge = parse_client_data_json(sent.response.client_data_json).challenge.decode()
    except MALFORMED:
        return None
    return Answer(text, challenge, sent.raw_id)


def new_key(answer: Answer, site: Site) -> Made | None:
    """Section 7.1; None if the answer does not hold. No attestation is asked: any maker's device will do."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer.text,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    except MALFORMED:
        return None
    return Made(made.credential_id, made.credential_public_key, made.sign_count)


def new_count(answer: Answer, site: Site, public_key: bytes, sign_count: int) -> int | None:
    """Section 7.2: how often the device says it signed; None if the signature does not hold or the count went back,
    as it does where a key was copied."""
    try:
        return webauthn.verify_authentication_response(
            credential=answer.text,
            expected_challenge=answer.challenge.encode(),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        ).new_sign_count
    except MALFORMED:
        return None
