"""The words for meetings and minutes."""

from participation.meetings.models import Access, MeetingState, MinutesState
from participation.policy import N_

STATES = {
    MeetingState.PLANNED: N_("Being planned"),
    MeetingState.INVITED: N_("Coming up"),
    MeetingState.HELD: N_("Held"),
    MeetingState.CALLED_OFF: N_("Called off"),
}
MOODS = {
    MeetingState.PLANNED: "wait",
    MeetingState.INVITED: "open",
    MeetingState.HELD: "good",
    MeetingState.CALLED_OFF: "bad",
}
MOVES = {
    MeetingState.INVITED: N_("Invite the members"),
    MeetingState.HELD: N_("It was held"),
    MeetingState.CALLED_OFF: N_("Call it off"),
}
MINUTES = {MinutesState.DRAFT: N_("Draft of the minutes"), MinutesState.CONFIRMED: N_("Confirmed minutes")}
ACCESS = {Access.PUBLIC: N_("For everybody"), Access.MEMBERS: N_("For members only")}
