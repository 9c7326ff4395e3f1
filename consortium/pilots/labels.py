"""The words for the states of a pilot, and for the steps between them."""

from consortium.pilots.models import Advice, PilotState
from participation.policy import N_

STATES = {
    PilotState.DRAFT: N_("Draft of a pilot"),
    PilotState.SUBMITTED: N_("Waits for the review"),
    PilotState.RETURNED: N_("To be corrected"),
    PilotState.APPROVED: N_("Approved, begins soon"),
    PilotState.RUNNING: N_("Being tried"),
    PilotState.EVALUATING: N_("Being evaluated"),
    PilotState.RELEASED: N_("Became a service"),
    PilotState.ENDED: N_("Ended, with what was learned"),
}
MOODS = {
    PilotState.DRAFT: "",
    PilotState.SUBMITTED: "wait",
    PilotState.RETURNED: "wait",
    PilotState.APPROVED: "open",
    PilotState.RUNNING: "open",
    PilotState.EVALUATING: "wait",
    PilotState.RELEASED: "good",
    PilotState.ENDED: "",
}
MOVES = {
    PilotState.SUBMITTED: N_("Submit the pilot"),
    PilotState.APPROVED: N_("Approve the pilot"),
    PilotState.RETURNED: N_("Return it to be corrected"),
    PilotState.RUNNING: N_("Start the pilot"),
    PilotState.EVALUATING: N_("End the trial and evaluate"),
    PilotState.RELEASED: N_("Make it a service"),
    PilotState.ENDED: N_("End it with what was learned"),
}
ADVICE = {Advice.RELEASE: N_("Bring it into operation"), Advice.END: N_("End it here")}
STOOD = {True: N_("Chosen in a ballot"), False: N_("Not chosen in a ballot")}
PUBLIC = (
    PilotState.APPROVED,
    PilotState.RUNNING,
    PilotState.EVALUATING,
    PilotState.RELEASED,
    PilotState.ENDED,
)
