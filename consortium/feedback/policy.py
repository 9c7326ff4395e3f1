"""Who may give feedback, add words to it and take it back."""

from collections.abc import Collection

from consortium.feedback.models import Feedback
from consortium.services.models import ServiceState
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, require, takes_part


def may_give(actor: Actor, owners: Collection[int], state: ServiceState, visible: bool) -> Verdict:
    """Everybody, with or without an account, while the service runs; but not whoever runs it, on their own work."""
    return (
        require(
            visible and state == ServiceState.RUNNING,
            N_("Feedback is taken while a service is in operation."),
            "closed",
        )
        & (takes_part(actor) if actor.signed_in else ALLOWED)
        & require(
            not any(acts_for(actor, owner) for owner in owners),
            N_("You act for an organisation that runs this service, so its users should speak."),
            "forbidden",
        )
    )


def may_see_own(actor: Actor, feedback: Feedback) -> Verdict:
    """One's own; what was given without an account, whoever holds its link."""
    return require(
        feedback.account_id is None or feedback.account_id == actor.id, N_("This feedback is not yours."), "forbidden"
    )


def may_word(actor: Actor, feedback: Feedback) -> Verdict:
    """Add words once; what was said stays as it is, so that an answer to it keeps its sense."""
    return may_withdraw(actor, feedback) & require(
        feedback.subject_id is None, N_("Your words are published already. You can withdraw them and begin again.")
    )


def may_withdraw(actor: Actor, feedback: Feedback) -> Verdict:
    return may_see_own(actor, feedback) & require(
        feedback.withdrawn_at is None, N_("You have withdrawn this feedback already.")
    )
