"""Who acts for an organisation. A mandate is a role in the scope of that organisation, so no question needs a query."""

from participation.organisations.models import MandateRole
from participation.policy import ALLOWED, N_, Actor, Verdict, has_role, require, signed_in

SCOPE = "organisation"
LABELS = {MandateRole.REPRESENTATIVE: N_("Representative"), MandateRole.SIGNATORY: N_("Signatory")}


def acts_for(actor: Actor, organisation_id: int, *roles: MandateRole) -> bool:
    """Whether the person holds one of these mandates (any, if none is named) of this organisation."""
    return any(actor.has(role, SCOPE, organisation_id) for role in roles or tuple(MandateRole))


def may_act_for(actor: Actor, organisation_id: int, *roles: MandateRole) -> Verdict:
    """Do something in the name of an organisation; any mandate is enough unless `roles` are named."""
    if acts_for(actor, organisation_id, *roles):
        return ALLOWED
    return signed_in(actor) & Verdict("forbidden", N_("Only those who act for this organisation can do this."))


def may_sign_for(actor: Actor, organisation_id: int) -> Verdict:
    """Bind the organisation: its signatories and nobody else, no matter what other roles a person has."""
    return signed_in(actor) & require(
        acts_for(actor, organisation_id, MandateRole.SIGNATORY),
        N_("Only a signatory of this organisation can sign for it."),
        kind="forbidden",
    )


def may_change_organisation(actor: Actor, organisation_id: int) -> Verdict:
    """Its representatives, and the secretariat."""
    return may_act_for(actor, organisation_id, MandateRole.REPRESENTATIVE) | has_role(actor, "secretariat")


def may_invite_for(actor: Actor, organisation_id: int, public: bool) -> Verdict:
    """Ask others to act for it too: once it is public, so that nobody sends mails in an invented name."""
    return may_change_organisation(actor, organisation_id) & require(
        public, N_("You can invite others as soon as the application is approved.")
    )


def may_end_mandate(actor: Actor, organisation_id: int, account_id: int, role: str, last: bool) -> Verdict:
    """One's own mandate, or as a representative anybody's; the last representative stays until the secretariat says."""
    own = ALLOWED if actor.id == account_id else may_change_organisation(actor, organisation_id)
    keeps = role == MandateRole.REPRESENTATIVE and last and not actor.has("secretariat")
    return (
        signed_in(actor)
        & own
        & require(not keeps, N_("An organisation keeps at least one representative. Invite another one first."))
    )
