"""Pilots to try things on."""
from tests.groups.scene import gathering
from tests.pilots.scene import catalogue, council, doors, trial

__all__ = ["catalogue", "council", "doors", "gathering", "trial"]
