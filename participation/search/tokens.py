"""Words of a text, the same for the index and for a query, whatever engine holds them.

Japanese (and other scripts written without spaces) is cut into overlapping pairs of characters, so no dictionary is
needed and every part of a word is found. Words written with spaces stay whole, without plural endings and accents.
Width, case and the two kana alphabets are folded: a word in full-width, half-width or either kana is one word.
"""

import re
import unicodedata
from dataclasses import dataclass

VERSION = 2
"""Raised with every change of what is written into an index: an index of another version counts as missing."""

MAX_QUERY_CHARACTERS = 200
MAX_QUERY_WORDS = 12

_UNSPACED = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u1100-\u11ff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
)
_RUN = re.compile(rf"[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")
_STARTS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_PLURALS = (("ies", "y", ("eies", "aies")), ("es", "e", ("aes", "ees", "oes")), ("s", "", ("us", "ss")))


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query: `terms` must all be in a document; `run` is the folded text to look for in it."""

    run: str
    terms: tuple[str, ...]
    unspaced: bool

    @property
    def prefix(self) -> bool:
        """A single character: it is found as the beginning of any pair, or alone as the last of its run."""
        return self.unspaced and len(self.run) == 1

    @property
    def needs_check(self) -> bool:
        """More than one pair: a document can hold each of them and still not the word."""
        return self.unspaced and len(self.run) > 2


def fold(text: str) -> str:
    """Return `text` with width, case and kana folded (Unicode NFKC and case folding, UAX 15 and UTS 18)."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_HIRAGANA)


def runs(folded: str) -> list[tuple[int, int, str, bool]]:
    """Return (start, end, run, unspaced) of each stretch of letters and digits of a folded text."""
    found = []
    for match in _RUN.finditer(folded):
        run = match.group()
        found.append((match.start(), match.end(), run, is_unspaced(run)))
    return found


def index_terms(text: str) -> list[str]:
    """Return the distinct terms under which `text` is found, in the order of the text."""
    terms: dict[str, None] = {}
    for _start, _end, run, unspaced in runs(fold(text)):
        if unspaced:
            terms.update(dict.fromkeys(_pairs(run)))
            terms[run[-1]] = None
        else:
            terms[stem(run)] = None
    return list(terms)


def query_words(text: str) -> tuple[Word, ...]:
    """Return the distinct words of a query; what goes past the two limits above is ignored."""
    words: dict[str, Word] = {}
    for _start, _end, run, unspaced in runs(fold(text[:MAX_QUERY_CHARACTERS])):
        run = run if unspaced else stem(run)
        terms = tuple(dict.fromkeys(_pairs(run))) if unspaced and len(run) > 1 else (run,)
        words.setdefault(run, Word(run, terms, unspaced))
    return tuple(words.values())[:MAX_QUERY_WORDS]


def holds(folded: str, word: Word) -> bool:
    """Say whether a folded text really has the word; whole words without pairs are looked up by their stem."""
    if word.unspaced:
        return word.run in folded
    return word.run in spaced_words(folded)


def is_unspaced(term: str) -> bool:
    """Say whether a term belongs to a script written without spaces."""
    return bool(_STARTS_UNSPACED.match(term))


def spaced_words(folded: str) -> frozenset[str]:
    """Return the stems of the words with spaces of a folded text."""
    return frozenset(stem(run) for _start, _end, run, unspaced in runs(folded) if not unspaced)


def stem(word: str) -> str:
    """Return a spaced word without accents and English plural ending.

    The plural rules are Harman's S stemmer ("How effective is suffixing?", JASIS 42(1), 1991); a silent final e goes
    too, so that bus and buses meet.
    """
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if len(word) > 3 and word.isascii():
        word = _singular(word)
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


def _singular(word: str) -> str:
    for ending, replacement, exceptions in _PLURALS:
        if word.endswith(ending):
            return word if word.endswith(exceptions) else word[: -len(ending)] + replacement
    return word


def _pairs(run: str) -> list[str]:
    return [run[i : i + 2] for i in range(len(run) - 1)]
