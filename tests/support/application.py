"""The whole application in this process, on a database of its own for every test."""
import secrets
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from sqlalchemy.util import LRUCache
from starlette import routing

from participation.accounts import passwords
from participation.accounts.models import Account, ApiToken, RoleGrant, Verification
from participation.accounts.sessions import actor_of_account, hash_key, open_session
from participation.app import create_app, make_services
from participation.clock import Clock
from participation.db import Database
from participation.policy import Actor
from participation.schema import migrate
from participation.services import Services
from participation.settings import Settings, from_environment
from participation.worker import Worker
from tests.support.client import BASE_URL, Client, Loop
from tests.support.clock import TestClock

DEAR = passwords._hasher
SECRET = "tests-only-" + "0" * 53


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """The same argon2id with little memory: a computation takes 0.1 ms instead of 0.1 s. `dear_passwords` undoes it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def quick_routes() -> Iterator[None]:
    """The pattern of an address is compiled once, not again for the application of each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(routing, "compile_path", cache(routing.compile_path))
        yield


@pytest.fixture
def dear_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords are hashed as in production, that of nobody too."""
    monkeypatch.setattr(passwords, "_hasher", DEAR)
    passwords._dummy.cache_clear()
    yield
    passwords._dummy.cache_clear()


@pytest.fixture(scope="session")
def build_schema(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], None]:
    """Migrates an empty database with what ships; runs once per engine and run."""
    def build(url: str) -> None:
        from asgi import COMPONENTS
        environment = {"SANPO_DATA": str(tmp_path_factory.mktemp("schema")), "SANPO_DATABASE_URL": url,
                       "SANPO_SECRET_KEY": SECRET}
        services = make_services(from_environment(environment), COMPONENTS)
        migrate(services)
        services.db.close()
    return build


@pytest.fixture
def environment() -> Mapping[str, str]:
    """SANPO_* variables of the application under test; override it in a test file to set more."""
    return {}


@pytest.fixture
def settings(environment: Mapping[str, str], database_url: str, tmp_path: Path) -> Settings:
    return from_environment({
        "SANPO_DATA": str(tmp_path / "data"), "SANPO_DATABASE_URL": database_url, "SANPO_BASE_URL": BASE_URL,
        "SANPO_SECRET_KEY": SECRET, "SANPO_RATE_LIMITS": "off", **environment})


COMPILED: dict[str, tuple[Any, Any]] = {}  # by engine: SQLAlchemy's dialect and what it compiled


def share_compiled(db: Database) -> None:
    """Statements are compiled once per run, as a server does, not again for the database of each test."""
    for engine in (db.engines.write, db.engines.read):
        if engine.dialect.name not in COMPILED:
            engine.connect().close()  # only then the dialect knows with which database it speaks
        kept = COMPILED.setdefault(engine.dialect.name, (engine.dialect, LRUCache(10_000)))
        engine.dialect, engine._compiled_cache = kept


@pytest.fixture
def services(settings: Settings, clock: TestClock) -> Iterator[Services]:
    """Database, clock, registry and settings as the application holds them."""
    from asgi import COMPONENTS
    made = make_services(settings, COMPONENTS, clock=clock)
    share_compiled(made.db)
    yield made
    made.db.close()


@pytest.fixture
def db(services: Services) -> Database:
    """A migrated, empty database: db.write(work), db.read()."""
    return services.db


@pytest.fixture
def now(clock: TestClock) -> Any:
    return clock()


@pytest.fixture
def deliver(services: Services, clock: TestClock) -> Callable[[], int]:
    """Does now what the worker does later: hands waiting events to their subscribers and runs the jobs that are due."""
    worker = Worker(services)
    return lambda: worker.step(clock())


class People:
    """Makes accounts straight in the database; calling it answers the new person as an Actor."""

    def __init__(self, services: Services, clock: Clock) -> None:
        self._services, self._clock, self.next_number = services, clock, 1

    def __call__(self, name: str = "", *, email: str = "", roles: tuple[str | tuple[str, str, int], ...] = (),
                 verifications: tuple[str, ...] = (), locale: str = "ja", **fields: Any) -> Actor:
        """`roles`: "secretariat", or ("facilitator", "workshop", 3)."""
        number, now = self.next_number, self._clock()
        self.next_number += 1
        account = Account(
            email=email or f"person{number}@example.test", email_confirmed_at=now, name=name or f"Person {number}",
            locale=locale, ref=f"{number:032x}", created_at=now, **fields)

        def make(session: Any) -> Actor:
            session.add(account)
            session.flush()
            for role in roles:
                what, kind, scope = role if isinstance(role, tuple) else (role, "platform", 0)
                session.add(RoleGrant(
                    account_id=account.id, role=what, scope_kind=kind, scope_id=scope, granted_at=now))
            for kind in verifications:
                session.add(Verification(account_id=account.id, kind=kind, method="secretariat", verified_at=now))
            session.flush()
            return actor_of_account(session, account.id)
        return self._services.db.write(make)

    def session_key(self, actor: Actor) -> str:
        return self._services.db.write(lambda session: open_session(session, actor.id, self._clock()))

    def token(self, actor: Actor) -> str:
        """A new API token of this person."""
        key = secrets.token_urlsafe(32)
        row = ApiToken(key_hash=hash_key(key), account_id=actor.id, created_at=self._clock())
        self._services.db.write(lambda session: session.add(row))
        return key


class Acting:
    """For scenes: actions and queries, one at a time, at the present time of the test."""

    def __init__(self, db: Database, clock: Clock, person: People) -> None:
        self.db, self.clock, self.person = db, clock, person

    def do(self, action: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """An action in a transaction of its own, at the present time."""
        return self.db.write(lambda session: action(session, *arguments, now=self.clock(), **named))

    def ask(self, question: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        """A query in a reading session."""
        with self.db.read() as session:
            return question(session, *arguments, **named)


@pytest.fixture
def person(services: Services, clock: TestClock) -> People:
    """`person("Hanako", roles=("secretariat",))` -> Actor with a confirmed account."""
    return People(services, clock)


@pytest.fixture
def app(services: Services) -> Any:
    """The ASGI application; the worker does not run, `deliver()` does its part when a test says so."""
    return create_app(services)


@pytest.fixture
def client(app: Any, loop: Loop, person: People) -> Iterator[Client]:
    """A browser without JavaScript on the application: get, open, submit, post, api, sign_in(actor), another()."""
    made = Client(app, loop)
    made.people = person
    yield made
    made.close()
