"""Lists of document numbers kept in memory while they are asked for, within a budget of numbers."""

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable


class PostingsCache:
    """Least recently used lists leave first. Not safe for threads: its engine holds a lock."""

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lists: OrderedDict[Hashable, array] = OrderedDict()
        self._kept = 0

    def get(self, key: Hashable, read: Callable[[], Iterable[int]]) -> array:
        """Return the list under `key`, read at the first time."""
        if (known := self._lists.get(key)) is not None:
            self._lists.move_to_end(key)
            return known
        fresh = array("I", read())
        self._lists[key] = fresh
        self._kept += len(fresh) + 8
        while self._kept > self._budget and len(self._lists) > 1:
            _, dropped = self._lists.popitem(last=False)
            self._kept -= len(dropped) + 8
        return fresh

    def forget(self, gone: Callable[[Hashable], bool]) -> None:
        """Drop the lists whose key is `gone`."""
        for key in [key for key in self._lists if gone(key)]:
            self._kept -= len(self._lists.pop(key)) + 8
