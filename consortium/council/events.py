"""What happens to the city's frame by a council file."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class CouncilLoaded(Fact):
    """A file changed the frame; `sha256` is the hash of its bytes."""

    TYPE = "council.loaded"
    AUDITED = True
    SAYS = N_("A council file was loaded")
    sha256: str
    areas: int
    categories: int
    documents: int
    kpis: int
    goals: int
    groups: int = 0  # with their people, steps and meetings
