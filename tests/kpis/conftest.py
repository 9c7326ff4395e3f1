from tests.kpis.scene import desk, office
from tests.membership.scene import council, doors

__all__ = ["council", "desk", "doors", "office"]
