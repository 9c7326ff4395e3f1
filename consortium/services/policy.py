"""Who may enter, publish, change, start and end a service: the secretariat, and the people of members that run it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from consortium.membership.standing import Standing
from consortium.services.models import TRANSITIONS, ServiceState
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move


@dataclass(frozen=True)
class Acting:
    """An organisation that a person represents, with its standing and the person's own at the time of asking."""

    organisation_id: int
    standing: Standing
    read: bool  # whether the person has confirmed every article of the participation rule that it signed


NOBODY = N_("Only the secretariat and representatives of member organisations enter services.")
NOT_YOURS = N_("Only the secretariat and representatives of the organisations that run this service can do this.")
NO_MEMBER = N_("Your organisation is no current member: its signature under the participation rule is missing.")
NOT_READ = N_("Please confirm every article of the participation rule first, on the member page of your organisation.")


def stands_well(acting: Sequence[Acting], refusal: str = NOBODY) -> Verdict:
    """One of these organisations is a current member and this person has confirmed its rule."""
    members = [each for each in acting if each.standing == Standing.MEMBER]
    return (
        require(bool(acting), refusal, "forbidden")
        & require(bool(members), NO_MEMBER, "forbidden")
        & require(any(each.read for each in members), NOT_READ, "forbidden")
    )


def may_enter(actor: Actor, acting: Sequence[Acting]) -> Verdict:
    """A new service."""
    return signed_in(actor) & (ALLOWED if actor.has("secretariat") else stands_well(acting))


def may_own(actor: Actor, acting: Sequence[Acting], owners: Collection[int]) -> Verdict:
    """Name the organisations that run it: the secretariat any members, others at least one of their own."""
    own = [each for each in acting if each.organisation_id in owners]
    return may_enter(actor, acting) & (
        ALLOWED
        if actor.has("secretariat")
        else require(bool(own), N_("Please name your own organisation among those that run it."), "forbidden")
    )


def may_change(actor: Actor, acting: Sequence[Acting], owners: Collection[int]) -> Verdict:
    """What the catalogue says of it, and drafts."""
    own = [each for each in acting if each.organisation_id in owners]
    return signed_in(actor) & (ALLOWED if actor.has("secretariat") else stands_well(own, NOT_YOURS))


def may_publish(actor: Actor, acting: Sequence[Acting], owners: Collection[int], published: bool) -> Verdict:
    return (
        may_change(actor, acting, owners)
        & require(not published, N_("This service is in the catalogue already."))
        & require(bool(owners), N_("Please name the organisation that runs it first."))
    )


def may_start_or_end(
    actor: Actor, acting: Sequence[Acting], owners: Collection[int], state: ServiceState, to: ServiceState
) -> Verdict:
    return may_change(actor, acting, owners) & may_move(TRANSITIONS, state, to)


def may_read(actor: Actor, owners: Collection[int], visible: bool) -> Verdict:
    """Everybody, once it is in the catalogue; a draft those who run it, the secretariat and the auditor."""
    inside = any(actor.has("representative", "organisation", each) for each in owners)
    return ALLOWED if visible or inside else has_role(actor, "secretariat", "auditor")
