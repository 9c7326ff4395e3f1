"""What happens to workshops. Bodies hold ids and states; no fact says who applied or takes part."""

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


EVENTS = (WorkshopOpened, WorkshopMoved, WorkshopCalledOff, WorkshopChanged, MemberAdded)
