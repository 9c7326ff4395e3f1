"""One-time codes by the time (RFC 6238) as every authenticator app makes them: six digits, 30 seconds, SHA-1. Their
secret is kept encrypted: AES-256-GCM (NIST SP 800-38D) under a key derived from the platform's, bound to the account.
"""

import hmac
import secrets
from datetime import datetime

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from participation.keys import derive_key

STEP = 30  # seconds
DRIFT = 1  # steps that a device's clock may be off, either way (RFC 6238 5.2)
NONCE = 12  # bytes


def new_secret() -> str:
    """160 random bits (RFC 4226 4, R6) in base 32, as apps take them."""
    return pyotp.random_base32()


def enrolment_address(secret: str, email: str, issuer: str) -> str:
    """The `otpauth:` address that a QR code hands to the app."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=issuer)


def step_of(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The time step whose code this is: one beside the present at most, and later than `after`, the newest one that
    was taken (RFC 6238 5.2: a code is taken once). None if it is the code of no such step."""
    made, present = pyotp.TOTP(secret), step_of(now)
    steps = range(max(present - DRIFT, after + 1), present + DRIFT + 1)
    return next((step for step in steps if hmac.compare_digest(made.generate_otp(step), code)), None)


def seal_secret(key: bytes, account_id: int, secret: str) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + _cipher(key).encrypt(nonce, secret.encode(), _whose(account_id))


def unseal_secret(key: bytes, account_id: int, sealed: bytes) -> str | None:
    """None if it was sealed under another key or for another account."""
    try:
        return _cipher(key).decrypt(sealed[:NONCE], sealed[NONCE:], _whose(account_id)).decode()
    except InvalidTag:
        return None


def _cipher(key: bytes) -> AESGCM:
    return AESGCM(derive_key(key, "authenticator"))


def _whose(account_id: int) -> bytes:
    return f"account {account_id}".encode()
