"""Which opinions say something similar: by the pairs of characters that they share, rare ones first."""

import math
import unicodedata
from collections import Counter
from collections.abc import Sequence

from rules.opinions.groups import Group

SHOWN, LEAST = 5, 0.12


def alike(group: Group, others: Sequence[Group]) -> tuple[Group, ...]:
    """The groups whose words are closest to those of `group`, closest first.

    Cosine of the pairs' inverse document frequencies (Salton, Wong and Yang, "A vector space model for automatic
    indexing", 1975); pairs of characters, because Japanese sets no spaces.
    """
    pairs = {each.id: _pairs(each) for each in (group, *others)}
    frequency = Counter(pair for found in pairs.values() for pair in found)
    weights = {pair: math.log(1 + len(pairs) / count) for pair, count in frequency.items()}
    own = pairs[group.id]
    scored = [(_cosine(own, pairs[each.id], weights), each) for each in others]
    close = sorted((pair for pair in scored if pair[0] >= LEAST), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(each for _share, each in close[:SHOWN])


def _pairs(group: Group) -> frozenset[str]:
    text = unicodedata.normalize("NFKC", " ".join(line.text for line in group.lines)).casefold()
    letters = "".join(letter for letter in text if letter.isalnum())
    return frozenset(map("".join, zip(letters, letters[1:], strict=False)))


def _cosine(one: frozenset[str], other: frozenset[str], weights: dict[str, float]) -> float:
    """0 to 1."""
    shared, first, second = (sum(weights[pair] ** 2 for pair in pairs) for pairs in (one & other, one, other))
    return shared / math.sqrt(first * second) if first and second else 0.0
