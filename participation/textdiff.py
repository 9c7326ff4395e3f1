"""What changed between two texts, word by word, Japanese too: readable insertions and deletions.

Sentences are matched first, then the words of those that differ, both by the gestalt pattern matching of Ratcliff and
Metzener (Dr. Dobb's Journal, July 1988) as `difflib` has it. Japanese has no spaces: a run of katakana, of Latin
letters or of digits is a word, any other character stands for itself. What then agrees by chance between two changes
(a lone particle) is counted as changed: the semantic clean-up of Fraser, "Diff Strategies" (2006).
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "del", "ins"]
Part = tuple[Kind, str]

# katakana with its long-vowel mark; Latin, Greek, Cyrillic words; numbers; white space; the rest singly
_TOKEN = re.compile(r"[\u30a1-\u30fa\u30fc]+|[A-Za-z\u00c0-\u024f\u0370-\u04ff]+|[0-9][0-9.,]*|\s+|.", re.DOTALL)
_SENTENCE = re.compile(r"[^\u3002\uff01\uff1f.!?\n]*(?:[\u3002\uff01\uff1f.!?]+|\n|$)\s*")
LARGEST = 4_000_000  # pairs of words compared at once; above it the passage is shown as replaced (about 0.2 s)
SHORT = 3  # characters: what may agree by chance


def compare(old: str, new: str) -> list[Part]:
    """The parts of both texts in reading order. Differences in white space alone are none."""
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, [_key(line) for line in before], [_key(line) for line in after], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts.append(("same", "".join(after[j1:j2])))
        else:
            parts += _words("".join(before[i1:i2]), "".join(after[j1:j2]))
    return _joined(parts)


def changed(parts: Sequence[Part]) -> bool:
    """Whether anything differs."""
    return any(kind != "same" for kind, _ in parts)


def _words(old: str, new: str) -> list[Part]:
    parts: list[Part] = []
    for same, gone, come in _cleaned(_steps(old, new)):
        if same:
            parts.append(("same", come))
            continue
        # white space that only came or went is no change: it is shown as it is now
        parts += [("del", gone)] if gone.strip() else []
        parts += [("ins" if come.strip() else "same", come)] if come else []
    return parts


def _steps(old: str, new: str) -> list[tuple[bool, str, str]]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    if len(before) * len(after) > LARGEST:
        return [(False, old, new)]
    matcher = SequenceMatcher(None, [_key(t) for t in before], [_key(t) for t in after], autojunk=False)
    return [
        (tag == "equal", "".join(before[i1:i2]), "".join(after[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()
    ]


def _cleaned(steps: list[tuple[bool, str, str]]) -> list[tuple[bool, str, str]]:
    cleaned: list[tuple[bool, str, str]] = []
    for index, (same, gone, come) in enumerate(steps):
        chance = same and 0 < index < len(steps) - 1 and len(come.strip()) <= SHORT and "\n" not in come
        if chance and min(_weight(steps[index - 1]), _weight(steps[index + 1])) >= len(come):
            same = False
        if cleaned and not same and not cleaned[-1][0]:
            cleaned[-1] = (False, cleaned[-1][1] + gone, cleaned[-1][2] + come)
        else:
            cleaned.append((same, gone, come))
    return cleaned


def _weight(step: tuple[bool, str, str]) -> int:
    return max(len(step[1]), len(step[2]))


def _joined(parts: list[Part]) -> list[Part]:
    joined: list[Part] = []
    for kind, text in parts:
        if joined and joined[-1][0] == kind:
            joined[-1] = (kind, joined[-1][1] + text)
        elif text:
            joined.append((kind, text))
    return joined


def _key(token: str) -> str:
    return token if token.isalnum() else " ".join(token.split())  # nearly all are words: no white space in them
