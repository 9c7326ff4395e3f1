"""A service to report on."""
from tests.segments.scene import reporting
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors", "reporting"]
