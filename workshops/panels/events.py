"""What happens to draws. Bodies hold ids and digests; no fact says who was drawn or what they answered."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class SeedPromised(Fact):
    """With the call: the half of the seed that the platform made."""

    TYPE = "workshop.seed_promised"
    AUDITED = True
    SAYS = N_("The seed of a workshop's draw was fixed; its fingerprint is published.")
    workshop_id: int
    seed_sha256: str


@dataclass(frozen=True, kw_only=True)
class PoolFrozen(Fact):
    """At the close of the call: who is drawn from, by which quotas, and the public source of the other half."""

    TYPE = "workshop.pool_frozen"
    AUDITED = True
    SAYS = N_("The call of a workshop closed; applications and quotas of its draw were sealed.")
    workshop_id: int
    people: int
    seats: int
    pool_sha256: str
    quotas_sha256: str
    source_sha256: str


@dataclass(frozen=True, kw_only=True)
class QuotasEased(Fact):
    """Because no panel could meet them."""

    TYPE = "workshop.quotas_eased"
    AUDITED = True
    SAYS = N_("Quotas that no panel could meet were eased before a workshop's draw.")
    workshop_id: int
    seats: int
    quotas_sha256: str


@dataclass(frozen=True, kw_only=True)
class SeedCompleted(Fact):
    """The value of the public source was entered; `seed_sha256` is that of the whole seed."""

    TYPE = "workshop.seed_completed"
    AUDITED = True
    SAYS = N_("The public number of a workshop's draw was entered; its seed is complete.")
    workshop_id: int
    seed_sha256: str


@dataclass(frozen=True, kw_only=True)
class PanelDrawn(Fact):
    TYPE = "workshop.panel_drawn"
    AUDITED = True
    SAYS = N_("The places of a workshop were drawn.")
    workshop_id: int
    result_sha256: str


@dataclass(frozen=True, kw_only=True)
class InvitationMade(Fact):
    TYPE = "workshop.invitation_made"
    workshop_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationReminded(Fact):
    """The deadline is near."""

    TYPE = "workshop.invitation_reminded"
    workshop_id: int
    invitation_id: int


@dataclass(frozen=True, kw_only=True)
class InvitationAnswered(Fact):
    """Accepted, declined, withdrawn, or the deadline passed."""

    TYPE = "workshop.invitation_answered"
    workshop_id: int
    invitation_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class DayIsNear(Fact):
    """Whoever takes part is reminded of it."""

    TYPE = "workshop.day_is_near"
    workshop_id: int


EVENTS = (
    SeedPromised,
    PoolFrozen,
    QuotasEased,
    SeedCompleted,
    PanelDrawn,
    InvitationMade,
    InvitationReminded,
    InvitationAnswered,
    DayIsNear,
)
