"""Drawing by a seed, with whole numbers only: anybody can repeat it with paper, patience and SHA-256.

The stream of numbers: block `n` (from 0) is SHA-256 of the UTF-8 text "sanpo-draw/1", line feed, the seed, line feed,
`n` in decimal digits, read as a whole number with the first byte highest. A number below `top` is the next block
that is below the largest multiple of `top` that is at most 2^256, modulo `top`.
"""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from workshops.draw.problem import Panel

if TYPE_CHECKING:
    from workshops.draw.lottery import Lottery  # which loads the solver: drawing by numbers does without

SPACE = 2**256


class Stream:
    def __init__(self, seed: str) -> None:
        self._seed, self._next = seed, 0

    def below(self, top: int) -> int:
        """A number from 0 to `top` - 1, each as likely as the others."""
        while True:
            text = f"sanpo-draw/1\n{self._seed}\n{self._next}"
            self._next += 1
            value = int.from_bytes(hashlib.sha256(text.encode()).digest(), "big")
            if value < SPACE - SPACE % top:
                return value % top


def draw_panel(lottery: "Lottery", stream: Stream) -> Panel:
    """The first panel, in the published order, with which the sum of weights exceeds the number drawn."""
    left = stream.below(lottery.total)
    for panel, weight in lottery.panels:
        if left < weight:
            return panel
        left -= weight
    raise AssertionError("the number is below the sum of all weights")


def draw_people(panel: Panel, members: Sequence[Sequence[str]], stream: Stream) -> tuple[str, ...]:
    """Of each type, in order, as many people as it has seats: each time one of those left, counted by their ids."""
    drawn = []
    for seats, ids in zip(panel, members, strict=True):
        left = list(ids)
        drawn += [left.pop(stream.below(len(left))) for _ in range(seats)]
    return tuple(sorted(drawn))
