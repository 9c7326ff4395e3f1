"""Where the words of a query stand in a text, as pieces that a template marks (no HTML is made here)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from participation.search.tokens import Word, fold, runs, stem

_CLUSTER = re.compile(r".[\u0300-\u036f\u3099\u309a\uff9e\uff9f]*", re.DOTALL)
# Markdown's own characters: what is left of a link, what vanishes, what becomes a space
_LINK, _STRESS = re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), re.compile(r"[*`~]+")
_LINE = re.compile(r"^\s*(?:[-+]|\d+\.)\s|[#>|]+", re.MULTILINE)
# Characters that fold into one each and join with no neighbour: ASCII, kana with their marks inside, ideographs,
# Japanese punctuation, full-width letters. In a text of these a place is the same before and after folding.
_PLAIN = re.compile("[\x20-\x7e\u3000-\u3002\u3005-\u301b\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fff\uff01-\uff5e]*")
_SPACE = re.compile(r"\s+")
_fold_character = lru_cache(8192)(fold)


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    marked: bool


def marked(text: str, words: tuple[Word, ...]) -> tuple[Piece, ...]:
    """Cut `text` into pieces, those that match a word marked; the pieces joined are the text itself."""
    return _pieces(text, _spans(text, words), 0, len(text))


def excerpt(text: str, words: tuple[Word, ...], length: int = 140) -> tuple[Piece, ...]:
    """Return about `length` characters of a Markdown text around the first match: matches marked, gaps as "…"."""
    text = _SPACE.sub(" ", _LINE.sub(" ", _STRESS.sub("", _LINK.sub(r"\1", text)))).strip()
    spans = _spans_near_the_first(text, words, length)
    start = max(0, spans[0][0] - length // 4) if spans else 0
    start = max(0, min(start, len(text) - length))
    if 0 < start and (space := text.find(" ", start, start + 12)) > 0 and (not spans or space < spans[0][0]):
        start = space + 1
    end = min(len(text), start + length)
    before = (Piece("…", False),) if start else ()
    after = (Piece("…", False),) if end < len(text) else ()
    return before + _pieces(text, spans, start, end) + after


def plain(pieces: tuple[Piece, ...]) -> str:
    """Return the words of the pieces, without marks."""
    return "".join(piece.text for piece in pieces)


def _pieces(text: str, spans: list[tuple[int, int]], start: int, end: int) -> tuple[Piece, ...]:
    pieces, at = [], start
    for first, last in spans:
        first, last = max(first, start), min(last, end)
        if first >= last:
            continue
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:end], False))
    return tuple(piece for piece in pieces if piece.text)


def _spans(text: str, words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Return where words match, joined where they touch, as offsets into the original text."""
    found = sorted(_places(text, words))
    joined: list[tuple[int, int]] = []
    for first, last in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined


def _places(text: str, words: tuple[Word, ...]) -> Iterator[tuple[int, int]]:
    plain = _PLAIN.fullmatch(text) is not None
    folded, origin = (fold(text), []) if plain else _folded_with_origin(text)
    for word in words:
        for first, last in _matches(folded, word):
            yield (first, last) if plain else (origin[first][0], origin[last - 1][1])


def _spans_near_the_first(text: str, words: tuple[Word, ...], length: int) -> list[tuple[int, int]]:
    """Map only the neighbourhood of the first match back to the original: a long text costs no more than a short."""
    folded = fold(text)
    first = min((match[0] for word in words for match in _matches(folded, word)[:1]), default=None)
    if first is None:
        return []
    slack = abs(len(folded) - len(text)) + length
    start = max(0, first - slack)
    return [(a + start, b + start) for a, b in _spans(text[start : first + slack + length], words)]


def _matches(folded: str, word: Word) -> list[tuple[int, int]]:
    if word.unspaced:
        return [match.span() for match in re.finditer(re.escape(word.run), folded)]
    return [(start, end) for start, end, run, unspaced in runs(folded) if not unspaced and stem(run) == word.run]


def _folded_with_origin(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Fold character by character, remembering which original characters each folded one came from."""
    folded: list[str] = []
    origin: list[tuple[int, int]] = []
    for match in _CLUSTER.finditer(text):
        piece = _fold_character(match.group())
        folded.append(piece)
        origin += [match.span()] * len(piece)
    return "".join(folded), origin
