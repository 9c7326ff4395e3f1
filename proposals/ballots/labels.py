"""Words for methods, states and those who may vote."""

from participation.policy import N_
from proposals.ballots.models import Method, State

METHODS: dict[Method, str] = {
    Method.YES_NO: N_("Yes or no"),
    Method.APPROVAL: N_("Approval"),
    Method.SCORE: N_("Scores"),
    Method.RUNOFF: N_("Ranking: instant run-off"),
    Method.STV: N_("Ranking: single transferable vote"),
    Method.SCHULZE: N_("Ranking: Schulze method"),
    Method.GREEDY: N_("Budget: most votes first"),
    Method.EQUAL_SHARES: N_("Budget: equal shares"),
}
GOOD_FOR: dict[Method, str] = {
    Method.YES_NO: N_("One question, such as whether residents agree with a plan."),
    Method.APPROVAL: N_("A few options of which several may be fine; everybody marks all that they agree with."),
    Method.SCORE: N_("When it matters how good people find each option, not only whether."),
    Method.RUNOFF: N_("One winner whom a majority prefers: the weakest option drops out, its votes move on."),
    Method.STV: N_("Several winners that mirror the voters: each group gets its share of the seats."),
    Method.SCHULZE: N_("One winner or an order: each option is held against each other one."),
    Method.GREEDY: N_("A budget in the plain way: what has most votes is paid for, as long as the money lasts."),
    Method.EQUAL_SHARES: N_(
        "A budget in which every voter has an equal share of the money, so that no district or group is left out."
    ),
}
VOTES: dict[str, str] = {
    "approval": N_("Marks: choose what you agree with"),
    "cumulative": N_("Points to give away"),
    "ordinal": N_("A ranking"),
    "scoring": N_("A score for each"),
}
STATES: dict[State, str] = {
    State.DRAFT: N_("Draft"),
    State.OPEN: N_("Open or announced"),
    State.CLOSED: N_("Closed, not yet published"),
    State.PUBLISHED: N_("Result published"),
    State.CALLED_OFF: N_("Called off"),
}
NEEDS: dict[str, str] = {
    "resident": N_("Verified as a resident"),
    "worker": N_("Verified to work in the city"),
    "student": N_("Verified to study in the city"),
    "adult": N_("Verified to be 18 or older"),
}
