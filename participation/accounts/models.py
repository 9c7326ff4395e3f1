"""Accounts, their roles by scope, their verifications, their sessions, what they prove themselves by."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from participation.db import Base, BigId, UTCDateTime

PLATFORM_ROLES = ("secretariat", "administrator", "auditor")
VERIFICATIONS = ("resident", "worker", "student", "adult")
AGE_BANDS = ("under18", "18-29", "30-44", "45-59", "60-74", "75+")


class Account(Base):
    """A person. Erasure empties what is personal and keeps the row, so that contributions keep an author."""

    __tablename__ = "account"
    __table_args__ = (Index("ix_account_created_at", "created_at"), Index("ix_account_erased_at", "erased_at"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    email_confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    password_hash: Mapped[str | None] = mapped_column(Text)
    name: Mapped[str] = mapped_column(String(80), default="")
    locale: Mapped[str] = mapped_column(String(5), default="ja")
    area_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("area.id"))
    age_band: Mapped[str] = mapped_column(String(10), default="")
    ref: Mapped[str | None] = mapped_column(String(32), unique=True)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    blocked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    blocked_reason: Mapped[str] = mapped_column(Text, default="")
    erased_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    unread: Mapped[int] = mapped_column(default=0)
    managed: Mapped[bool] = mapped_column(Boolean, default=False)  # entered by the desk for somebody who came in person


class RoleGrant(Base):
    """A role in a scope; platform-wide roles have the scope ('platform', 0)."""

    __tablename__ = "role_grant"
    __table_args__ = (UniqueConstraint("account_id", "role", "scope_kind", "scope_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    role: Mapped[str] = mapped_column(String(30))
    scope_kind: Mapped[str] = mapped_column(String(30), default="platform")
    scope_id: Mapped[int] = mapped_column(BigId, default=0)
    granted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    granted_at: Mapped[datetime] = mapped_column(UTCDateTime)


class Verification(Base):
    """What is known of a person and how. `identity` is a keyed hash of the identifying fields, unique over accounts."""

    __tablename__ = "verification"
    __table_args__ = (UniqueConstraint("account_id", "kind"), UniqueConstraint("kind", "identity"))

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    kind: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))  # secretariat | oidc | register
    identity: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    verified_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    verified_at: Mapped[datetime] = mapped_column(UTCDateTime)


class SignIn(Base):
    """A session: only the hash of its key is stored."""

    __tablename__ = "sign_in"
    __table_args__ = (Index("ix_sign_in_account_id", "account_id"),)

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime] = mapped_column(UTCDateTime)  # when the password (or provider) was last asked
    user_agent: Mapped[str] = mapped_column(String(200), default="")


class ApiToken(Base):
    __tablename__ = "api_token"
    __table_args__ = (Index("ix_api_token_account_id", "account_id"),)

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(String(80), default="")
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class OneTimeToken(Base):
    """A mailed link: works once, until `expires_at`, for its purpose alone; only its hash is stored."""

    __tablename__ = "one_time_token"
    __table_args__ = (
        Index("ix_one_time_token_purpose_email", "purpose", "email"),
        Index("ix_one_time_token_expires_at", "expires_at"),
    )

    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"), index=True)
    email: Mapped[str | None] = mapped_column(String(254))
    payload: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Authenticator(Base):
    """A person's second factor: the secret that an app on their device shares with us, encrypted (see `totp`). It
    counts once `confirmed_at` is set; `last_step` is the time step of the newest code that was taken."""

    __tablename__ = "authenticator"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    secret: Mapped[bytes] = mapped_column(LargeBinary(200))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    last_step: Mapped[int] = mapped_column(BigInteger, default=0)


class RecoveryCode(Base):
    """Lets in once when the device is lost; 120 random bits, so that a plain hash keeps it."""

    __tablename__ = "recovery_code"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Passkey(Base):
    """The public half of a key pair on a person's device; `sign_count` is what the device last said of its use."""

    __tablename__ = "passkey"
    __table_args__ = (Index("ix_passkey_account_id", "account_id"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    credential: Mapped[bytes] = mapped_column(LargeBinary(1023), unique=True)
    public_key: Mapped[bytes] = mapped_column(LargeBinary)
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[datetime] = mapped_column(UTCDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UTCDateTime)


class Identity(Base):
    """Who a person is at a sign-in provider: the issuer and its name for them, nothing else (OpenID Connect 5.7)."""

    __tablename__ = "identity"
    __table_args__ = (UniqueConstraint("account_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(200), primary_key=True)
    sub: Mapped[str] = mapped_column(String(255), primary_key=True)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    linked_at: Mapped[datetime] = mapped_column(UTCDateTime)


class OidcAttempt(Base):
    """A sign-in under way at a provider: what the answer must match. One use; bound to the browser by a cookie."""

    __tablename__ = "oidc_attempt"
    __table_args__ = (Index("ix_oidc_attempt_expires_at", "expires_at"),)

    state_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    browser_hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    provider: Mapped[str] = mapped_column(String(40))
    nonce: Mapped[str] = mapped_column(String(64))
    verifier: Mapped[str] = mapped_column(String(128))
    next: Mapped[str] = mapped_column(Text, default="/")
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))  # who links, while signed in
    expires_at: Mapped[datetime] = mapped_column(UTCDateTime)


class RegisterEntry(Base):
    """A person of an uploaded register, as a keyed hash of the identifying fields."""

    __tablename__ = "register_entry"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    identity: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    uploaded_at: Mapped[datetime] = mapped_column(UTCDateTime)
