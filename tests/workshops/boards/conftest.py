"""A workshop on its day."""
from tests.workshops.boards.scene import scene

__all__ = ["scene"]
