"""The words for states, steps and answers."""

from consortium.backlog.models import AnswerKind, Helped, ItemState
from participation.policy import N_

STATES = {
    ItemState.NEW: N_("Received"),
    ItemState.TRIAGED: N_("Being looked at"),
    ItemState.PLANNED: N_("Planned"),
    ItemState.IN_PROGRESS: N_("Being worked on"),
    ItemState.RELEASED: N_("Reflected"),
    ItemState.DECLINED: N_("Not done"),
}
MOODS = {
    ItemState.NEW: "open",
    ItemState.TRIAGED: "open",
    ItemState.PLANNED: "wait",
    ItemState.IN_PROGRESS: "wait",
    ItemState.RELEASED: "good",
    ItemState.DECLINED: "bad",
}
MOVES = {
    ItemState.TRIAGED: N_("Take it up"),
    ItemState.PLANNED: N_("Plan it"),
    ItemState.IN_PROGRESS: N_("Begin the work"),
    ItemState.RELEASED: N_("Release it"),
    ItemState.DECLINED: N_("Do not do it"),
}
BACK = {  # the same steps where they take something back
    (ItemState.PLANNED, ItemState.TRIAGED): N_("Take the plan back"),
    (ItemState.IN_PROGRESS, ItemState.PLANNED): N_("Put the work off"),
    (ItemState.DECLINED, ItemState.TRIAGED): N_("Look at it again"),
}
# What people behind the voices are told; those who only follow it read the state.
TOLD = {
    ItemState.NEW: N_("Your voice was received"),
    ItemState.TRIAGED: N_("Your voice is being looked at"),
    ItemState.PLANNED: N_("What you asked for is planned"),
    ItemState.IN_PROGRESS: N_("The work on what you asked for has begun"),
    ItemState.RELEASED: N_("Your voice was reflected"),
    ItemState.DECLINED: N_("What you asked for will not be done; the reason is given"),
}
ANSWERS = {AnswerKind.REPLY: N_("Answered"), AnswerKind.ASIDE: N_("Set aside")}
HELPED = {Helped.YES: N_("Yes, it helped"), Helped.NO: N_("No, it did not"), Helped.UNSURE: N_("Not sure")}
