"""Meetings of a working group to try things on."""
from tests.meetings.scene import chamber, council, doors, gathering

__all__ = ["chamber", "council", "doors", "gathering"]
