"""What happens to challenges and to the sheets that answer them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ChallengeDrafted(Fact):
    TYPE = "challenge.drafted"
    challenge_id: int


@dataclass(frozen=True, kw_only=True)
class ChallengeMoved(Fact):
    TYPE = "challenge.moved"
    AUDITED = True
    SAYS = N_("A challenge was posted, closed or withdrawn")
    challenge_id: int
    to: str  # the state
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class ChallengeChanged(Fact):
    TYPE = "challenge.changed"
    AUDITED = True
    SAYS = N_("A challenge that takes solution sheets was changed")
    challenge_id: int
    fields: str  # names of what was changed, with commas between them
    step: int  # number of the row that holds the reason and what stood there


@dataclass(frozen=True, kw_only=True)
class ChallengeMatched(Fact):
    TYPE = "challenge.matched"
    AUDITED = True
    SAYS = N_("A challenge became a pilot with the members that offer its solution")
    challenge_id: int
    pilot_id: int
    sheets: str  # numbers of the chosen ones, with commas between them


@dataclass(frozen=True, kw_only=True)
class SheetMoved(Fact):
    """Handed in, changed or withdrawn by its organisation."""

    TYPE = "challenge.sheet_moved"
    challenge_id: int
    sheet_id: int
    organisation_id: int
    to: str


EVENTS = (ChallengeDrafted, ChallengeMoved, ChallengeChanged, ChallengeMatched, SheetMoved)
