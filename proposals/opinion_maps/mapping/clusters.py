"""Groups of points: k-means on up to a hundred base clusters, and the number of groups by silhouette."""

from dataclasses import dataclass

import numpy as np

from proposals.opinion_maps.mapping.matrix import Labels
from proposals.opinion_maps.mapping.space import Floats

BASE = 100  # clusters that stand for many participants
FEWEST, MOST = 2, 5  # groups
FOR_EACH_MORE = 12  # base clusters that a further group needs
STARTS = 20
ROUNDS = 100


@dataclass(frozen=True)
class Grouping:
    """`best` is the number of groups that the silhouette prefers; `labels[k]` the group of each point for k groups,
    the largest group first."""

    best: int
    silhouettes: dict[int, float]
    labels: dict[int, Labels]


def group(points: Floats) -> Grouping:
    """Groups of the points for each number of groups that so many points can carry.

    Where all points are in one place there is one group; without points none.
    """
    order = np.lexsort((points[:, 1], points[:, 0]))  # by place, so that names and their order say nothing
    centres, base, weights = _base(points[order])
    if len(np.unique(centres, axis=0)) < FEWEST:
        one = min(len(points), 1)
        return Grouping(one, {}, {one: np.zeros(len(points), np.int64)})
    most = min(MOST, FEWEST + len(centres) // FOR_EACH_MORE, len(np.unique(centres, axis=0)))
    labels, silhouettes = {}, {}
    for k in range(FEWEST, most + 1):
        found = _means(centres, weights, k)
        silhouettes[k] = silhouette(centres, weights, found)
        labels[k] = np.empty(len(points), np.int64)
        labels[k][order] = _largest_first(found[base])
    best = max(silhouettes, key=lambda k: (silhouettes[k], -k))
    return Grouping(best, silhouettes, labels)


def _base(points: Floats) -> tuple[Floats, Labels, Floats]:
    """Up to a hundred centres, the centre of each point, and how many points each has."""
    if len(points) <= BASE:
        return points, np.arange(len(points)), np.ones(len(points))
    ones = np.ones(len(points))
    labels, _, centres = _lloyd(points, ones, _halved(points, BASE))
    used, labels = np.unique(labels, return_inverse=True)
    return centres[used], labels, np.bincount(labels).astype(float)


def _halved(points: Floats, parts: int) -> Floats:
    """Means of `parts` pieces, made by cutting the largest spread at its middle again and again: seeds that follow
    the data and need no chance."""
    pieces = [points]
    while len(pieces) < parts:
        spreads = [np.ptp(piece, axis=0).max() * len(piece) if len(piece) > 1 else -1.0 for piece in pieces]
        piece = pieces.pop(int(np.argmax(spreads)))
        axis = int(np.argmax(np.ptp(piece, axis=0)))
        piece = piece[np.argsort(piece[:, axis], kind="stable")]
        pieces += [piece[: len(piece) // 2], piece[len(piece) // 2 :]]
    return np.array([piece.mean(axis=0) for piece in pieces])


def _means(points: Floats, weights: Floats, k: int) -> Labels:
    """The best of several runs of Lloyd's algorithm, seeded as by Arthur and Vassilvitskii ("k-means++", 2007) from
    a sequence that is the same every time."""
    chance = np.random.default_rng(k)
    runs = [_lloyd(points, weights, _spread(points, weights, k, chance)) for _ in range(STARTS)]
    full = [run for run in runs if len(np.unique(run[0])) == k]
    return min(full or runs, key=lambda run: run[1])[0]


def _spread(points: Floats, weights: Floats, k: int, chance: np.random.Generator) -> Floats:
    """Seeds, each drawn by its squared distance to those before it."""
    chosen = [int(chance.choice(len(points), p=weights / weights.sum()))]
    for _ in range(k - 1):
        odds = _squared(points, points[chosen]).min(axis=1) * weights
        chosen.append(int(chance.choice(len(points), p=odds / odds.sum())))
    return points[chosen]


def _lloyd(points: Floats, weights: Floats, centres: Floats) -> tuple[Labels, float, Floats]:
    """Labels, the weighted sum of squared distances, and the centres, once nothing moves."""
    labels = np.full(len(points), -1)
    for _ in range(ROUNDS):
        squared = _squared(points, centres)
        nearest = squared.argmin(axis=1)
        if np.array_equal(nearest, labels):
            break
        labels = nearest
        totals = np.bincount(labels, weights, len(centres))
        kept = np.maximum(totals, 1e-300)
        sums = [np.bincount(labels, weights * points[:, axis], len(centres)) / kept for axis in (0, 1)]
        centres = np.where(totals[:, None] > 0, np.stack(sums, axis=1), centres)
    return labels, float((squared.min(axis=1) * weights).sum()), centres


def _squared(points: Floats, centres: Floats) -> Floats:
    across, down = (points[:, axis, None] - centres[None, :, axis] for axis in (0, 1))
    return across * across + down * down


def silhouette(points: Floats, weights: Floats, labels: Labels) -> float:
    """Mean silhouette (Rousseeuw 1987), -1 to 1, of points that each stand for `weights` participants; 0 for those
    alone in their group."""
    distances = np.sqrt(_squared(points, points)) * weights[None, :]
    groups = np.unique(labels)
    sums = np.stack([distances[:, labels == one].sum(axis=1) for one in groups], axis=1)
    sizes = np.array([weights[labels == one].sum() for one in groups])
    own = labels[:, None] == groups[None, :]
    inside = (sums * own).sum(axis=1) / np.maximum((sizes * own).sum(axis=1) - 1, 1)
    outside = np.where(own, np.inf, sums / sizes).min(axis=1)
    alone = (sizes * own).sum(axis=1) <= 1
    value = np.where(alone, 0.0, (outside - inside) / np.maximum(np.maximum(inside, outside), 1e-300))
    return float((value * weights).sum() / weights.sum())


def _largest_first(labels: Labels) -> Labels:
    """The same groups, numbered by size; equal sizes by who comes first."""
    used, first, sizes = np.unique(labels, return_index=True, return_counts=True)
    order = sorted(range(len(used)), key=lambda at: (-sizes[at], first[at]))
    renamed = {int(used[at]): number for number, at in enumerate(order)}
    return np.array([renamed[int(label)] for label in labels])
