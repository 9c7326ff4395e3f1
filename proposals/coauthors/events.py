"""Who writes a proposal together."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class CoAuthorInvited(Fact):
    TYPE = "proposal.author_invited"
    proposal_id: int
    account_id: int


@dataclass(frozen=True, kw_only=True)
class CoAuthorJoined(Fact):
    TYPE = "proposal.author_joined"
    AUDITED = True
    SAYS = N_("Somebody became an author of a proposal.")
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class CoAuthorLeft(Fact):
    TYPE = "proposal.author_left"
    AUDITED = True
    SAYS = N_("Somebody ceased to be an author of a proposal.")
    proposal_id: int
