"""Bringing the schema up to date."""

from sqlalchemy import Connection

from participation.db import Base
from participation.services import Services


def migrate(services: Services) -> None:
    """Create what is missing."""
    with services.db.engines.write.begin() as connection:
        upgrade(connection)


def upgrade(connection: Connection) -> None:
    """Bring one database to the newest schema."""
    Base.metadata.create_all(connection)
