"""What happens to meetings, their minutes, and what they decided."""

from dataclasses import dataclass

from participation.events import Fact
from participation.policy import N_


@dataclass(frozen=True, kw_only=True)
class MeetingPlanned(Fact):
    TYPE = "meeting.planned"
    AUDITED = True
    SAYS = N_("A meeting was planned")
    meeting_id: int
    body_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingEntered(Fact):
    TYPE = "meeting.entered"
    AUDITED = True
    SAYS = N_("A meeting of the past was entered")
    meeting_id: int
    body_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingChanged(Fact):
    TYPE = "meeting.changed"
    AUDITED = True
    SAYS = N_("A meeting to which people are invited was changed")
    meeting_id: int
    fields: str  # names of what was changed, with commas between them


@dataclass(frozen=True, kw_only=True)
class MeetingMoved(Fact):
    """It was invited to, held or called off; TYPE ends with the state, so that each is told in its own words."""

    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class MeetingInvited(MeetingMoved):
    TYPE = "meeting.invited"
    AUDITED = True
    SAYS = N_("People were invited to a meeting")


@dataclass(frozen=True, kw_only=True)
class MeetingHeld(MeetingMoved):
    TYPE = "meeting.held"
    AUDITED = True
    SAYS = N_("A meeting was held")


@dataclass(frozen=True, kw_only=True)
class MeetingCalledOff(MeetingMoved):
    TYPE = "meeting.called_off"
    AUDITED = True
    SAYS = N_("A meeting was called off")


@dataclass(frozen=True, kw_only=True)
class MeetingAnswered(Fact):
    TYPE = "meeting.answered"
    meeting_id: int
    comes: bool


@dataclass(frozen=True, kw_only=True)
class AttendanceRecorded(Fact):
    TYPE = "meeting.attendance_recorded"
    AUDITED = True
    SAYS = N_("It was recorded who came to a meeting")
    meeting_id: int
    present: int  # how many


@dataclass(frozen=True, kw_only=True)
class MinutesWritten(Fact):
    TYPE = "minutes.written"
    meeting_id: int


@dataclass(frozen=True, kw_only=True)
class MinutesConfirmed(Fact):
    TYPE = "minutes.confirmed"
    AUDITED = True
    SAYS = N_("The minutes of a meeting were confirmed by a later one")
    meeting_id: int
    confirmed_in: int  # the later meeting
    sha256: str


@dataclass(frozen=True, kw_only=True)
class MinutesNoted(Fact):
    TYPE = "minutes.noted"
    AUDITED = True
    SAYS = N_("Confirmed minutes were corrected by a note")
    meeting_id: int
    note: int


@dataclass(frozen=True, kw_only=True)
class DecisionRecorded(Fact):
    TYPE = "meeting.decided"
    AUDITED = True
    SAYS = N_("A decision of a meeting was written down")
    meeting_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class DecisionStruck(Fact):
    TYPE = "meeting.decision_struck"
    AUDITED = True
    SAYS = N_("A decision was taken out of a draft of minutes")
    meeting_id: int
    number: int


@dataclass(frozen=True, kw_only=True)
class ActionGiven(Fact):
    TYPE = "action.given"
    AUDITED = True
    SAYS = N_("Somebody took something upon them at a meeting")
    meeting_id: int
    item: int


@dataclass(frozen=True, kw_only=True)
class ActionDone(Fact):
    TYPE = "action.done"
    AUDITED = True
    SAYS = N_("What somebody took upon them at a meeting was marked as done, or as not done after all")
    item: int
    done: bool


@dataclass(frozen=True, kw_only=True)
class ActionDue(Fact):
    """Somebody has to be reminded; `days` are left, or -1 when it is overdue."""

    TYPE = "action.due"
    item: int
    days: int


@dataclass(frozen=True, kw_only=True)
class PaperAdded(Fact):
    TYPE = "meeting.paper_added"
    AUDITED = True
    SAYS = N_("A document was added to a meeting or a group")
    on_id: int
    paper: int
    access: str


@dataclass(frozen=True, kw_only=True)
class PaperRemoved(Fact):
    TYPE = "meeting.paper_removed"
    AUDITED = True
    SAYS = N_("A document was taken away from a meeting or a group")
    on_id: int
    paper: int


EVENTS = (
    MeetingPlanned,
    MeetingEntered,
    MeetingChanged,
    MeetingInvited,
    MeetingHeld,
    MeetingCalledOff,
    MeetingAnswered,
    AttendanceRecorded,
    MinutesWritten,
    MinutesConfirmed,
    MinutesNoted,
    DecisionRecorded,
    DecisionStruck,
    ActionGiven,
    ActionDone,
    ActionDue,
    PaperAdded,
    PaperRemoved,
)
