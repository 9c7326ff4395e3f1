"""Who may answer for the city, and with what."""

from participation.policy import N_, Actor, Verdict, has_role, require
from participation.states import may_move
from proposals.models import TRANSITIONS, State
from proposals.policy import Standing

ANSWERS = (State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED, State.IN_PROGRESS, State.DONE)
NOTHING_TO_REPORT = (State.REJECTED, State.DONE)  # no next report is due after these


def answers_from(state: State) -> tuple[State, ...]:
    """What an answer may say now: a next state, or once answered the same one again (a report, a correction)."""
    return tuple(to for to in ANSWERS if to in TRANSITIONS[state] or to == state)


def may_answer(actor: Actor, standing: Standing) -> Verdict:
    """The secretariat, about anything public that has not been withdrawn or merged."""
    return _for_the_city(actor, standing) & require(
        bool(answers_from(standing.state)), N_("This proposal was withdrawn or merged, so there is nothing to answer.")
    )


def may_answer_with(actor: Actor, standing: Standing, to: State) -> Verdict:
    return may_answer(actor, standing) & require(
        to in answers_from(standing.state), N_("This step is not possible from the present state.")
    )


def may_begin_review(actor: Actor, standing: Standing) -> Verdict:
    return _for_the_city(actor, standing) & may_move(TRANSITIONS, standing.state, State.UNDER_REVIEW)


def _for_the_city(actor: Actor, standing: Standing) -> Verdict:
    return has_role(actor, "secretariat") & require(standing.visible, N_("A hidden proposal cannot be changed."))
