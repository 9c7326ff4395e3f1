"""A process with proposals to try things on."""
from tests.proposals.scene import doors, scene

__all__ = ["doors", "scene"]
