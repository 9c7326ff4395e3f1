"""A process whose phase lets surveys be answered."""
from tests.proposals.scene import doors, scene
from tests.surveys.scene import polls

__all__ = ["doors", "polls", "scene"]
