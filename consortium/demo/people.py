"""How the people of the story arrive: an account, its roles and verifications."""

from sqlalchemy import insert

from consortium.demo.stage import Turn
from consortium.demo.story import Person
from participation.accounts.actions import create_account, verify_account
from participation.accounts.events import RoleGranted
from participation.accounts.models import PLATFORM_ROLES, Account, RoleGrant
from participation.accounts.sessions import actor_of_account
from participation.events import record
from participation.notifications.actions import set_pace

# Roles that hold within something; what it is arrives with the packages of later versions, so the scope is 0 ("any").
SCOPED = {
    "chair": ("working_group", 0),
    "facilitator": ("workshop", 0),
}


def arrive(turn: Turn) -> None:
    """Sign up under the nickname. Nobody has an e-mail address while the story is played, so that it mails nobody."""
    person = turn.stage.people[turn.key]
    roles = (person.role,) if person.role in PLATFORM_ROLES else ()
    account = create_account(
        turn.session, email=None, name=person.name, locale=person.locale, way="demo", roles=roles, now=turn.now
    )
    account.area_id = turn.stage.areas[person.area]
    account.email_confirmed_at = turn.now  # only people who proved an address can be invited
    if person.email:  # its notices count as dealt with, instead of waiting for the address that it gets later
        set_pace(turn.session, account.id, direct="never", followed="never")
    _grant_scoped(turn, account, person)
    for kind in person.verified:  # at the desk, by the secretariat, who is the first to arrive
        verify_account(turn.session, turn.stage.actors["secretariat"], account.id, kind, now=turn.now)
    turn.session.flush()
    turn.stage.actors[turn.key] = actor_of_account(turn.session, account.id)


def _grant_scoped(turn: Turn, account: Account, person: Person) -> None:
    if person.role not in SCOPED:
        return
    kind, scope = SCOPED[person.role]
    grant = {"account_id": account.id, "role": person.role, "scope_kind": kind, "scope_id": scope}
    turn.session.execute(insert(RoleGrant).values(**grant, granted_at=turn.now))
    fact = RoleGranted(account_ref=account.ref or "", role=person.role, scope_kind=kind, scope_id=scope)
    record(turn.session, fact, actor=None, now=turn.now)
