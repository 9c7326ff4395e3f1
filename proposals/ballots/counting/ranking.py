"""Ranked ballots: brought into one shape, and equal ballots counted together."""

from collections import Counter
from collections.abc import Iterable, Sequence

from proposals.ballots.counting.model import Ballot

Ranks = tuple[tuple[str, ...], ...]


def grouped(ballots: Sequence[Ballot]) -> dict[Ranks, int]:
    """How often each ranking was cast; options of one rank stand in an order of no meaning, empty ranks go."""
    counts: Counter[Ranks] = Counter()
    for ballot in ballots:
        counts[tuple(tuple(sorted(rank)) for rank in ballot.choice if rank)] += ballot.weight
    return dict(sorted(counts.items()))


def best_of(ranks: Ranks, standing: Iterable[str]) -> tuple[str, ...]:
    """The best-ranked options that still stand; several where they are ranked equal, none where none is left."""
    for rank in ranks:
        best = tuple(one for one in rank if one in standing)
        if best:
            return best
    return ()
