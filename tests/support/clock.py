"""A clock that stands still until a test moves it."""
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

START = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)  # noon in Japan, a Monday


class TestClock:
    """Called, it answers the time; nothing but the test moves it."""

    __test__ = False

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **by: float) -> datetime:
        """Move on, in the words of timedelta: clock.advance(days=3)."""
        self.now += timedelta(**by)
        return self.now

    def set(self, now: datetime) -> datetime:
        if now.tzinfo is None:
            raise ValueError("a moment needs its zone")
        self.now = now
        return self.now


@pytest.fixture
def clock() -> Callable[[], datetime]:
    """Settable time, handed to the application and the worker under test. Starts on 2026-06-01 12:00 in Japan."""
    return TestClock()
