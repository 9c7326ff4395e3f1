"""A catalogue to try things on."""
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors"]
