"""Ballots to try things on."""
from tests.ballots.scene import scene

__all__ = ["scene"]
