"""The words for states and costs."""

from consortium.challenges.models import ChallengeState, Cost, SheetState
from participation.policy import N_

STATES = {
    ChallengeState.DRAFT: N_("Draft"),
    ChallengeState.OPEN: N_("Takes solution sheets"),
    ChallengeState.CLOSED: N_("Sheets are being looked at"),
    ChallengeState.MATCHED: N_("Became a pilot"),
    ChallengeState.WITHDRAWN: N_("Withdrawn"),
}
CHANGE = N_("Its text was changed")
CHANGED = {
    "title": N_("Title"),
    "background": N_("Background"),
    "wanted": N_("What is wanted"),
    "closes_on": N_("Last day for solution sheets"),
}
MOODS = {
    ChallengeState.DRAFT: "wait",
    ChallengeState.OPEN: "open",
    ChallengeState.CLOSED: "wait",
    ChallengeState.MATCHED: "good",
    ChallengeState.WITHDRAWN: "bad",
}
MOVES = {
    ChallengeState.CLOSED: N_("Take no more sheets"),
    ChallengeState.WITHDRAWN: N_("Withdraw the challenge"),
}
SHEET_STATES = {
    SheetState.DRAFT: N_("Draft"),
    SheetState.SUBMITTED: N_("Handed in"),
    SheetState.CHOSEN: N_("Chosen"),
    SheetState.NOT_CHOSEN: N_("Not chosen"),
    SheetState.WITHDRAWN: N_("Withdrawn"),
}
SHEET_MOODS = {
    SheetState.DRAFT: "wait",
    SheetState.SUBMITTED: "open",
    SheetState.CHOSEN: "good",
    SheetState.NOT_CHOSEN: "",
    SheetState.WITHDRAWN: "bad",
}
COSTS = {
    Cost.FREE: N_("No cost to the city"),
    Cost.UNDER_1M: N_("Up to 1 million yen"),
    Cost.UNDER_5M: N_("1 to 5 million yen"),
    Cost.UNDER_20M: N_("5 to 20 million yen"),
    Cost.MORE: N_("More than 20 million yen"),
    Cost.OPEN: N_("To be talked about"),
}
