"""Bulk data straight into the tables: big batches, secondary indexes made at the end, counters equal to rows."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Table, exists, func, insert, select, text
from sqlalchemy.orm import Session

from consortium.bench import rows
from consortium.bench.events import BulkDataWritten
from consortium.bench.frame import write_frame
from consortium.bench.sizes import Size
from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.events import record
from participation.search.queries import engine_of
from participation.services import Services
from participation.spaces.models import Area, Category
from participation.subjects import Subject
from proposals.models import Answer, Proposal, ProposalVersion, Support

BATCH = 20_000  # rows in one statement and one transaction
TABLES = (Account, Subject, Proposal, Comment, Support)
Tick = Callable[[str, int], None]  # (what is being written, how many more are done)


def is_empty(session: Session) -> bool:
    """Whether nobody has put anything into this database."""
    return not any(session.scalar(select(exists().select_from(model))) for model in (Account, Subject, Area, Category))


def seed(services: Services, size: Size, tick: Tick) -> None:
    """Fill an empty database and build the search index.

    Raises:
        ValueError: that many supports need more accounts or proposals.
    """
    city = rows.City(size, services.clock())
    engine = services.db.engines.write
    with engine.connect() as connection, _without_indexes(connection):
        with connection.begin():
            write_frame(connection, city.now)
        _write_all(connection, city, tick)
    with engine.connect() as connection:
        _settle(connection)
    services.db.write(lambda session: _say_so(session, size, city))
    services.extras["search_indexer"].rebuild(services, lambda more: tick("documents", more), wait=True)
    engine_of(services).tidy()  # else the first server merges the new index for minutes, beside what is measured


def _write_all(connection: Connection, city: rows.City, tick: Tick) -> None:
    _write(connection, Account, rows.accounts(city), "accounts", tick)
    titles = list(rows.proposal_subjects(city))
    _write(connection, Subject, titles, "proposals", tick)
    texts = list(rows.proposals(city, [row["locale"] for row in titles]))
    _write(connection, Proposal, texts, "", tick)
    _write(connection, ProposalVersion, _versions(titles, texts), "", tick)
    _write(connection, Answer, rows.answers(city), "", tick)
    _write(connection, Support, rows.supports(city), "supports", tick)
    for pairs in _batches(rows.comments(city)):
        _write(connection, Subject, [subject for subject, _ in pairs], "", tick)
        _write(connection, Comment, [comment for _, comment in pairs], "comments", tick)


def _versions(titles: list[rows.Row], texts: list[rows.Row]) -> Iterator[rows.Row]:
    for subject, proposal in zip(titles, texts, strict=True):
        own = {"title": subject["title"], "body": proposal["body"], "at": proposal["published_at"]}
        yield {"proposal_id": subject["id"], "number": 1, "editor_id": subject["author_id"], **own}


def _write(connection: Connection, model: Any, found: Iterable[rows.Row], what: str, tick: Tick) -> None:
    statement = insert(model.__table__)
    for batch in _batches(found):
        with connection.begin():
            connection.execute(statement, batch)
        if what:
            tick(what, len(batch))


def _batches(found: Iterable[Any]) -> Iterator[list[Any]]:
    waiting = iter(found)
    while batch := list(islice(waiting, BATCH)):
        yield batch


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Rows that come in the order of no index would touch all of its pages in every batch."""
    indexes = [index for model in TABLES for index in _table(model).indexes if not index.unique]
    with connection.begin():
        for index in indexes:
            index.drop(connection)
    try:
        yield
    finally:
        for index in indexes:
            with connection.begin():
                index.create(connection)


def _table(model: Any) -> Table:
    return model.__table__


def _settle(connection: Connection) -> None:
    """What a database that had grown row by row would have: sequences behind the last id, statistics on PostgreSQL."""
    if connection.dialect.name != "postgresql":
        return
    with connection.begin():
        for model in (Account, Subject, Area, Category):
            name = _table(model).name
            last = connection.execute(select(func.max(_table(model).c.id))).scalar_one()
            connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), :last)"), {"last": last})
    connection.execution_options(isolation_level="AUTOCOMMIT").execute(text("VACUUM ANALYZE"))


def _say_so(session: Session, size: Size, city: rows.City) -> None:
    counts = {"accounts": size.accounts, "proposals": size.proposals}
    fact = BulkDataWritten(**counts, supports=size.supports, comments=size.comments)
    record(session, fact, actor=None, now=city.now)

