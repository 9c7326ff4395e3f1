"""What an applicant may do with their application; whoever holds its personal address is the applicant."""

from datetime import datetime

from participation.policy import N_, Actor, Verdict, require
from workshops.models import AHEAD, State, Workshop, WorkshopApplication
from workshops.policy import may_read_desk, takes_applications


def may_edit(workshop: Workshop, row: WorkshopApplication, visible: bool, now: datetime) -> Verdict:
    """Until the call closes: then the pool is fixed from which places are drawn."""
    return _still_there(row) & require(
        takes_applications(workshop, visible, now),
        N_("The call is closed, so applications can no longer be changed. You can still withdraw."),
    )


def may_withdraw(workshop: Workshop, row: WorkshopApplication) -> Verdict:
    return _still_there(row) & require(
        State(workshop.state) in AHEAD, N_("This workshop is over, so there is nothing to withdraw from.")
    )


def may_read_applications(actor: Actor, workshop: Workshop) -> Verdict:
    """Names, answers, needs: the organisers of this workshop, and auditors."""
    return may_read_desk(actor, workshop)


def _still_there(row: WorkshopApplication) -> Verdict:
    return require(row.withdrawn_at is None, N_("This application was withdrawn."))
