"""A service with a list of improvements."""
from tests.backlog.scene import works
from tests.proposals.scene import scene
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors", "scene", "works"]
