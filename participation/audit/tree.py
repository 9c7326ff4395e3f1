"""The Merkle tree of RFC 9162, as arithmetic: hashes, which subtrees a proof consists of, and how anybody checks it.

Nothing here knows a database. Nodes are numbered from left to right: the complete subtree over the leaves [start, end)
is node start + end - 1, so leaf i is node 2 i, and one integer finds it in a table. Only complete subtrees are ever
kept; whatever else a root or a proof needs is joined from them, so that both cost O(log n) hashes.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

Span = tuple[int, int]

EMPTY_ROOT = sha256(b"").digest()


def hash_leaf(data: bytes) -> bytes:
    """Hash of an entry: SHA-256 over 0x00 and the entry (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + data).digest()


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


@dataclass(frozen=True)
class Step:
    """One step of an inclusion proof: the neighbour that is joined, on which side, and what comes out."""

    side: str  # "left" or "right": where the neighbour stands
    neighbour: bytes
    result: bytes


def climb(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes]) -> list[Step]:
    """Walk an inclusion proof from the leaf to the root (RFC 9162, 2.1.3.2).

    Raises ValueError when the path has not the length that this place in the tree requires.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} entries has no entry {index}")
    here, last, current, steps = index, size - 1, leaf_hash, []
    for neighbour in path:
        if last == 0:
            raise ValueError("the path goes on above the root")
        if here & 1 or here == last:
            current = hash_children(neighbour, current)
            steps.append(Step("left", neighbour, current))
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            current = hash_children(current, neighbour)
            steps.append(Step("right", neighbour, current))
        here, last = here >> 1, last >> 1
    if last != 0:
        raise ValueError("the path ends below the root")
    return steps


def verify_inclusion(leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Whether the path proves that the tree with this root has this leaf at this place (RFC 9162, 2.1.3.2)."""
    try:
        steps = climb(leaf_hash, index, size, path)
    except ValueError:
        return False
    return (steps[-1].result if steps else leaf_hash) == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the newer tree begins with exactly the older one (RFC 9162, 2.1.4.2)."""
    if old == new or old == 0:
        return not path and (old_root == new_root if old == new else old_root == EMPTY_ROOT)
    if not 0 < old < new or not path:
        return False
    path = [old_root, *path] if old & (old - 1) == 0 else list(path)
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    older = newer = path[0]
    for neighbour in path[1:]:
        if last == 0:
            return False
        if here & 1 or here == last:
            older, newer = hash_children(neighbour, older), hash_children(neighbour, newer)
            while here and not here & 1:
                here, last = here >> 1, last >> 1
        else:
            newer = hash_children(newer, neighbour)
        here, last = here >> 1, last >> 1
    return last == 0 and (older, newer) == (old_root, new_root)


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
