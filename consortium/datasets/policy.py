"""Who enters, changes, offers and withdraws a dataset: those who run its service, and the secretariat."""

from collections.abc import Collection, Sequence

from consortium.datasets.models import TRANSITIONS, DatasetState
from consortium.services.policy import Acting, may_change
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require
from participation.states import may_move


def may_keep(actor: Actor, acting: Sequence[Acting], owners: Collection[int]) -> Verdict:
    """Enter a dataset of a service, and change what is said of it: whoever may change the service itself."""
    return may_change(actor, acting, owners)


def may_offer_or_withdraw(
    actor: Actor,
    acting: Sequence[Acting],
    owners: Collection[int],
    state: DatasetState,
    to: DatasetState,
    service_visible: bool,
) -> Verdict:
    return (
        may_keep(actor, acting, owners)
        & may_move(TRANSITIONS, state, to)
        & require(
            service_visible or to != DatasetState.PUBLISHED,
            N_("Publish the service that collects these data first."),
        )
    )


def may_read(actor: Actor, owners: Collection[int], visible: bool) -> Verdict:
    """Everybody, once it was offered; a draft those who run the service, the secretariat and the auditor."""
    inside = any(acts_for(actor, each) for each in owners)
    return ALLOWED if visible or inside else has_role(actor, "secretariat", "auditor")
