"""How close a published text is to a title being typed: the share of the title's words that it has, rare ones first."""

import math
from collections.abc import Callable, Iterable, Mapping

from participation.search.port import SearchDocument, Similar
from participation.search.tokens import fold, index_terms, is_unspaced, spaced_words

THRESHOLD = 0.34
FINALISTS = 24
_MAX_TERMS = 48
_IN_BODY_ONLY = 0.45
_COMMON_FROM, _COMMON_SHARE = 100, 0.04


def terms(text: str) -> list[str]:
    """Return the terms of a title that tell it from others: single characters are there for short queries only."""
    return [term for term in index_terms(text) if len(term) > 1][:_MAX_TERMS]


def weights(frequency: Mapping[str, int], documents: int) -> dict[str, float]:
    """Return the inverse document frequency of each term, ln(1 + N / (1 + df)).

    (Spärck Jones, "A statistical interpretation of term specificity", Journal of Documentation 28(1), 1972.)
    """
    return {term: math.log(1 + documents / (1 + count)) for term, count in frequency.items()}


def rare(frequency: Mapping[str, int], documents: int, most: int = 10) -> list[str]:
    """Return the few terms worth reading documents for, rarest first; common ones never."""
    common = max(_COMMON_FROM, documents * _COMMON_SHARE)
    return sorted((t for t, count in frequency.items() if 0 < count <= common), key=frequency.__getitem__)[:most]


def closest(weighted: Mapping[str, float], documents: Iterable[SearchDocument], limit: int) -> tuple[Similar, ...]:
    """Return the documents past the threshold, closest first."""
    scored = (Similar(document, _share(weighted, document)) for document in documents)
    close = [similar for similar in scored if similar.share >= THRESHOLD]
    return tuple(sorted(close, key=lambda s: (-s.share, -s.document.subject_id))[:limit])


def _share(weighted: Mapping[str, float], document: SearchDocument) -> float:
    """Return the share (0..1) of the weight that a document has; a term in its body only counts less than half."""
    title, body = _holder(weighted, document.title), _holder(weighted, document.body)
    found = sum(
        weight if title(term) else weight * _IN_BODY_ONLY if body(term) else 0.0 for term, weight in weighted.items()
    )
    return found / (sum(weighted.values()) or 1.0)


def _holder(weighted: Mapping[str, float], text: str) -> Callable[[str], bool]:
    """Return the test whether a text holds a term; pairs are looked for in it, only whole words need it cut."""
    folded = fold(text)
    whole = frozenset() if all(map(is_unspaced, weighted)) else spaced_words(folded)
    return lambda term: term in folded if is_unspaced(term) else term in whole
