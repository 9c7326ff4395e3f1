"""What happens between workshops and what comes after them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class PosterTurned(Fact):
    """`source` is "poster" or "note", `source_id` its number."""

    TYPE = "poster.turned"
    AUDITED = True
    SAYS = N_("A poster or an idea of a workshop was taken further.")
    source: str
    source_id: int
    team_id: int
    workshop_id: int
    into: str
    target_id: int


EVENTS = (PosterTurned,)
