"""Who may do what with the improvements of a service. Functions look at a `Case`, which `queries.case_of` loads."""

from collections.abc import Collection
from dataclasses import dataclass

from consortium.backlog.models import OPEN, TRANSITIONS, WITH_REASON, ItemState
from participation.organisations.policy import acts_for
from participation.policy import ALLOWED, N_, Actor, Verdict, require, takes_part
from participation.states import may_move

NOT_YOURS = N_("Only the secretariat and those who act for the organisations that run this service can do this.")
MERGED = N_("This was merged into another improvement. Please go on there.")


@dataclass(frozen=True, kw_only=True)
class Case:
    """What the rules need to know of an improvement, as it stands in this transaction."""

    id: int
    service_id: int
    state: ItemState
    owners: tuple[int, ...]  # organisations that run the service
    merged_into_id: int | None
    visible: bool


def runs_it(actor: Actor, owners: Collection[int]) -> bool:
    return any(acts_for(actor, owner) for owner in owners)


def may_work(actor: Actor, owners: Collection[int]) -> Verdict:
    """Keep the list of a service: whoever acts for an organisation that runs it, and the secretariat."""
    return takes_part(actor) & require(actor.has("secretariat") or runs_it(actor, owners), NOT_YOURS, "forbidden")


def may_open(actor: Actor, owners: Collection[int], visible: bool) -> Verdict:
    """Put a new improvement on the list of a service, which has to be in the catalogue."""
    return may_work(actor, owners) & require(visible, N_("Publish the service first."))


def may_change(actor: Actor, case: Case) -> Verdict:
    """The words, who looks after it, by when: as long as it is not over."""
    return _own(actor, case) & require(
        case.state in OPEN, N_("This improvement is released or declined, so its text stays as it is.")
    )


def may_step(actor: Actor, case: Case, to: ItemState) -> Verdict:
    return _own(actor, case) & may_move(TRANSITIONS, case.state, to)


def what_is_missing(was: ItemState, to: ItemState, reason: str, release_note: str) -> tuple[str, str]:
    """(field, message) of what a step cannot do without; both empty where nothing is missing."""
    if (was, to) in WITH_REASON and not reason:
        return "reason", N_("Please say why.")
    if to == ItemState.RELEASED and not release_note:
        return "release_note", N_("Please say what is different from now on.")
    return "", ""


def may_merge(actor: Actor, case: Case, into: Case) -> Verdict:
    """Two of one service; a release stays what it was, so only open and declined ones go into another."""
    return (
        _own(actor, case)
        & require(case.id != into.id, N_("An improvement cannot be merged into itself."))
        & require(case.service_id == into.service_id, N_("Both have to be improvements of the same service."))
        & require(into.merged_into_id is None and into.visible, N_("The other one was merged itself, or is hidden."))
        & require(case.state != ItemState.RELEASED, N_("What is released stays as it is."))
    )


def may_say_me_too(actor: Actor, case: Case) -> Verdict:
    """Want it too, or no longer, as long as it is open; not those who run the service."""
    return (
        _there(case)
        & require(case.state in OPEN, N_("This improvement is released or declined."), "closed")
        & takes_part(actor)
        & require(
            not runs_it(actor, case.owners),
            N_("You act for an organisation that runs this service, so its users should speak."),
            "forbidden",
        )
    )


def may_say_helped(actor: Actor, case: Case) -> Verdict:
    """Say whether a release helped: everybody but those who released it."""
    return (
        takes_part(actor)
        & _there(case)
        & require(case.state == ItemState.RELEASED, N_("This improvement is not released yet."), "closed")
        & require(
            not runs_it(actor, case.owners),
            N_("You act for an organisation that runs this service, so its users should speak."),
            "forbidden",
        )
    )


def _own(actor: Actor, case: Case) -> Verdict:
    return may_work(actor, case.owners) & _there(case)


def _there(case: Case) -> Verdict:
    shown = require(case.visible, N_("This is no longer shown."))
    return shown & (ALLOWED if case.merged_into_id is None else Verdict("conflict", MERGED))
