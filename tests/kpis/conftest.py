from tests.kpis.scene import desk, office

__all__ = ["desk", "office"]
