"""Workshops with people who applied."""
from tests.workshops.panels.scene import scene

__all__ = ["scene"]
