"""A service, and people who said things that it may have come from."""
from tests.proposals.scene import scene
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors", "scene"]
