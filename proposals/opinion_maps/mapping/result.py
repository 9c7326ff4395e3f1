"""A whole opinion map from a table of votes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from proposals.opinion_maps.mapping.clusters import group
from proposals.opinion_maps.mapping.matrix import UNSEEN, Labels, Matrix, by_number
from proposals.opinion_maps.mapping.space import project
from proposals.opinion_maps.mapping.statistics import (
    Representative,
    Tally,
    consensus,
    representative,
    tallies,
    tallies_by_group,
)

ENOUGH = 7  # votes that place a participant
PATIENCE = 4  # computations in a row that a new number of groups has to win


@dataclass(frozen=True)
class Held:
    """The number of groups shown, and the one that would replace it with how often it has won in a row."""

    k: int = 0
    rival: int = 0
    wins: int = 0

    def after(self, best: int, possible: set[int]) -> "Held":
        """Hold on to `k` until another has been best four times running, so that a live map doesn't flicker."""
        if self.k not in possible:
            return Held(best)
        if best == self.k:
            return Held(self.k)
        wins = self.wins + 1 if best == self.rival else 1
        return Held(best) if wins >= PATIENCE else Held(self.k, best, wins)


@dataclass(frozen=True)
class OpinionMap:
    """`groups` and `points` hold whoever was placed; the other participants count in `totals` only."""

    participants: int
    totals: dict[str, Tally]
    consensus: dict[str, float | None]  # None while nobody is placed
    names: tuple[str, ...]  # of the groups
    groups: dict[str, str]
    points: dict[str, tuple[float, float]]
    by_group: dict[str, dict[str, Tally]]  # group -> statement -> its members' votes
    representative: dict[str, tuple[Representative, ...]]
    held: Held

    @property
    def k(self) -> int:
        return len(self.names)


def map_opinions(matrix: Matrix, held: Held | None = None) -> OpinionMap:
    """Place whoever has voted on seven statements (or on all, where there are fewer), group them, and say what each
    group is about. `held` is what an earlier computation of the same map decided about the number of groups."""
    given = np.count_nonzero(matrix.votes != UNSEEN, axis=1)
    placed = np.flatnonzero(given >= max(1, min(ENOUGH, len(matrix.statements))))
    votes = matrix.votes[placed]
    points = project(votes)
    found = group(points)
    kept = (held or Held()).after(found.best, set(found.labels))
    names = tuple(map(str, range(kept.k)))
    return _told(matrix, placed, found.labels[kept.k], names, points, kept)


def statistics_of(matrix: Matrix, groups: Mapping[str, str]) -> OpinionMap:
    """The same figures for groups that are given: voter -> group; whoever has none counts in the totals only."""
    names = tuple(sorted({groups[voter] for voter in matrix.voters if voter in groups}, key=by_number))
    placed = np.array([row for row, voter in enumerate(matrix.voters) if voter in groups], np.int64)
    labels = np.array([names.index(groups[matrix.voters[row]]) for row in placed], np.int64)
    return _told(matrix, placed, labels, names, None, Held(len(names)))


def _told(
    matrix: Matrix, placed: Labels, labels: Labels, names: tuple[str, ...], points: np.ndarray | None, held: Held
) -> OpinionMap:
    votes = matrix.votes[placed]
    by_group = tallies_by_group(votes, labels, len(names))
    everybody = tallies(votes)
    voters = [matrix.voters[row] for row in placed]
    shared = [consensus(list(column)) for column in zip(*by_group, strict=True)] or [None] * len(matrix.statements)
    places = [] if points is None else [(float(x), float(y)) for x, y in points]
    return OpinionMap(
        participants=len(matrix.voters),
        totals=dict(zip(matrix.statements, tallies(matrix.votes), strict=True)),
        consensus=dict(zip(matrix.statements, shared, strict=True)),
        names=names,
        groups={voter: names[label] for voter, label in zip(voters, labels, strict=True)},
        points=dict(zip(voters, places, strict=False)),
        by_group={
            name: dict(zip(matrix.statements, by_group[at], strict=True)) for at, name in enumerate(names)
        },
        representative={
            name: tuple(representative(matrix.statements, by_group[at], everybody)) if len(names) > 1 else ()
            for at, name in enumerate(names)
        },
        held=held,
    )
