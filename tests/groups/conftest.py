"""Working groups to try things on."""
from tests.groups.scene import council, doors, gathering

__all__ = ["council", "doors", "gathering"]
