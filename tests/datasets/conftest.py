"""A service that offers data."""
from tests.datasets.scene import shelf
from tests.services.scene import catalogue, council, doors

__all__ = ["catalogue", "council", "doors", "shelf"]
