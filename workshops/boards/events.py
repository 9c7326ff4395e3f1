"""What happens on the day that others may want to know."""

from dataclasses import dataclass

from participation.events import Fact


@dataclass(frozen=True, kw_only=True)
class TeamsMade(Fact):
    """The members were parted into teams. `proved`: no other parting is more even (see `balancing`)."""

    TYPE = "workshop.teams_made"
    workshop_id: int
    teams: int
    proved: bool


EVENTS = (TeamsMade,)
