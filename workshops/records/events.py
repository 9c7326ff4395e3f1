"""What happens to records. Bodies hold ids; whoever is on a photo or in a team stands in none of them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class RecordPublished(Fact):
    TYPE = "workshop.record_published"
    AUDITED = True
    SAYS = N_("The record of a workshop was published.")
    workshop_id: int
    posters: int
    photos: int


@dataclass(frozen=True, kw_only=True)
class RecordChanged(Fact):
    """After its publication: a correction, or a photo that somebody on it does not want shown any more."""

    TYPE = "workshop.record_changed"
    AUDITED = True
    SAYS = N_("A published record of a workshop was changed.")
    workshop_id: int
    what: str


EVENTS = (RecordPublished, RecordChanged)
