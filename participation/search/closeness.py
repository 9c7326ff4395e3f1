"""How close a published text is to a title being typed: the share of the title's words that it has, rare ones first."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping

from participation.search.port import SearchDocument, Similar
from participation.search.tokens import fold, index_terms, is_unspaced, spaced_words

THRESHOLD = 0.34
FINALISTS = 24
WITHIN = 0.5
_MAX_TERMS = 48
_IN_BODY_ONLY = 0.45
_HIRAGANA = re.compile("[\u3041-\u309f]")
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


def titles_within(text: str, titles: Mapping[int, str], limit: int) -> list[int]:
    """Return the keys of titles most of whose telling words stand in a longer text, closest first.

    Grammar is left out: of unspaced scripts only pairs without hiragana tell one title from another.
    """
    said = {term for term in index_terms(text) if _telling(term)}
    held = {key: {term for term in terms(title) if _telling(term)} for key, title in titles.items()}
    weighted = weights(Counter(term for found in held.values() for term in found), len(held))
    shares = {key: _part(weighted, found & said) / (_part(weighted, found) or 1.0) for key, found in held.items()}
    close = [key for key, share in shares.items() if share >= WITHIN]
    return sorted(close, key=lambda key: (-shares[key], -key))[:limit]


def _part(weighted: Mapping[str, float], some: Iterable[str]) -> float:
    return sum(weighted[term] for term in some)


def _telling(term: str) -> bool:
    return len(term) > 1 and not _HIRAGANA.search(term)


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
