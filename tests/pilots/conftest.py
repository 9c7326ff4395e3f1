"""Pilots to try things on."""
from tests.pilots.scene import catalogue, council, doors, trial

__all__ = ["catalogue", "council", "doors", "trial"]
