"""What was computed from the database, kept until anything at all is committed, and a minute at most.

The version of the database (see `Database.version`) is part of every key, so a change shows at once, whichever process
made it, and nothing is ever invalidated by hand. The minute is there because phases begin and end by the clock.
"""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import Any, TypeVar

T = TypeVar("T")

FRESH = 60  # seconds


def moment(version: Hashable, now: datetime) -> Hashable:
    """The version of the database together with the minute. Ask for it before the transaction that reads begins: a
    value may then be newer than its label, but never older."""
    return version, int(now.timestamp()) // FRESH


class Kept:
    """Values by key, of the newest moment alone. Several threads may ask at once: the last to come wins."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: tuple[Hashable, dict[Hashable, Any]] = (None, {})

    def find(self, at: Hashable, key: Hashable) -> Any:
        """The value kept at this moment under this key, or None."""
        held_at, values = self._held
        return values.get(key) if held_at == at else None

    def keep(self, at: Hashable, key: Hashable, value: T) -> T:
        """Remember `value`; what was kept at other moments can never be shown again and is forgotten."""
        held_at, values = self._held
        if held_at != at:
            values = {}
            self._held = (at, values)
        if len(values) < self._most:
            values[key] = value
        return value

    def recall(self, at: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """The kept value, else that of `make`, kept. No moment, no memory."""
        if at is None:
            return make()
        found = self.find(at, key)
        return self.keep(at, key, make()) if found is None else found
