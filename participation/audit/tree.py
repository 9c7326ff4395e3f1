"""The Merkle tree of RFC 9162, as arithmetic: hashes, growth, and which subtrees a proof consists of.

Nothing here knows a database. Nodes are numbered from left to right: the complete subtree over the leaves [start, end)
is node start + end - 1, so leaf i is node 2 i, and one integer finds it in a table. Only complete subtrees are ever
kept; whatever else a root or a proof needs is joined from them, so that both cost O(log n) hashes.
"""

from collections.abc import Iterable, Sequence
from hashlib import sha256

Span = tuple[int, int]

EMPTY_ROOT = sha256(b"").digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Hash of an inner node: SHA-256 over 0x01 and both children (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def complete_subtrees(span: Span) -> list[int]:
    """The complete subtrees, largest first, that cover the leaves [start, end); start is aligned to the largest."""
    start, end = span
    nodes = []
    while start < end:
        middle = start + (1 << ((end - start).bit_length() - 1))
        nodes.append(start + middle - 1)
        start = middle
    return nodes


def join(hashes: Sequence[bytes]) -> bytes:
    """The hash over neighbouring complete subtrees, given largest first; none give the root of the empty tree."""
    if not hashes:
        return EMPTY_ROOT
    joined = hashes[-1]
    for left in reversed(hashes[:-1]):
        joined = hash_children(left, joined)
    return joined


def _split(start: int, end: int) -> int:
    return start + (1 << ((end - start - 1).bit_length() - 1))


def inclusion_spans(index: int, size: int) -> list[Span]:
    """What the inclusion proof of leaf `index` in the tree of `size` leaves is made of, bottom up (RFC 9162, 2.1.3.1).

    Raises ValueError when the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} entries has no entry {index}")
    start, end, spans = 0, size, []
    while end - start > 1:
        middle = _split(start, end)
        if index < middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """What the proof consists of that the tree of `new` leaves continues that of `old` leaves (RFC 9162, 2.1.4.1).

    Raises ValueError unless 0 <= old <= new.
    """
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} entries cannot continue one of {old}")
    if old in (0, new):
        return []
    start, end, spans = 0, new, []
    while old != end:
        middle = _split(start, end)
        if old <= middle:
            spans.append((middle, end))
            end = middle
        else:
            spans.append((start, middle))
            start = middle
    known_root = [] if start == 0 else [(start, end)]
    return known_root + spans[::-1]


class Edge:
    """The right edge of a growing tree: its complete subtrees, largest first; enough to append and to tell the root."""

    def __init__(self, size: int = 0, subtrees: Iterable[bytes] = ()) -> None:
        self.size = size
        self._subtrees = list(subtrees)
        if len(self._subtrees) != size.bit_count():
            raise ValueError(f"the edge of a tree of {size} entries has {size.bit_count()} subtrees")

    def append(self, leaf_hash: bytes) -> list[tuple[int, bytes]]:
        """Add one leaf; the nodes that became complete by it, bottom up."""
        node, width, current = 2 * self.size, 1, leaf_hash
        completed = [(node, current)]
        while self.size & width:
            current = hash_children(self._subtrees.pop(), current)
            node -= width
            width *= 2
            completed.append((node, current))
        self._subtrees.append(current)
        self.size += 1
        return completed

    def root(self) -> bytes:
        """The root over everything appended so far."""
        return join(self._subtrees)
