"""What happens to supports."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ProposalSupported(Fact):
    TYPE = "proposal.supported"
    AUDITED = True
    SAYS = N_("Somebody supported a proposal.")
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class SupportWithdrawn(Fact):
    TYPE = "proposal.support_withdrawn"
    AUDITED = True
    SAYS = N_("Somebody withdrew their support of a proposal.")
    proposal_id: int
