"""The method of opinion maps, on votes alone: no database, no clock, no chance.

After Small, Bjorkegren, Erkkilä, Shaw, Megill: "Polis: Scaling deliberation by mapping high dimensional opinion
spaces", Recerca 26 (2), 2021. docs/opinion-maps.md tells it in words and says where we differ. This package is the one
that loads numpy, so it is imported only by whoever computes a map.
"""

from proposals.opinion_maps.mapping.matrix import AGREE, DISAGREE, PASS, UNSEEN, Matrix, TooLarge, matrix_of, unpacked
from proposals.opinion_maps.mapping.result import Held, OpinionMap, map_opinions, statistics_of

__all__ = [
    "AGREE",
    "DISAGREE",
    "PASS",
    "UNSEEN",
    "Held",
    "Matrix",
    "OpinionMap",
    "TooLarge",
    "map_opinions",
    "matrix_of",
    "statistics_of",
    "unpacked",
]
