"""States in words: the label, the mood in which it is shown, and the way of a proposal with its dates."""

from collections.abc import Mapping
from datetime import datetime

from participation.policy import N_
from proposals.models import State

STATES: dict[str, str] = {
    State.DRAFT: N_("Draft"),
    State.PUBLISHED: N_("Open for discussion"),
    State.UNDER_REVIEW: N_("Under review by the city"),
    State.ACCEPTED: N_("Accepted"),
    State.PARTLY_ACCEPTED: N_("Partly accepted"),
    State.REJECTED: N_("Not accepted"),
    State.IN_PROGRESS: N_("In progress"),
    State.DONE: N_("Done"),
    State.WITHDRAWN: N_("Withdrawn by its authors"),
    State.MERGED: N_("Merged into another proposal"),
}
MOODS: dict[str, str] = {
    State.PUBLISHED: "open",
    State.UNDER_REVIEW: "wait",
    State.ACCEPTED: "good",
    State.PARTLY_ACCEPTED: "good",
    State.IN_PROGRESS: "good",
    State.DONE: "good",
    State.REJECTED: "bad",
}
DECIDED = (State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED)
PARTIES = {"citizen": N_("Citizen"), "city": N_("City"), "company": N_("Company")}

PUBLISHED, DISCUSSION, ANSWER, PROGRESS, DONE = (
    N_("Made public"),
    N_("Discussion"),
    N_("Official answer"),
    N_("In progress"),
    N_("Done"),
)
_PLACE = {
    State.PUBLISHED: 1,
    State.UNDER_REVIEW: 2,
    State.ACCEPTED: 2,
    State.PARTLY_ACCEPTED: 2,
    State.REJECTED: 2,
    State.IN_PROGRESS: 3,
    State.DONE: 4,
}


def journey(
    state: str, published_at: datetime | None, answered: Mapping[str, datetime]
) -> list[tuple[str, datetime | None, str]]:
    """(label, date, "done" | "now" | "") of each step; `answered` holds when each state was last given by an answer.

    A proposal that ended early has only the steps that it took.
    """
    if state in (State.WITHDRAWN, State.MERGED):
        return [(PUBLISHED, published_at, "done"), (STATES[state], None, "now")]
    decided = min((answered[each] for each in DECIDED if each in answered), default=None)
    steps = [
        (PUBLISHED, published_at),
        (DISCUSSION, None),
        (STATES[state] if state in DECIDED else ANSWER, decided),
        (PROGRESS, answered.get(State.IN_PROGRESS)),
        (DONE, answered.get(State.DONE)),
    ]
    if state == State.REJECTED:
        steps = steps[:3]
    here = _PLACE.get(State(state), 0)
    return [(label, at, "done" if n < here else "now" if n == here else "") for n, (label, at) in enumerate(steps)]
