"""Who may shape processes and the city's frame."""

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require
from participation.spaces.models import Phase, Process, ProcessState
from participation.states import may_move

TRANSITIONS = {
    ProcessState.DRAFT: {ProcessState.PUBLISHED},
    ProcessState.PUBLISHED: {ProcessState.ARCHIVED},
    ProcessState.ARCHIVED: {ProcessState.PUBLISHED},
}


def may_manage(actor: Actor, process: Process | None = None) -> Verdict:
    """The secretariat; for one process also whoever was made its manager."""
    if process is not None and actor.has("manager", "process", process.id):
        return ALLOWED
    return has_role(actor, "secretariat")


def may_set_frame(actor: Actor) -> Verdict:
    return has_role(actor, "secretariat", "administrator")


def may_see_process(actor: Actor, process: Process) -> Verdict:
    """Everybody once it is published; before, those who shape it and the auditor."""
    if process.state != ProcessState.DRAFT or may_manage(actor, process):
        return ALLOWED
    return has_role(actor, "auditor")


def may_set_state(actor: Actor, process: Process, to: ProcessState, phases: list[Phase]) -> Verdict:
    """Publishing needs a phase: without one nobody could tell what is open when."""
    return (
        may_manage(actor, process)
        & may_move(TRANSITIONS, ProcessState(process.state), to)
        & require(to != ProcessState.PUBLISHED or bool(phases), N_("Please add a phase before publishing the process."))
    )
