"""Who may acknowledge, sign and set terms."""

from participation.organisations.policy import may_act_for, may_sign_for
from participation.policy import N_, Actor, Verdict, has_role, require
from rules.signing.cases import SigningCase


def may_acknowledge(actor: Actor, case: SigningCase) -> Verdict:
    """Everybody who acts for the organisation, each for themselves."""
    return may_act_for(actor, case.organisation_id) & _usable(case)


def may_sign(actor: Actor, case: SigningCase) -> Verdict:
    """The organisation's signatories alone, the version that is in force, while the council lets it."""
    return may_sign_for(actor, case.organisation_id) & _usable(case) & case.allowed


def may_set_term(actor: Actor, begun: bool) -> Verdict:
    """Before the version comes into force: afterwards members rely on their deadline."""
    return has_role(actor, "secretariat") & require(
        not begun, N_("The version is in force, so its members rely on this deadline.")
    )


def _usable(case: SigningCase) -> Verdict:
    return require(
        case.in_force,
        N_("Another version of this rule is in force now. Please read and sign that one."),
    )
