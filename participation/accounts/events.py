"""What happens to accounts. Audited facts name a person by their random `ref`, which an erasure cuts off."""

from dataclasses import dataclass
from typing import ClassVar

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class AccountCreated(Fact):
    TYPE: ClassVar[str] = "account.created"

    account_id: int
    way: str  # email | oidc | participation | command | desk


@dataclass(frozen=True, kw_only=True)
class SignedIn(Fact):
    TYPE: ClassVar[str] = "account.signed_in"

    account_id: int
    way: str  # password | link | oidc
    factor: str = ""  # the second one: totp | passkey | recovery_code


@dataclass(frozen=True, kw_only=True)
class CredentialsChanged(Fact):
    TYPE: ClassVar[str] = "account.credentials_changed"

    account_id: int
    what: str  # password | email | identity_linked | identity_unlinked | token_created | token_revoked
    # | recovery_codes_made | recovery_code_used


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Fact):
    """A person is called otherwise now, or by no name at all: what shows names by itself (the search index) looks."""

    TYPE: ClassVar[str] = "account.profile_changed"

    account_id: int


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Fact):
    TYPE: ClassVar[str] = "role.granted"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A role was given to an account")

    account_ref: str
    role: str
    scope_kind: str
    scope_id: int


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Fact):
    TYPE: ClassVar[str] = "role.revoked"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A role was taken from an account")

    account_ref: str
    role: str
    scope_kind: str
    scope_id: int


@dataclass(frozen=True, kw_only=True)
class AccountBlocked(Fact):
    """The reason stands in the private part."""

    TYPE: ClassVar[str] = "account.blocked"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("An account was blocked")

    account_ref: str


@dataclass(frozen=True, kw_only=True)
class AccountUnblocked(Fact):
    TYPE: ClassVar[str] = "account.unblocked"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("An account was opened again")

    account_ref: str


@dataclass(frozen=True, kw_only=True)
class AccountVerified(Fact):
    TYPE: ClassVar[str] = "account.verified"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("Something about a person was confirmed")

    account_ref: str
    kind: str
    method: str


@dataclass(frozen=True, kw_only=True)
class VerificationWithdrawn(Fact):
    TYPE: ClassVar[str] = "account.verification_withdrawn"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A confirmation about a person was withdrawn")

    account_ref: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class SecondFactorAdded(Fact):
    TYPE: ClassVar[str] = "account.second_factor_added"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A second factor was added to an account")

    account_ref: str
    factor: str  # totp | passkey


@dataclass(frozen=True, kw_only=True)
class SecondFactorRemoved(Fact):
    TYPE: ClassVar[str] = "account.second_factor_removed"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A second factor was taken from an account")

    account_ref: str
    by: str  # owner | desk | command


@dataclass(frozen=True, kw_only=True)
class RegisterUploaded(Fact):
    TYPE: ClassVar[str] = "register.uploaded"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A register for verification was uploaded")

    kind: str
    entries: int


@dataclass(frozen=True, kw_only=True)
class AccountErased(Fact):
    TYPE: ClassVar[str] = "account.erased"
    AUDITED: ClassVar[bool] = True
    SAYS: ClassVar[str] = N_("A person erased their account")

    account_ref: str


EVENTS = (
    AccountCreated,
    SignedIn,
    CredentialsChanged,
    ProfileChanged,
    RoleGranted,
    RoleRevoked,
    AccountBlocked,
    AccountUnblocked,
    AccountVerified,
    VerificationWithdrawn,
    SecondFactorAdded,
    SecondFactorRemoved,
    RegisterUploaded,
    AccountErased,
)
