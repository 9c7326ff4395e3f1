"""What happens to a working group."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class GroupEntered(Fact):
    TYPE = "group.entered"
    AUDITED = True
    SAYS = N_("A working group was set up")
    group_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class GroupChanged(Fact):
    TYPE = "group.changed"
    AUDITED = True
    SAYS = N_("What a working group says of itself was changed")
    group_id: int
    fields: str  # names of what was changed, with commas between them


@dataclass(frozen=True, kw_only=True)
class GroupMoved(Fact):
    TYPE = "group.moved"
    AUDITED = True
    SAYS = N_("A working group ended or began again")
    group_id: int
    to: str  # the state


@dataclass(frozen=True, kw_only=True)
class GroupJoined(Fact):
    TYPE = "group.joined"
    AUDITED = True
    SAYS = N_("Somebody joined a working group")
    group_id: int
    member: int  # number of the row that says who
    role: str
    account_ref: str  # empty for organisations and for people without an account


@dataclass(frozen=True, kw_only=True)
class GroupLeft(Fact):
    TYPE = "group.left"
    AUDITED = True
    SAYS = N_("Somebody left a working group")
    group_id: int
    member: int
    role: str
    account_ref: str


@dataclass(frozen=True, kw_only=True)
class RoadmapChanged(Fact):
    TYPE = "group.roadmap_changed"
    AUDITED = True
    SAYS = N_("The roadmap of a working group was changed")
    group_id: int
    step: int
    what: str  # added | changed | removed


EVENTS = (GroupEntered, GroupChanged, GroupMoved, GroupJoined, GroupLeft, RoadmapChanged)
