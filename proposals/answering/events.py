"""What the city does with a proposal."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ReviewBegun(Fact):
    TYPE = "proposal.review_begun"
    AUDITED = True
    SAYS = N_("The city began to review a proposal.")
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalAnswered(Fact):
    """Private part: reasons, department, cost (free texts; the log holds a commitment to them)."""

    TYPE = "proposal.answered"
    AUDITED = True
    SAYS = N_("The city answered a proposal.")
    proposal_id: int
    number: int
    state: str
