"""Who may write, read and review yearly reports."""

from participation.organisations.models import MandateRole
from participation.organisations.policy import acts_for, may_act_for
from participation.policy import N_, Actor, Verdict, has_role, require
from participation.states import may_move
from rules.checks.reporting.models import TRANSITIONS, ReportState

DESK = ("secretariat", "administrator", "auditor")


def may_write(actor: Actor, organisation_id: int, state: ReportState) -> Verdict:
    """Its representatives, until the report is handed in, and again when it was returned."""
    return may_act_for(actor, organisation_id, MandateRole.REPRESENTATIVE) & require(
        state in (ReportState.DRAFT, ReportState.RETURNED),
        N_("This report was handed in, so it stays as it is."),
    )


def may_read(actor: Actor, organisation_id: int) -> Verdict:
    """What is not accepted yet: those who act for the organisation, and those who look after the rules."""
    return may_act_for(actor, organisation_id) | has_role(actor, *DESK)


def may_see_queue(actor: Actor) -> Verdict:
    return has_role(actor, *DESK)


def may_review(actor: Actor, organisation_id: int, state: ReportState, to: ReportState) -> Verdict:
    """The secretariat, and nobody about the organisation that they act for."""
    return (
        has_role(actor, "secretariat")
        & may_move(TRANSITIONS, state, to)
        & require(to != ReportState.SUBMITTED, N_("This step is not possible from the present state."))
        & require(
            not acts_for(actor, organisation_id),
            N_("You act for this organisation, so somebody else must decide."),
            kind="forbidden",
        )
    )
