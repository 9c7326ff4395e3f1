"""Who may ask for data, publish the words, and agree to them."""

from participation.consents.models import TRANSITIONS, VersionState
from participation.organisations.models import MandateRole
from participation.organisations.policy import SCOPE, may_act_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move

DESK = "secretariat"


def may_manage(actor: Actor, controller_id: int) -> Verdict:
    """Enter a service of this controller, write its purposes, make its tokens: its representatives, the secretariat."""
    return may_act_for(actor, controller_id, MandateRole.REPRESENTATIVE) | has_role(actor, DESK)


def may_enter_service(actor: Actor) -> Verdict:
    """Enter some service: representatives of organisations, and the secretariat."""
    represents = any(role == MandateRole.REPRESENTATIVE and kind == SCOPE for role, kind, _ in actor.roles)
    return ALLOWED if represents else has_role(actor, DESK)


def may_manage_some(actor: Actor) -> Verdict:
    """See the pages on which services and purposes are written: those who write them, and who looks on."""
    return may_enter_service(actor) | has_role(actor, "auditor", "administrator")


def may_look(actor: Actor, controller_id: int) -> Verdict:
    """See drafts, tokens and deliveries (never a key): those who manage, and auditors."""
    return may_manage(actor, controller_id) | has_role(actor, "auditor", "administrator")


def may_move_version(actor: Actor, controller_id: int, state: VersionState, to: VersionState) -> Verdict:
    """Along the arrows of the table. The secretariat alone publishes; a controller submits, takes back and retires."""
    who = has_role(actor, DESK) if to == VersionState.PUBLISHED else may_manage(actor, controller_id)
    return who & may_move(TRANSITIONS, state, to)


def may_write_version(actor: Actor, controller_id: int, state: VersionState) -> Verdict:
    """Change words: of a draft only."""
    return may_manage(actor, controller_id) & require(
        state == VersionState.DRAFT, N_("These words were handed in or published, and stay as they are.")
    )


def may_decide_own(actor: Actor) -> Verdict:
    """Switch one's own consents: whoever is signed in, for oneself alone."""
    return signed_in(actor)
