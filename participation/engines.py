"""Engines for SQLite (one writer, read-only readers) and PostgreSQL (a pool).

Driver-side transactions of sqlite3 begin late and deferred, which loses updates under concurrency; so the driver is
set to autocommit and an explicit BEGIN is said for every transaction: DEFERRED for reads, IMMEDIATE for writes.
"""

import sqlite3
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import QueuePool

BUSY_MS = 10_000
PRAGMAS = ("synchronous=FULL", "foreign_keys=ON", "trusted_schema=OFF", "temp_store=MEMORY", "cache_size=-32768")


@dataclass(frozen=True)
class Engines:
    read: Engine
    write: Engine
    version: Callable[[], Hashable]

    def close(self) -> None:
        """Readers first: the last connection that closes brings the write-ahead log home, which a reader cannot."""
        self.read.dispose()
        if isinstance(self.version, SqliteVersion):
            self.version.close()
        self.write.dispose()


def open_engines(url: str, *, owner: bool, readers: int) -> Engines:
    """The engines for `url`. SQLite: the write engine holds one connection; readers are opened `mode=ro`."""
    if make_url(url).get_backend_name() == "sqlite":
        return _open_sqlite(Path(make_url(url).database or ""), owner=owner, readers=readers)
    return _open_postgresql(url, readers)


def _open_sqlite(path: Path, *, owner: bool, readers: int) -> Engines:
    path.parent.mkdir(parents=True, exist_ok=True)
    write = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, "rwc", checkpoints=owner),
        pool_size=1,
        max_overflow=0,
        poolclass=QueuePool,
    )
    write.connect().close()  # the file and its WAL exist before any reader opens them
    read = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, "ro", checkpoints=False),
        pool_size=readers,
        max_overflow=readers,  # while each request reads, each may need a second session for what it keeps in memory
        pool_timeout=30,
        poolclass=QueuePool,
    )
    _say_begin(write, "BEGIN IMMEDIATE")
    _say_begin(read, "BEGIN DEFERRED")
    return Engines(read, write, SqliteVersion(path))


def _connect(path: Path, mode: str, *, checkpoints: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=BUSY_MS / 1000,
        cached_statements=512,
    )
    if mode != "ro":
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA journal_size_limit=67108864")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.execute(f"PRAGMA wal_autocheckpoint={1000 if checkpoints else 0}")
    return connection


def _say_begin(engine: Engine, statement: str) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql(statement)


class SqliteVersion:
    """`PRAGMA data_version` of one kept connection: changes when any other connection, of any process, commits."""

    def __init__(self, path: Path) -> None:
        self._connection = _connect(path, "ro", checkpoints=False)
        self._lock = threading.Lock()

    def close(self) -> None:
        self._connection.close()

    def __call__(self) -> Hashable:
        with self._lock:
            return self._connection.execute("PRAGMA data_version").fetchone()[0]


def _open_postgresql(url: str, readers: int) -> Engines:
    engine = create_engine(url, pool_size=readers, max_overflow=readers, pool_timeout=30, pool_recycle=1800)
    read = engine.execution_options(postgresql_readonly=True)

    def version() -> Hashable:
        # Equal snapshots see equal rows, so the snapshot itself is an exact version: no counter row to contend for.
        with engine.connect() as connection:
            return connection.execute(text("SELECT pg_current_snapshot()::text")).scalar_one()

    return Engines(read, engine, version)
