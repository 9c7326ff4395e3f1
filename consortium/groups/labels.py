"""The words for kinds, states and roles of working groups."""

from consortium.groups.models import GroupKind, GroupRole, GroupState, StepState
from participation.policy import N_

KINDS = {
    GroupKind.COUNCIL: N_("The council itself"),
    GroupKind.STEERING: N_("Planning and steering committee"),
    GroupKind.PUBLIC_RELATIONS: N_("Public relations"),
    GroupKind.DATA_GOVERNANCE: N_("Data governance"),
    GroupKind.THEME: N_("Theme group"),
}
STATES = {GroupState.ACTIVE: N_("At work"), GroupState.ENDED: N_("Group ended")}
MOODS = {GroupState.ACTIVE: "good", GroupState.ENDED: ""}
MOVES = {GroupState.ACTIVE: N_("Call it together again"), GroupState.ENDED: N_("End the group")}
STEPS = {
    StepState.PLANNED: N_("Step planned"),
    StepState.RUNNING: N_("Step under way"),
    StepState.DONE: N_("Step done"),
    StepState.DROPPED: N_("Step given up"),
}
STEP_MOODS = {StepState.PLANNED: "", StepState.RUNNING: "open", StepState.DONE: "good", StepState.DROPPED: "bad"}
ROLES = {
    GroupRole.CHAIR: N_("Chair"),
    GroupRole.MEMBER: N_("Group member"),
    GroupRole.ADVISER: N_("Adviser"),
}
