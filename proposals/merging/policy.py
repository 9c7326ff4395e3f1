"""Who may merge which proposals."""

from participation.policy import N_, Actor, Verdict, has_role, require
from participation.states import may_move
from proposals.listing import SHOWN
from proposals.models import TRANSITIONS, State
from proposals.policy import Standing


def may_begin_merge(actor: Actor, standing: Standing) -> Verdict:
    """The secretariat, as long as the city has not decided about it."""
    return (
        has_role(actor, "secretariat")
        & require(standing.visible, N_("A hidden proposal cannot be changed."))
        & may_move(TRANSITIONS, standing.state, State.MERGED)
    )


def may_merge(actor: Actor, standing: Standing, into: Standing) -> Verdict:
    """Into another public proposal of the same process, in whose supports those of the first then count."""
    return (
        may_begin_merge(actor, standing)
        & require(standing.id != into.id, N_("A proposal cannot be merged into itself."))
        & require(standing.process_id == into.process_id, N_("The two proposals belong to different processes."))
        & require(
            into.visible and into.state in SHOWN,
            N_("The other proposal is not public, was withdrawn or merged itself."),
        )
    )
