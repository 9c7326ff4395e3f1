"""A challenge and members that answer it."""
from tests.challenges.scene import market
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors", "market"]
