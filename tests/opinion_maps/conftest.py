"""A process with opinion maps."""
from tests.opinion_maps.scene import doors, opinions, scene

__all__ = ["doors", "opinions", "scene"]
