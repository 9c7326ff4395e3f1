"""A council with organisations to try things on."""
from tests.membership.scene import council, doors

__all__ = ["council", "doors"]
