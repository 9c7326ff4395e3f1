"""Two proposals that say the same become one."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ProposalMerged(Fact):
    """`supports` is the number that `into_id` has afterwards. Private part: the reason."""

    TYPE = "proposal.merged"
    AUDITED = True
    SAYS = N_("The secretariat merged a proposal into another one.")
    proposal_id: int
    into_id: int
    supports: int
