"""A workshop with a public record, and a council that may take up what it drew."""
from tests.outcomes.scene import after
from tests.services.scene import catalogue, council
from tests.workshops.records.scene import day, doors

__all__ = ["after", "catalogue", "council", "day", "doors"]
