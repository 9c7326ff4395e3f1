"""Who may apply, decide and leave."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from consortium.membership.models import TRANSITIONS, Membership, Stage
from participation.organisations.models import MandateRole
from participation.organisations.policy import acts_for, may_act_for
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in
from participation.states import may_move

DESK = ("secretariat", "administrator")
NEEDS_REASON = (Stage.RETURNED, Stage.REFUSED, Stage.SUSPENDED)
DECIDED = (Stage.RETURNED, Stage.APPROVED, Stage.REFUSED, Stage.SUSPENDED)


def may_apply(actor: Actor) -> Verdict:
    """Enter an organisation and ask for its membership: whoever is signed in."""
    return signed_in(actor)


def may_apply_again(actor: Actor, organisation_id: int, stage: Stage) -> Verdict:
    """Answer what was asked back, or come back after having left."""
    return may_act_for(actor, organisation_id, MandateRole.REPRESENTATIVE) & may_move(TRANSITIONS, stage, Stage.APPLIED)


def may_review(actor: Actor) -> Verdict:
    """See applications and the register at the desk."""
    return has_role(actor, *DESK, "auditor")


def may_decide(actor: Actor, stage: Stage, to: Stage, organisation_id: int) -> Verdict:
    """The secretariat, along the arrows of the table, and nobody about the organisation that they act for."""
    return (
        has_role(actor, "secretariat")
        & require(to in DECIDED, N_("This step is not possible from the present state."))
        & may_move(TRANSITIONS, stage, to)
        & require(
            not acts_for(actor, organisation_id),
            N_("You act for this organisation, so somebody else must decide."),
            kind="forbidden",
        )
    )


def may_leave(actor: Actor, organisation_id: int, stage: Stage) -> Verdict:
    """Its representatives; what it signed stays in the register."""
    return may_act_for(actor, organisation_id, MandateRole.REPRESENTATIVE) & may_move(TRANSITIONS, stage, Stage.LEFT)


def may_see(actor: Actor, organisation_id: int, public: bool) -> Verdict:
    """Everybody, once it is public; before that its own people and the desk."""
    return ALLOWED if public else may_act_for(actor, organisation_id) | has_role(actor, *DESK, "auditor")


def may_sign(session: Session, organisation_id: int) -> Verdict:
    """What the council says of a signature (hook of rules/signing): only who was approved; a suspended member renews
    its signature like the others."""
    stage = session.scalar(select(Membership.stage).where(Membership.organisation_id == organisation_id))
    return require(
        stage in (Stage.APPROVED, Stage.SUSPENDED), N_("The organisation can sign once its application is approved.")
    )
