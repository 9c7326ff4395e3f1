"""How many supports and comments a proposal has: proportional to 1/sqrt(rank), as in large participation sites."""

import math
from dataclasses import dataclass

ROUNDING = 1e-6  # of the divisions: a share that is whole stays it


@dataclass(frozen=True)
class Size:
    accounts: int
    proposals: int
    supports: int
    comments: int


def shares(total: int, ranks: int, largest: int) -> list[int]:
    """`total` split over ranks 1, 2, …, `ranks` in proportion to 1/sqrt(rank), none above `largest`.

    Raises:
        ValueError: they cannot hold that many.
    """
    if total > ranks * largest:
        raise ValueError(f"{ranks} proposals with at most {largest} each cannot hold {total}")
    weights = [rank**-0.5 for rank in range(1, ranks + 1)]
    rest, weight, found = total, sum(weights), []
    for own in weights:
        # what a full rank cannot take goes on to the next ones, in their proportion
        count = min(largest, math.ceil(rest * own / weight - ROUNDING))
        found.append(count)
        rest, weight = rest - count, weight - own
    return found
