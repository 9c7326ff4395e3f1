"""A running service to give feedback on."""
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors"]
