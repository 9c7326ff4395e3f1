"""How anybody checks a proof of the log, with nothing but hashes (RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from participation.audit.tree import EMPTY_ROOT, hash_children


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
