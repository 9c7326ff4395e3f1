"""What happens to improvements and to the voices behind them."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class ItemOpened(Fact):
    TYPE = "backlog.opened"
    AUDITED = True
    SAYS = N_("An improvement of a service was put on its list")
    item_id: int
    service_id: int


@dataclass(frozen=True, kw_only=True)
class ItemMoved(Fact):
    TYPE = "backlog.moved"
    AUDITED = True
    SAYS = N_("An improvement of a service reached another state")
    item_id: int
    service_id: int
    was: str
    to: str
    step: int  # number of the row that holds the reason


@dataclass(frozen=True, kw_only=True)
class ItemChanged(Fact):
    TYPE = "backlog.changed"
    AUDITED = True
    SAYS = N_("The text of an improvement was changed")
    item_id: int
    fields: str  # names of what was changed, with commas between them


@dataclass(frozen=True, kw_only=True)
class ItemsMerged(Fact):
    TYPE = "backlog.merged"
    AUDITED = True
    SAYS = N_("Two improvements that ask for the same were merged")
    item_id: int
    into_id: int
    me_toos: int  # of both together


@dataclass(frozen=True, kw_only=True)
class MeTooGiven(Fact):
    TYPE = "backlog.me_too"
    AUDITED = True
    SAYS = N_("Somebody wants an improvement too")
    item_id: int


@dataclass(frozen=True, kw_only=True)
class MeTooWithdrawn(Fact):
    TYPE = "backlog.me_too_withdrawn"
    AUDITED = True
    SAYS = N_("Somebody no longer wants an improvement")
    item_id: int


@dataclass(frozen=True, kw_only=True)
class VoiceAnswered(Fact):
    TYPE = "voice.answered"
    AUDITED = True
    SAYS = N_("A voice about a service was answered or set aside")
    service_id: int
    source_id: int
    kind: str
    answer: int  # number of the row that holds the words


@dataclass(frozen=True, kw_only=True)
class HelpAsked(Fact):
    """Four weeks after a release, by the clock."""

    TYPE = "backlog.help_asked"
    item_id: int


@dataclass(frozen=True, kw_only=True)
class HelpSaid(Fact):
    TYPE = "backlog.help_said"
    AUDITED = True
    SAYS = N_("Somebody said whether a released improvement helped")
    item_id: int
    answer: str


EVENTS = (
    ItemOpened,
    ItemMoved,
    ItemChanged,
    ItemsMerged,
    MeTooGiven,
    MeTooWithdrawn,
    VoiceAnswered,
    HelpAsked,
    HelpSaid,
)
