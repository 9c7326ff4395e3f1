"""Bringing the schema up to date."""

from participation.db import Base
from participation.services import Services


def migrate(services: Services) -> None:
    """Create what is missing."""
    Base.metadata.create_all(services.db.engines.write)
