"""What happens on an organisation's way with the council."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class MembershipApplied(Fact):
    TYPE = "membership.applied"
    AUDITED = True
    SAYS = N_("An organisation applied to join the council")
    organisation_id: int


@dataclass(frozen=True, kw_only=True)
class MembershipDecided(Fact):
    TYPE = "membership.decided"
    AUDITED = True
    SAYS = N_("The council decided about an organisation's membership")
    organisation_id: int
    to: str  # the stage
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class MembershipLeft(Fact):
    TYPE = "membership.left"
    AUDITED = True
    SAYS = N_("An organisation left the council")
    organisation_id: int
    step: int


EVENTS = (MembershipApplied, MembershipDecided, MembershipLeft)
