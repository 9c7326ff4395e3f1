"""A council with a rule to sign."""
from tests.membership.scene import council
from tests.signing.scene import desk, doors, table

__all__ = ["council", "desk", "doors", "table"]
