"""Who may report on a service: the people of the organisations that run it, and the secretariat."""

from collections.abc import Collection
from datetime import datetime

from consortium.segments.models import TRANSITIONS, ReportState
from consortium.segments.quarters import Quarter
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move


def may_report(actor: Actor, owners: Collection[int], visible: bool) -> Verdict:
    """Fill in, hand in and correct reports of a service. Whoever speaks for an organisation answers for its services
    also while its signature is renewed, so its standing is not asked for."""
    return (
        signed_in(actor)
        & (ALLOWED if any(acts_for(actor, each) for each in owners) else has_role(actor, "secretariat"))
        & require(visible, N_("Reports are taken once the service is in the catalogue."))
    )


def may_report_on(
    actor: Actor, owners: Collection[int], visible: bool, quarter: Quarter, now: datetime
) -> Verdict:
    return may_report(actor, owners, visible) & require(
        quarter.over(now), N_("This quarter is not over yet."), "closed"
    )


def may_hand_in(state: ReportState, reason: str) -> Verdict:
    """What was handed in before is corrected with a reason."""
    return may_move(TRANSITIONS, state, ReportState.SUBMITTED) & require(
        state == ReportState.DRAFT or bool(reason), REASON
    )


REASON = N_("This quarter was reported already. Please say why it is corrected.")
