"""What happens to workshops. Bodies hold ids, states and numbers of the pool; no fact says who applied."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class WorkshopOpened(Fact):
    """Its call: everybody sees the workshop from now on. `rules_sha256` is that of places, questions and quotas."""

    TYPE = "workshop.opened"
    AUDITED = True
    SAYS = N_("A workshop was announced and called for applications.")
    workshop_id: int
    rules_sha256: str


@dataclass(frozen=True, kw_only=True)
class WorkshopMoved(Fact):
    TYPE = "workshop.moved"
    AUDITED = True
    SAYS = N_("A workshop took its next step.")
    workshop_id: int
    to: str


@dataclass(frozen=True, kw_only=True)
class WorkshopCalledOff(Fact):
    TYPE = "workshop.called_off"
    AUDITED = True
    SAYS = N_("A workshop was called off.")
    workshop_id: int


@dataclass(frozen=True, kw_only=True)
class WorkshopChanged(Fact):
    """Its time or place, once it was announced: for those who mean to come."""

    TYPE = "workshop.changed"
    workshop_id: int
    fields: str


@dataclass(frozen=True, kw_only=True)
class MemberAdded(Fact):
    TYPE = "workshop.member_added"
    workshop_id: int
    member_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationMade(Fact):
    """One that counts: its address is confirmed."""

    TYPE = "workshop.application_made"
    workshop_id: int


@dataclass(frozen=True, kw_only=True)
class ApplicationWithdrawn(Fact):
    """`number` is that of the pool; while the call runs, nothing is left of the application."""

    TYPE = "workshop.application_withdrawn"
    workshop_id: int
    number: str


@dataclass(frozen=True, kw_only=True)
class ApplicationsErased(Fact):
    """The time was over for which applicants had agreed."""

    TYPE = "workshop.applications_erased"
    AUDITED = True
    SAYS = N_("The applications to a workshop were deleted, as was promised.")
    workshop_id: int
    applications: int


EVENTS = (
    WorkshopOpened,
    WorkshopMoved,
    WorkshopCalledOff,
    WorkshopChanged,
    MemberAdded,
    ApplicationMade,
    ApplicationWithdrawn,
    ApplicationsErased,
)
