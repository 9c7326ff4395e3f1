"""The check of a whole log, entry by entry, from wherever the entries come: a database or an exported file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from participation.audit import checkpoint
from participation.audit.checkpoint import BadCheckpoint, Head, VerifierKey
from participation.audit.tree import Edge
from participation.events import leaf_hash as hash_leaf

LATE = timedelta(minutes=5)  # clocks of two machines and a slow transaction stay within it


class Broken(Exception):
    """The log does not hold; the message says where, and `entry` is the number of the first entry that fails."""

    def __init__(self, entry: int, message: str) -> None:
        super().__init__(message)
        self.entry = entry


@dataclass(frozen=True)
class Report:
    """What a whole log that holds consists of."""

    size: int
    root: bytes
    heads: int
    newest: Head | None
    erased: int = 0
    waiting: int = 0
    backdated: int | None = None  # the first entry that states a time well before a head that it comes after


class Examination:
    """Takes the entries in order and compares every head on the way; raises Broken at the first thing that fails."""

    def __init__(self, notes: Iterable[str], keys: Sequence[VerifierKey]) -> None:
        self._edge = Edge()
        self._heads = sorted((_signed(note, keys) for note in notes), key=lambda head: head.size)
        self._passed = 0
        self._backdated: int | None = None

    @property
    def size(self) -> int:
        """How many entries have been taken; the number of the next one."""
        return self._edge.size

    def take(self, seq: int, at: datetime, leaf: bytes, leaf_hash: bytes | None = None) -> list[tuple[int, bytes]]:
        """The next entry: its number, the time that it states, its leaf; the nodes of the tree that it completes.

        A head over all entries up to here is compared with the next call, so that the caller can first look
        which of these nodes differs: that names one entry, a head only a range of them.
        """
        self._compare_heads()
        if seq != self.size:
            raise Broken(self.size, f"entry {self.size} is missing")
        computed = hash_leaf(leaf)
        if not leaf or (leaf_hash is not None and leaf_hash != computed):
            raise Broken(seq, f"entry {seq} is not what was recorded")
        if self._passed and at < self._heads[self._passed - 1].at - LATE and self._backdated is None:
            self._backdated = seq
        return self._edge.append(computed)

    def finish(self, *, erased: int = 0, waiting: int = 0) -> Report:
        """The report, once there are no more entries."""
        self._compare_heads()
        if self._passed < len(self._heads):
            signed = self._heads[-1].size
            raise Broken(self.size, f"entry {self.size} is missing: a head over {signed} entries was signed")
        newest = self._heads[-1] if self._heads else None
        root = self._edge.root()
        return Report(self.size, root, len(self._heads), newest, erased, waiting, self._backdated)

    def _compare_heads(self) -> None:
        while self._passed < len(self._heads) and self._heads[self._passed].size == self.size:
            head = self._heads[self._passed]
            if head.root != self._edge.root():
                first = max((known.size for known in self._heads[: self._passed] if known.size < self.size), default=0)
                raise Broken(
                    first,
                    f"an entry from {first} to {self.size - 1} is not the one over which the head of {self.size} "
                    f"entries was signed at {head.at.isoformat()}",
                )
            self._passed += 1


def _signed(note: str, keys: Sequence[VerifierKey]) -> Head:
    try:
        return checkpoint.verify(note, keys)
    except BadCheckpoint as error:
        raise Broken(0, str(error)) from error
