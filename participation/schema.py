"""Bringing the schema up to date: Alembic's revisions in migrations/, run forward only (a backup is the way back)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, inspect, text

from participation.paths import MIGRATIONS
from participation.services import Services

ADVISORY_LOCK = 7301
REVISION = re.compile(r"([0-9]{4})_\w+\.py")


class NewerSchema(Exception):
    """The database was made by a newer version of the software."""


class LostReference(Exception):
    """A revision left rows that refer to nothing. Nothing of it was committed."""


def migrate(services: Services) -> None:
    """Run the missing revisions, in one transaction.

    Raises:
        NewerSchema: the database knows a revision that this version does not.
        LostReference: a revision is wrong for what this database holds.
    """
    with services.db.engines.write.connect() as connection, _rebuilding(connection), connection.begin():
        if connection.dialect.name == "postgresql":  # workers that start together wait for the first
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        upgrade(connection)


@contextmanager
def _rebuilding(connection: Connection) -> Iterator[None]:
    """Lets SQLite put a rebuilt table in the place of one that rows of others refer to (the procedure of
    https://www.sqlite.org/lang_altertable.html#otheralter); `upgrade` sees before the commit that all still refer to
    something. The pragma does nothing inside a transaction, hence here."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = connection.connection.cursor()
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON")
        driver.close()


def upgrade(connection: Connection, until: str = "head") -> None:
    """Bring one database to the newest revision, or to `until`. Alembic is loaded only when there is something to do.

    Raises: see `migrate`.
    """
    known = sorted(match[1] for path in (MIGRATIONS / "versions").iterdir() if (match := REVISION.fullmatch(path.name)))
    present = _present(connection)
    if present == known[-1]:
        return
    if present is not None and present not in known:
        raise NewerSchema(f"the database has revision {present}, which this version of Sanpo does not know")

    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, until)
    if connection.dialect.name == "sqlite" and (lost := connection.execute(text("PRAGMA foreign_key_check")).all()):
        raise LostReference(f"after the upgrade rows of {', '.join(sorted({row[0] for row in lost}))} refer to nothing")


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
