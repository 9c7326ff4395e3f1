"""What happened to proposals. Titles and texts go into the private part: the log holds only a commitment to them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ProposalPublished(Fact):
    """Private part: title, body."""

    TYPE = "proposal.published"
    AUDITED = True
    SAYS = N_("A proposal was published")
    proposal_id: int
    process_id: int


@dataclass(frozen=True, kw_only=True)
class ProposalEdited(Fact):
    """A new version of a published text. Private part: title, body, reason."""

    TYPE = "proposal.edited"
    AUDITED = True
    SAYS = N_("A proposal was given a new version")
    proposal_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Fact):
    TYPE = "proposal.withdrawn"
    AUDITED = True
    SAYS = N_("A proposal was withdrawn")
    proposal_id: int
