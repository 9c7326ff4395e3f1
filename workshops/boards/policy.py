"""Who may look at the boards of a workshop, write on one, give dots, and prepare the day."""

from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from workshops.boards.cases import Case
from workshops.models import Kind, State
from workshops.policy import may_organise, organises

AUDITING = ("administrator", "auditor")
DAY = (State.CONFIRMED, State.HELD)
WRITTEN = (*DAY, State.PUBLISHED)
NOT_A_MEMBER = N_("The boards are for those who take part in this workshop. If you do, please open your personal link.")
NOT_YET = N_("The boards open once it is settled who takes part.")
OVER = N_("The record of this workshop is published, so its boards stay as they are.")


def may_look(actor: Actor, case: Case) -> Verdict:
    """Members, organisers, and those who audit: names stand on a board."""
    if case.member is not None or organises(actor, case.workshop.id) or has_role(actor, *AUDITING):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", NOT_A_MEMBER)


def may_write(actor: Actor, case: Case) -> Verdict:
    """On the board of this team: who belongs to it, facilitators and organisers."""
    leads = organises(actor, case.workshop.id) or (case.member is not None and case.member.kind == Kind.FACILITATOR)
    reason = N_("You can write on the board of your own team only.")
    who = ALLOWED if leads or case.own_team else Verdict("forbidden", reason)
    return may_look(actor, case) & who & _on_the_day(case)


def may_dot(actor: Actor, case: Case) -> Verdict:
    """Whoever takes part has dots to give."""
    reason = N_("Dots are given by those who take part in the workshop.")
    return may_look(actor, case) & require(case.member is not None, reason, "forbidden") & _on_the_day(case)


def may_arrange(actor: Actor, case: Case) -> Verdict:
    """Teams, the list of who is there, personal links: organisers, until the record is published."""
    over = case.workshop.state in (State.PUBLISHED, State.CALLED_OFF)
    return may_organise(actor, case.workshop) & require(not over, OVER)


def _on_the_day(case: Case) -> Verdict:
    if case.workshop.state in DAY:
        return ALLOWED
    return Verdict("closed", OVER if case.workshop.state == State.PUBLISHED else NOT_YET)
