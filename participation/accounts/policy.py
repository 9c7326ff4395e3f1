"""Who may do what with accounts."""

from participation.accounts.models import PLATFORM_ROLES, Account
from participation.policy import N_, Actor, Verdict, has_role, require, signed_in

ADMINISTRATOR, SECRETARIAT = "administrator", "secretariat"


def may_list_accounts(actor: Actor) -> Verdict:
    """Who runs the desk sees the people."""
    return has_role(actor, ADMINISTRATOR, SECRETARIAT)


def may_grant(actor: Actor, account: Account, role: str) -> Verdict:
    """Administrators give roles; only to an account in use, only roles that exist."""
    return (
        has_role(actor, ADMINISTRATOR)
        & require(role in PLATFORM_ROLES, N_("There is no such role."))
        & require(account.erased_at is None, N_("This account was erased."))
    )


def may_revoke(actor: Actor, account: Account, role: str) -> Verdict:
    """An administrator can't give up the own role: the last one would lock everybody out."""
    return has_role(actor, ADMINISTRATOR) & require(
        account.id != actor.id or role != ADMINISTRATOR,
        N_("Another administrator must take this role from you."),
    )


def may_block(actor: Actor, account: Account) -> Verdict:
    return (
        has_role(actor, ADMINISTRATOR)
        & require(account.id != actor.id, N_("You cannot block yourself."))
        & require(account.erased_at is None, N_("This account was erased."))
    )


def may_remove_factor(actor: Actor, account: Account) -> Verdict:
    """Administrators help whoever has lost the device; about themselves somebody else must decide."""
    return (
        has_role(actor, ADMINISTRATOR)
        & require(account.id != actor.id, N_("Another administrator must do this for you."))
        & require(account.erased_at is None, N_("This account was erased."))
    )


def may_verify(actor: Actor, account: Account) -> Verdict:
    """The secretariat, and never for oneself."""
    return (
        has_role(actor, ADMINISTRATOR, SECRETARIAT)
        & require(account.id != actor.id, N_("Somebody else must confirm this about you."))
        & require(account.erased_at is None, N_("This account was erased."))
    )


def may_upload_register(actor: Actor) -> Verdict:
    return has_role(actor, ADMINISTRATOR, SECRETARIAT)


def may_change_own(actor: Actor) -> Verdict:
    return signed_in(actor)
