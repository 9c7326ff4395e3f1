"""The fixtures that every other test stands on."""
from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.db import Database
from participation.policy import Actor
from tests.support.application import People, SignedInClient
from tests.support.clock import START, TestClock
from tests.support.databases import on_sqlite


def people_in(db: Database) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(Account))


def test_a_database_is_empty_and_migrated_first(db: Database, person: People) -> None:
    assert people_in(db) == 0
    person("Hanako")
    assert people_in(db) == 1


def test_a_database_is_empty_and_migrated_again(db: Database, person: People) -> None:
    assert people_in(db) == 0
    person("Taro")
    assert people_in(db) == 1


def test_a_person_holds_what_was_given(person: People) -> None:
    actor = person("Hanako", roles=("secretariat", ("facilitator", "workshop", 3)), verifications=("resident",))
    assert (actor.has("secretariat"), actor.has("facilitator", "workshop", 3), actor.verifications) == (
        True, True, frozenset({"resident"}))


def test_the_clock_stands_still(clock: TestClock) -> None:
    assert (clock(), clock.advance(hours=2).hour, clock().hour) == (START, 5, 5)


@on_sqlite
def test_a_signed_in_client_is_that_person(client: SignedInClient, person: People) -> None:
    hanako: Actor = person("Hanako")
    assert client.sign_in(hanako).get("/healthz").status == 200
    assert client.cookies["__Host-sid"]
