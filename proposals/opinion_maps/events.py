"""What happened to opinion maps. How somebody voted is in no fact: the log shows that there was a vote."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class OpinionMapMoved(Fact):
    TYPE = "opinion_map.moved"
    AUDITED = True
    SAYS = N_("An opinion map was opened or closed")
    opinion_map_id: int
    to: str


@dataclass(frozen=True, kw_only=True)
class OpinionMapJoined(Fact):
    """Somebody's first vote."""

    TYPE = "opinion_map.joined"
    opinion_map_id: int


@dataclass(frozen=True, kw_only=True)
class OpinionGiven(Fact):
    TYPE = "opinion_map.voted"
    AUDITED = True
    SAYS = N_("Somebody voted on a statement of an opinion map")
    opinion_map_id: int


@dataclass(frozen=True, kw_only=True)
class StatementAdded(Fact):
    """Private part: text."""

    TYPE = "opinion_map.statement_added"
    AUDITED = True
    SAYS = N_("A statement was added to an opinion map")
    opinion_map_id: int
    statement_id: int


@dataclass(frozen=True, kw_only=True)
class StatementDecided(Fact):
    """Private part: reason."""

    TYPE = "opinion_map.statement_decided"
    AUDITED = True
    SAYS = N_("A statement of an opinion map was accepted or declined")
    opinion_map_id: int
    statement_id: int
    to: str


@dataclass(frozen=True, kw_only=True)
class VotesImported(Fact):
    TYPE = "opinion_map.imported"
    AUDITED = True
    SAYS = N_("Votes of another platform were brought into an opinion map")
    opinion_map_id: int
    participants: int
    votes: int


EVENTS = (OpinionMapMoved, OpinionMapJoined, OpinionGiven, StatementAdded, StatementDecided, VotesImported)
