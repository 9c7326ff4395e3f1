"""What happens to purposes and consents. The log says that somebody gave or withdrew a consent; who, and which one,
stands behind a salted commitment."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ConsentServiceEntered(Fact):
    TYPE = "consent.service_entered"
    AUDITED = True
    SAYS = N_("A service that asks for data was entered")
    service_id: int
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class PurposeSubmitted(Fact):
    TYPE = "consent.purpose_submitted"
    purpose_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class PurposeReturned(Fact):
    TYPE = "consent.purpose_returned"
    purpose_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class PurposePublished(Fact):
    TYPE = "consent.purpose_published"
    AUDITED = True
    SAYS = N_("The words were published for which a service asks for data")
    purpose_id: int
    version_id: int
    number: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class PurposeRetired(Fact):
    TYPE = "consent.purpose_retired"
    AUDITED = True
    SAYS = N_("A service stopped asking for data for a purpose")
    purpose_id: int
    version_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentGiven(Fact):
    """`consent` is the code of the receipt, by which whoever holds that finds the entry."""

    TYPE = "consent.given"
    AUDITED = True
    SAYS = N_("Somebody gave a consent")
    consent: str


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Fact):
    TYPE = "consent.withdrawn"
    AUDITED = True
    SAYS = N_("Somebody withdrew a consent")
    consent: str


@dataclass(frozen=True, kw_only=True)
class ConsentTokenMade(Fact):
    TYPE = "consent.token_made"
    AUDITED = True
    SAYS = N_("A service got a key with which it asks for consents")
    service_id: int


@dataclass(frozen=True, kw_only=True)
class ConsentTokenRevoked(Fact):
    TYPE = "consent.token_revoked"
    AUDITED = True
    SAYS = N_("A key of a service was revoked")
    service_id: int


@dataclass(frozen=True, kw_only=True)
class WebhookSet(Fact):
    TYPE = "consent.webhook_set"
    AUDITED = True
    SAYS = N_("It was set where a service is told of consents")
    service_id: int


EVENTS = (
    ConsentTokenMade,
    ConsentTokenRevoked,
    WebhookSet,
    ConsentServiceEntered,
    PurposeSubmitted,
    PurposeReturned,
    PurposePublished,
    PurposeRetired,
    ConsentGiven,
    ConsentWithdrawn,
)
