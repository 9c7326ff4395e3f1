"""The world of the security tests, on the database that a test asks for."""
from tests.security.world import world

__all__ = ["world"]
