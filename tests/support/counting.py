"""How many statements a piece of code sends to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from participation.db import Database


@dataclass
class Count:
    statements: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.statements)


@contextmanager
def counting(*engines: Any) -> Iterator[Count]:
    """Counts what the engines are sent inside the block, transaction control excepted."""
    count = Count()
    seen: list[Any] = []

    def note(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if seen and seen[-1] is cursor:  # told twice, by an engine and by the one that it was made from
            return
        seen[:] = [cursor]
        if not statement.startswith(("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE")):
            count.statements.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield count
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


@contextmanager
def nothing_kept(db: Database) -> Iterator[None]:
    """Every request finds another version of the database, as after a commit, so that it asks for everything itself.

    What is kept depends on who else commits, on PostgreSQL in any database of the server: a count would vary.
    """
    version, commits = db.version, iter(range(10**9))
    db.version = lambda: (version(), next(commits))  # type: ignore[method-assign]
    try:
        yield
    finally:
        del db.version  # type: ignore[method-assign]


@pytest.fixture
def count_queries() -> Any:
    """`with count_queries(session_or_database) as count: …; count.total`: with nothing kept from before."""

    @contextmanager
    def count(where: Session | Database) -> Iterator[Count]:
        if isinstance(where, Session):
            with counting(where.get_bind()) as counted:
                yield counted
            return
        engines = {id(engine): engine for engine in (where.engines.read, where.engines.write)}
        with nothing_kept(where), counting(*engines.values()) as counted:
            yield counted

    return count
