"""A council with rules that say how they are checked."""
from tests.checks.scene import board
from tests.membership.scene import council
from tests.signing.scene import desk, doors, table

__all__ = ["board", "council", "desk", "doors", "table"]
