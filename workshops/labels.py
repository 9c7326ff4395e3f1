"""Words for states, kinds of members, and those who may apply."""

from participation.policy import N_
from workshops.models import Kind, State

STATES: dict[State, str] = {
    State.PLANNED: N_("In preparation"),
    State.RECRUITING: N_("Call announced"),
    State.DRAWING: N_("Places are drawn"),
    State.CONFIRMED: N_("Panel complete"),
    State.HELD: N_("Held"),
    State.PUBLISHED: N_("Record published"),
    State.CALLED_OFF: N_("Called off"),
}
STAGES: dict[str, tuple[str, str]] = {  # what readers are told, and its look
    "open": (N_("Apply now"), "open"),
    "later": (N_("The call opens later"), "wait"),
    "drawing": (N_("Places are drawn"), "wait"),
    "confirmed": (N_("Panel complete"), "good"),
    "held": (N_("Held, record in preparation"), "wait"),
    "published": (N_("Record published"), "good"),
    "called_off": (N_("Called off"), "bad"),
    "planned": (N_("In preparation"), ""),
}
KINDS: dict[Kind, str] = {
    Kind.PARTICIPANT: N_("Participant"),
    Kind.FACILITATOR: N_("Facilitator"),
    Kind.GUEST: N_("Guest"),
}
BELONGS: dict[str, str] = {
    "resident": N_("I live in the city"),
    "worker": N_("I work in the city"),
    "student": N_("I study in the city"),
}
WHO: dict[str, str] = {
    "resident": N_("people who live in the city"),
    "worker": N_("people who work in the city"),
    "student": N_("people who study in the city"),
}
