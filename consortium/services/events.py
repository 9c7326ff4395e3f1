"""What happens to a service of the catalogue."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ServiceEntered(Fact):
    TYPE = "service.entered"
    service_id: int


@dataclass(frozen=True, kw_only=True)
class ServicePublished(Fact):
    TYPE = "service.published"
    AUDITED = True
    SAYS = N_("A service came into the catalogue")
    service_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class ServiceChanged(Fact):
    TYPE = "service.changed"
    AUDITED = True
    SAYS = N_("What the catalogue says of a service was changed")
    service_id: int
    version: int
    fields: str  # names of what was changed, with commas between them


@dataclass(frozen=True, kw_only=True)
class ServiceMoved(Fact):
    TYPE = "service.moved"
    AUDITED = True
    SAYS = N_("A service was started or ended")
    service_id: int
    to: str  # the state
    step: int  # number of the row that holds day and reason


EVENTS = (ServiceEntered, ServicePublished, ServiceChanged, ServiceMoved)
