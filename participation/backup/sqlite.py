"""SQLite's own online backup: a whole copy at one moment while others go on writing."""

import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

from participation.db import Database

NAME = "sanpo.sqlite3"
PAGES = 2_000  # copied before others get a turn


def dump(db: Database, folder: Path) -> list[Path]:
    """The copied database, checked."""
    target = folder / NAME
    with db.engines.read.connect() as connection:
        source = connection.connection.driver_connection
        assert isinstance(source, sqlite3.Connection)
        with sqlite3.connect(target) as copy:
            source.backup(copy, pages=PAGES, sleep=0.01)
            copy.execute("PRAGMA journal_mode=DELETE")
        copy.close()
    problem = _problem(target)
    if problem:
        raise sqlite3.DatabaseError(problem)
    return [target]


def load(database_url: str, folder: Path) -> str:
    """Put the copy in its place; returns what is wrong with it, or ""."""
    source, target = folder / NAME, Path(make_url(database_url).database or "")
    if not source.exists():
        return "the backup holds no database"
    if target.exists():
        return f"{target} is there already"
    problem = _problem(source)
    if problem:
        return f"the database in the backup is damaged: {problem}"
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
    return ""


def _problem(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    finally:
        connection.close()
    if said != "ok":
        return str(said)
    return "" if broken is None else f"a row of {broken[0]} points at a missing one"
