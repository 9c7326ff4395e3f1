"""The words for states, votes and verifications."""

from participation.policy import N_
from proposals.opinion_maps.models import MapState, StatementState

STATES = {
    MapState.DRAFT: N_("Draft"),
    MapState.OPEN: N_("Open for opinions"),
    MapState.CLOSED: N_("Closed, with its map"),
}
MOODS = {MapState.DRAFT: "wait", MapState.OPEN: "open", MapState.CLOSED: "good"}
MOVES = {MapState.OPEN: N_("Open it for opinions"), MapState.CLOSED: N_("Close it")}
STATEMENT_STATES = {
    StatementState.WAITING: N_("Waiting to be looked at"),
    StatementState.ACCEPTED: N_("Accepted"),
    StatementState.DECLINED: N_("Declined"),
}
STATEMENT_MOODS = {StatementState.WAITING: "wait", StatementState.ACCEPTED: "good", StatementState.DECLINED: "bad"}
VOTES = {"agree": 1, "disagree": -1, "pass": 0}
VOTE_LABELS = {1: N_("Agree"), -1: N_("Disagree"), 0: N_("Pass")}
NEEDS = {
    "resident": N_("lives in the city"),
    "worker": N_("works in the city"),
    "student": N_("studies in the city"),
    "adult": N_("is 18 or older"),
}
