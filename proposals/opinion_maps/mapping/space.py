"""From votes to places in the plane: principal components of the mean-imputed table."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from proposals.opinion_maps.mapping.matrix import UNSEEN, Bytes, chunks, counts

Floats = NDArray[np.float64]
BLOCK = 8  # directions followed at once, so that the first two stand still soon
ROUNDS = 1_000
CLOSE = 1e-9  # of the largest variance


def project(votes: Bytes) -> Floats:
    """A point for each row, (rows, 2).

    What a person has not voted on counts as the statement's mean (of +1, -1 and 0), so it moves nobody. The two
    directions are the leading eigenvectors of the covariance of the statements. A person who voted on few statements
    would stand near the middle for that alone, so each point is stretched by sqrt(statements / votes given).
    """
    rows, columns = votes.shape
    means = _means(votes)
    covariance = np.zeros((columns, columns))
    for part in _centred(votes, means):
        covariance += part.T @ part
    directions = _leading(covariance)
    given = np.count_nonzero(votes != UNSEEN, axis=1) if rows else np.zeros(0)
    stretch = np.sqrt(columns / np.maximum(given, 1))
    points = [part @ directions for part in _centred(votes, means)]
    return np.concatenate(points) * stretch[:, None] if points else np.zeros((0, 2))


def _means(votes: Bytes) -> Floats:
    agree, disagree, passed = counts(votes)
    return (agree - disagree) / np.maximum(agree + disagree + passed, 1)


def _centred(votes: Bytes, means: Floats) -> Iterator[Floats]:
    """The rows less the statements' means, in pieces; what was not voted on is then 0."""
    for part in chunks(votes):
        yield np.where(part == UNSEEN, 0.0, part - means)


def _leading(covariance: Floats) -> Floats:
    """The two directions of largest variance, as columns, by subspace iteration (Golub and Van Loan, Matrix
    Computations, 8.2): all the others, which a full decomposition takes most of its time for, are not needed.

    Of the two signs of each, the one whose largest entry is positive: otherwise the map could be mirrored from one
    computation to the next.
    """
    columns = len(covariance)
    if columns == 0:
        return np.zeros((0, 2))
    block = np.linalg.qr(np.random.default_rng(0).standard_normal((columns, min(columns, BLOCK)))).Q
    for _ in range(ROUNDS):
        moved = covariance @ block
        values, turn = np.linalg.eigh(block.T @ moved)
        best, stretched = block @ turn[:, ::-1][:, :2], moved @ turn[:, ::-1][:, :2]
        left = np.abs(stretched - best * values[::-1][:2]).max(initial=0.0)
        if left <= CLOSE * abs(values).max(initial=0.0):
            break
        block = np.linalg.qr(moved).Q
    largest = np.abs(best).argmax(axis=0)
    signs = np.sign(best[largest, np.arange(best.shape[1])])
    directions = np.zeros((columns, 2))
    directions[:, : best.shape[1]] = best * np.where(signs == 0, 1, signs)
    return directions
