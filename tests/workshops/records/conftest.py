"""A workshop whose day is over."""
from tests.proposals.doors import Doors
from tests.workshops.records.scene import day, doors

__all__ = ["Doors", "day", "doors"]
