"""Who may support a proposal, and take the support back."""

from participation.policy import N_, Actor, Verdict, phase_allows, require, takes_part
from proposals.models import State
from proposals.supporting.queries import Case

OPEN_FOR_SUPPORT = (State.PUBLISHED, State.UNDER_REVIEW)


def may_support(actor: Actor, case: Case) -> Verdict:
    """Authors may support their own proposal; who supports already may always say so again."""
    return _open(actor, case) & require(
        case.supported or case.left != 0,
        N_(
            "You have given all %(cap)s supports that a person has in this process; none is left. "
            "Withdraw one to support this proposal."
        ),
        cap=case.cap,
    )


def may_withdraw_support(actor: Actor, case: Case) -> Verdict:
    return _open(actor, case)


def _open(actor: Actor, case: Case) -> Verdict:
    # What is closed is closed for everybody: nobody is sent to sign in first only to learn that.
    return (
        require(
            case.state in OPEN_FOR_SUPPORT,
            N_("This proposal has been decided or closed, so its supports stay as they are."),
            kind="closed",
        )
        & phase_allows(case.features, "support")
        & takes_part(actor)
    )
