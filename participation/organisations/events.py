"""What happens to organisations and to those who act for them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class OrganisationEntered(Fact):
    TYPE = "organisation.entered"
    AUDITED = True
    SAYS = N_("An organisation was entered")
    organisation_id: int
    kind: str
    corporate_number: str  # public by law; empty where there is none


@dataclass(frozen=True, kw_only=True)
class OrganisationChanged(Fact):
    TYPE = "organisation.changed"
    AUDITED = True
    SAYS = N_("What an organisation says of itself was changed")
    organisation_id: int
    fields: str  # comma-separated names of what changed


@dataclass(frozen=True, kw_only=True)
class MandateOffered(Fact):
    TYPE = "organisation.mandate_offered"
    organisation_id: int
    role: str


@dataclass(frozen=True, kw_only=True)
class MandateGranted(Fact):
    TYPE = "organisation.mandate_granted"
    AUDITED = True
    SAYS = N_("Somebody may act for an organisation from now on")
    organisation_id: int
    account_ref: str
    role: str


@dataclass(frozen=True, kw_only=True)
class MandateEnded(Fact):
    TYPE = "organisation.mandate_ended"
    AUDITED = True
    SAYS = N_("Somebody acts for an organisation no longer")
    organisation_id: int
    account_ref: str
    role: str


EVENTS = (OrganisationEntered, OrganisationChanged, MandateOffered, MandateGranted, MandateEnded)
