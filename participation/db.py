"""Tables' base, column types, and the database: reads that cannot write, writes that are one transaction each.

Engines live in `engines.py`, the one SQLite writer in `writer.py`.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import JSON, BigInteger, ColumnElement, CursorResult, DateTime, Integer, MetaData, literal_column
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from participation.engines import Engines, open_engines
from participation.writer import PooledWriter, SingleWriter

T = TypeVar("T")

NAMING = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class UTCDateTime(TypeDecorator[datetime]):
    """An aware moment, kept in UTC with microseconds; a naive one is a programming error."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime given to the database")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Localized(dict[str, str]):
    """An institutional text by locale; Japanese is the original, the others may be missing."""

    def to(self, locale: str) -> str:
        """The text in `locale`, else in Japanese, else in whatever there is."""
        return self.get(locale) or self.get("ja") or next(iter(self.values()), "")


class Translated(TypeDecorator[Localized]):
    """An institutional text in one column: `{"ja": …, "en": …}`. One column instead of a row per language keeps
    every list free of joins and the number of queries per page fixed."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: dict[str, str] | None, dialect: Any) -> dict[str, str] | None:
        return None if value is None else {key: text for key, text in value.items() if text}

    def process_result_value(self, value: dict[str, str] | None, dialect: Any) -> Localized | None:
        return None if value is None else Localized(value)


# Separator for `aggregate_strings`; as a bound literal it would have the statement rewritten at every execution.
COMMA: ColumnElement[str] = literal_column("','")

BigId = BigInteger().with_variant(Integer(), "sqlite")


def insert_ignore(model: Any, dialect_name: str) -> Any:
    """`INSERT … ON CONFLICT DO NOTHING` in either dialect. Ask `.returning(pk)` and look at `.first()`:
    row counts are not reliable with psycopg."""
    dialect = postgresql if dialect_name == "postgresql" else sqlite
    return dialect.insert(model).on_conflict_do_nothing()


def look_up(session: Session, statement: Any, values: Mapping[str, Any] | None = None) -> CursorResult[Any]:
    """The rows of a select of columns, past the object layer, which costs as much as a small query. What the same
    transaction has changed through objects counts too."""
    session.flush()
    return session.connection().execute(statement, values or {})


def dialect_name(session: Session) -> str:
    return session.get_bind().dialect.name


class Database:
    """The database of one process.

    `owner` is the serving process. A command that runs beside it (a guest) never checkpoints the write-ahead log:
    libraries older than SQLite 3.51.3 can corrupt it when two connections checkpoint at once.
    """

    def __init__(self, url: str, *, owner: bool = True, readers: int = 8) -> None:
        self.engines: Engines = open_engines(url, owner=owner, readers=readers)
        self._writer = SingleWriter(self.engines.write) if self.sqlite else PooledWriter(self.engines.write)
        self.on_commit: Callable[[], None] = lambda: None

    @property
    def dialect(self) -> str:
        """sqlite or postgresql."""
        return self.engines.write.dialect.name

    @property
    def sqlite(self) -> bool:
        return self.dialect == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session that can only read."""
        with Session(self.engines.read, autoflush=False, expire_on_commit=False) as session:
            yield session

    def write(self, work: Callable[[Session], T], *, wake: bool = True) -> T:
        """Run `work` in one transaction; returns its result once that is durable.

        Whatever `work` raises undoes its own changes only and is raised here. `work` may run twice when the
        engine asks for a retry, so it must depend on nothing but the session and its arguments.
        """
        result = self._writer.run(work)
        if wake:
            self.on_commit()
        return result

    async def write_async(self, work: Callable[[Session], T]) -> T:
        """`write` for the event loop: waits without holding a thread where there is one writer."""
        result = await self._writer.run_async(work)
        self.on_commit()
        return result

    def version(self) -> Hashable:
        """A value that changes exactly when something was committed by anybody; page caches key on it."""
        return self.engines.version()

    def close(self) -> None:
        self._writer.close()
        self.engines.close()
