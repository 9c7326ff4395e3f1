"""How the people of the story arrive: an account, its roles and verifications."""

from datetime import datetime

from sqlalchemy import insert

from consortium.demo.stage import Stage, Turn
from consortium.demo.story import Person
from participation.accounts.actions import create_account, verify_account
from participation.accounts.events import RoleGranted
from participation.accounts.models import PLATFORM_ROLES, Account, RoleGrant
from participation.events import record
from participation.policy import Actor

# Roles that hold within something; what it is arrives with the packages of later versions, so the scope is 0 ("any").
SCOPED = {
    "representative": ("organisation", 0),
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
    scoped = _grant_scoped(turn, account, person)
    turn.stage.actors[turn.key] = Actor(
        id=account.id,
        name=person.name,
        locale=person.locale,
        ref=account.ref,
        area_id=account.area_id,
        roles=frozenset({(role, "platform", 0) for role in roles} | scoped),
    )
    _verify(turn.stage, account, person, turn.now)


def _grant_scoped(turn: Turn, account: Account, person: Person) -> set[tuple[str, str, int]]:
    if person.role not in SCOPED:
        return set()
    kind, scope = SCOPED[person.role]
    grant = {"account_id": account.id, "role": person.role, "scope_kind": kind, "scope_id": scope}
    turn.session.execute(insert(RoleGrant).values(**grant, granted_at=turn.now))
    fact = RoleGranted(account_ref=account.ref or "", role=person.role, scope_kind=kind, scope_id=scope)
    record(turn.session, fact, actor=None, now=turn.now)
    return {(person.role, kind, scope)}


def _verify(stage: Stage, account: Account, person: Person, now: datetime) -> None:
    """At the desk, by the secretariat, who is the first to arrive."""
    for kind in person.verified:
        verify_account(stage.session, stage.actors["secretariat"], account.id, kind, now=now)
