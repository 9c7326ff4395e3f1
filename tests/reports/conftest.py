"""Members who report."""
from tests.checks.scene import board
from tests.membership.scene import council
from tests.reports.scene import reporting
from tests.signing.scene import desk, doors, table

__all__ = ["board", "council", "desk", "doors", "reporting", "table"]
