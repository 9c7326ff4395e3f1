"""Who sets up, leads and changes a working group. Leading and belonging are roles in the scope of the group."""

from consortium.groups.models import TRANSITIONS, GroupRole, GroupState
from participation.meetings.policy import ADVISER, LEAD, MEMBER
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move

SCOPE = "working_group"
GRANTED = {GroupRole.CHAIR: LEAD, GroupRole.MEMBER: MEMBER, GroupRole.ADVISER: ADVISER}


def may_enter_group(actor: Actor) -> Verdict:
    """Set up a new one."""
    return has_role(actor, "secretariat")


def may_lead_group(actor: Actor, group_id: int) -> Verdict:
    """Act for the group: whoever leads it, and the secretariat."""
    if actor.has(LEAD, SCOPE, group_id) or actor.has("secretariat"):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", N_("Only the lead of this group and the secretariat can do this."))


def belongs(actor: Actor, group_id: int) -> bool:
    """Whether the person leads, is a member of, or advises the group now."""
    return any(actor.has(role, SCOPE, group_id) for role in GRANTED.values())


def may_change_group(actor: Actor, group_id: int, state: str) -> Verdict:
    """What it says of itself, its members and its roadmap, as long as it is at work."""
    return may_lead_group(actor, group_id) & require(
        state == GroupState.ACTIVE, N_("This group has ended. Call it together again first.")
    )


def may_appoint(actor: Actor, group_id: int, state: str, role: str) -> Verdict:
    """Enter or end somebody in a role; who leads is for the secretariat to say."""
    return may_change_group(actor, group_id, state) & require(
        role != GroupRole.CHAIR or actor.has("secretariat"),
        N_("The secretariat enters who leads a group."),
        kind="forbidden",
    )


def may_move_group(actor: Actor, state: GroupState, to: GroupState) -> Verdict:
    """End it or call it together again."""
    return may_enter_group(actor) & may_move(TRANSITIONS, state, to)
