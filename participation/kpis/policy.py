"""Who may do what with KPIs. Everybody reads them; the secretariat keeps them."""

from participation.kpis.models import Kpi
from participation.policy import N_, Actor, Verdict, has_role, require


def may_keep(actor: Actor) -> Verdict:
    """Define KPIs, set targets, draw the goal tree."""
    return has_role(actor, "secretariat")


def may_measure(actor: Actor, kpi: Kpi) -> Verdict:
    """Enter a figure. What is computed from records is entered by nobody."""
    return may_keep(actor) & require(
        not kpi.source, N_("This figure is computed from the platform's records, so nobody can enter it.")
    )
