"""The world of the security tests, on the database that a test asks for."""
from tests.security.world import kept_city, world

__all__ = ["kept_city", "world"]
