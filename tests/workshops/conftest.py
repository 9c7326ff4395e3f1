"""Workshops to try things on."""
from tests.workshops.scene import scene

__all__ = ["scene"]
