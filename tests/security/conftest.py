"""These tests ask what the web lets through, the same on either database: SQLite, and one world for each test."""
import pytest

from tests.security.world import kept_city, world

__all__ = ["engine", "kept_city", "world"]


@pytest.fixture
def engine() -> str:
    return "sqlite"
