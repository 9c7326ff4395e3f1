"""Who builds surveys, who answers them and who reads what they gave."""

from collections.abc import Collection
from datetime import datetime

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, phase_allows, require, signed_in, takes_part
from participation.states import may_move
from participation.surveys.models import TRANSITIONS, Access, ResultsFrom, SurveyState

FEATURE = "survey"
NOT_YOURS = N_("Only the secretariat and managers of this process can do this.")


def now_in(state: SurveyState, closes_at: datetime | None, now: datetime) -> SurveyState:
    """The state at this time: after its end a survey takes no more answers, whether the worker ran or not."""
    over = closes_at is not None and now >= closes_at
    return SurveyState.CLOSED if state == SurveyState.OPEN and over else state


def may_build(actor: Actor, process_id: int | None = None) -> Verdict:
    """Make and change surveys of a process: the secretariat and the process's managers."""
    own = process_id is not None and actor.has("manager", "process", process_id)
    return signed_in(actor) & require(own or actor.has("secretariat"), NOT_YOURS, "forbidden")


def may_question(actor: Actor, process_id: int, state: SurveyState, frozen: bool) -> Verdict:
    """Change the questions: until the first answer; what was asked stays as it was."""
    return may_build(actor, process_id) & require(
        state in (SurveyState.DRAFT, SurveyState.OPEN) and not frozen,
        N_("Somebody has answered, so the questions stay as they are."),
    )


def may_set(actor: Actor, process_id: int, state: SurveyState) -> Verdict:
    """Change title, description and end: until the close."""
    return may_build(actor, process_id) & require(
        state in (SurveyState.DRAFT, SurveyState.OPEN), N_("This survey is closed, so it can no longer be changed.")
    )


def may_turn(actor: Actor, process_id: int, state: SurveyState, to: SurveyState) -> Verdict:
    """Open, close and publish; `state` is that at this time."""
    return may_build(actor, process_id) & may_move(TRANSITIONS, state, to)


def may_look(actor: Actor, process_id: int) -> Verdict:
    """At what the desk has of a survey: its preview, every answer without its person, all words."""
    return may_build(actor, process_id) | has_role(actor, "auditor")


def may_read(actor: Actor, process_id: int, visible: bool) -> Verdict:
    """Everybody once it was opened; a draft those who build it, and auditors."""
    return ALLOWED if visible else may_look(actor, process_id)


def may_answer(actor: Actor, access: Access, state: SurveyState, features: Collection[str]) -> Verdict:
    """While it is open and the phase of the process lets surveys be answered; `state` is that at this time."""
    return (
        require(state == SurveyState.OPEN, N_("This survey takes no answers now."), "closed")
        & phase_allows(features, FEATURE)
        & (takes_part(actor) if access == Access.PEOPLE or actor.signed_in else ALLOWED)
    )


def results_are_public(state: SurveyState, results_from: ResultsFrom) -> bool:
    return state == SurveyState.PUBLISHED or (state == SurveyState.CLOSED and results_from == ResultsFrom.CLOSE)


def may_read_results(actor: Actor, process_id: int, state: SurveyState, results_from: ResultsFrom) -> Verdict:
    """Everybody once they are public; before, those who build it and auditors."""
    if results_are_public(state, results_from) or may_look(actor, process_id):
        return ALLOWED
    return Verdict("forbidden", N_("The results are not public yet."))


def may_show_words(actor: Actor, process_id: int, state: SurveyState) -> Verdict:
    """Let everybody read words of answers: once nobody changes them any more."""
    return may_build(actor, process_id) & require(
        state in (SurveyState.CLOSED, SurveyState.PUBLISHED),
        N_("Words can be opened to everybody once the survey is closed."),
    )
