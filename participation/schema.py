"""Bringing the schema up to date: Alembic's revisions in migrations/, run forward only (a backup is the way back)."""

import re

from sqlalchemy import Connection, inspect, text

from participation.paths import MIGRATIONS
from participation.services import Services

ADVISORY_LOCK = 7301
REVISION = re.compile(r"([0-9]{4})_\w+\.py")


class NewerSchema(Exception):
    """The database was made by a newer version of the software."""


def migrate(services: Services) -> None:
    """Run the missing revisions, in one transaction.

    Raises:
        NewerSchema: the database knows a revision that this version does not.
    """
    with services.db.engines.write.begin() as connection:
        if connection.dialect.name == "postgresql":  # workers that start together wait for the first
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Bring one database to the newest revision. Alembic is loaded only when there is something to do."""
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
    command.upgrade(config, "head")


def _present(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
