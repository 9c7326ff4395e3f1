"""What happens to amendments."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class AmendmentSuggested(Fact):
    """Private part: title, body, reason."""

    TYPE = "amendment.suggested"
    AUDITED = True
    SAYS = N_("Somebody suggested other words for a proposal.")
    amendment_id: int
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentAccepted(Fact):
    """`version` is the version of the proposal that it became."""

    TYPE = "amendment.accepted"
    AUDITED = True
    SAYS = N_("The authors of a proposal accepted an amendment.")
    amendment_id: int
    proposal_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class AmendmentRejected(Fact):
    TYPE = "amendment.rejected"
    AUDITED = True
    SAYS = N_("The authors of a proposal did not accept an amendment.")
    amendment_id: int
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class AmendmentWithdrawn(Fact):
    TYPE = "amendment.withdrawn"
    AUDITED = True
    SAYS = N_("Somebody took an amendment back.")
    amendment_id: int
    proposal_id: int
