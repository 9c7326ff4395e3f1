"""The names of stances, kinds and outcomes as message ids."""

from participation.policy import N_
from rules.opinions.models import Kind, Outcome, Source, Stance

STANCES = {
    Stance.IN_FAVOUR: N_("In favour"),
    Stance.WITH_CONDITIONS: N_("In favour, with conditions"),
    Stance.RETHINK: N_("Please rethink"),
    Stance.QUESTION: N_("Question"),
}
KINDS = {Kind.LIGHT: N_("Light voice"), Kind.FORMAL: N_("Formal opinion")}
SOURCES = {Source.ONLINE: N_("Sent online"), Source.PAPER: N_("Received on paper")}
OUTCOMES = {
    Outcome.WILL_CHANGE: N_("Changes the text"),
    Outcome.ALREADY_COVERED: N_("Already in the text"),
    Outcome.FOR_REFERENCE: N_("Kept for reference"),
    Outcome.OUT_OF_SCOPE: N_("Outside the scope"),
}
TONES = {Outcome.WILL_CHANGE: "matsu", Outcome.ALREADY_COVERED: "ai", Outcome.FOR_REFERENCE: "kin"}
