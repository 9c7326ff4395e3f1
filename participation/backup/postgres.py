"""PostgreSQL without its own tools: every table by COPY in one repeatable-read transaction, so all of one moment."""

from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql
from sqlalchemy import Table, create_engine, inspect
from sqlalchemy.engine import make_url

from participation.db import Base, Database
from participation.schema import upgrade

CHUNK = 1 << 20


def dump(db: Database, folder: Path) -> list[Path]:
    """A file per table, in an order in which rows can come back."""
    paths = []
    with db.engines.read.connect() as connection:
        connection = connection.execution_options(isolation_level="REPEATABLE READ")
        cursor: Any = connection.connection.cursor()
        for table in Base.metadata.sorted_tables:
            path = folder / f"{table.name}.copy"
            with path.open("wb") as file, cursor.copy(_copy("COPY {} ({}) TO STDOUT", table)) as rows:
                for block in rows:
                    file.write(block)
            paths.append(path)
    return paths


def load(database_url: str, folder: Path) -> str:
    """Make the schema and bring the rows back, all or nothing; returns what is wrong, or ""."""
    engine = create_engine(make_url(database_url))
    try:
        if inspect(engine).get_table_names():
            return "the database is not empty"
        with engine.begin() as connection:
            upgrade(connection)
            cursor: Any = connection.connection.cursor()
            # rows come back as they were: no trigger speaks, no order of foreign keys matters
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in Base.metadata.sorted_tables:
                _load_table(cursor, table, folder / f"{table.name}.copy")
    except psycopg.Error as error:
        return f"the database refused the rows: {error}"
    finally:
        engine.dispose()
    return ""


def _load_table(cursor: Any, table: Table, path: Path) -> None:
    if not path.exists():
        return
    cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table.name)))
    with path.open("rb") as file, cursor.copy(_copy("COPY {} ({}) FROM STDIN", table)) as rows:
        while block := file.read(CHUNK):
            rows.write(block)
    column = table.autoincrement_column
    if column is not None:
        name, key = sql.Identifier(table.name), sql.Identifier(column.name)
        text = "SELECT setval(s, m) FROM (SELECT pg_get_serial_sequence({}, {}) s, max({}) m FROM {}) x "
        text += "WHERE s IS NOT NULL AND m IS NOT NULL"
        cursor.execute(sql.SQL(text).format(sql.Literal(table.name), sql.Literal(column.name), key, name))


def _copy(text: str, table: Table) -> sql.Composed:
    columns = sql.SQL(", ").join(sql.Identifier(column.name) for column in table.columns)
    return sql.SQL(text).format(sql.Identifier(table.name), columns)
