"""What changed between two texts, word by word, Japanese too: readable insertions and deletions.

Sentences are matched first, then the words of those that differ: what both begin and end with is set aside (Fraser,
"Diff Strategies", 2006), and what is left is matched by the gestalt pattern matching of Ratcliff and Metzener
(Dr. Dobb's Journal, July 1988) as `difflib` has it. Japanese has no spaces: a run of katakana, of Latin letters or of
digits is a word, any other character stands for itself. What then agrees by chance between two changes (a lone
particle) is counted as changed: Fraser's semantic clean-up.
"""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "del", "ins"]
Part = tuple[Kind, str]
Step = tuple[bool, str, str]  # whether the same; in the old text; in the new one

# hiragana, kanji and their marks singly, which are most; katakana with its long-vowel mark; Latin, Greek, Cyrillic
# words; numbers; white space; the rest singly
_TOKEN = re.compile(
    r"[\u3001-\u30a0\u3400-\u9fff]|[\u30a1-\u30fa\u30fc]+|[A-Za-z\u00c0-\u024f\u0370-\u04ff]+|[0-9][0-9.,]*|\s+|.",
    re.DOTALL,
)
_SENTENCE = re.compile(r"[^\u3002\uff01\uff1f.!?\n]*(?:[\u3002\uff01\uff1f.!?]+|\n|$)\s*")
LARGEST = 4_000_000  # pairs of words compared at once; above it the passage is shown as replaced (about 0.2 s)
SHORT = 3  # characters: what may agree by chance


def compare(old: str, new: str, *, alike: float = 0.0) -> list[Part]:
    """The parts of both texts in reading order. Differences in white space alone are none.

    `alike` (0 to 1): texts that share no sentence and less than this part of their pairs of neighbouring characters
    were written anew, and stand one whole after the other.
    """
    if old == new:
        return [("same", new)] if new else []
    before, after = _SENTENCE.findall(old), _SENTENCE.findall(new)
    steps = _steps(before, after)
    shared = any(same and come.strip() for same, _, come in steps)
    if alike and old and new and not shared and _likeness(old, new) < alike:
        return [("del", old), ("ins", new)]
    parts: list[Part] = []
    for same, gone, come in steps:
        parts += [("same", come)] if same else _words(gone, come)
    return _joined(parts)


def changed(parts: Sequence[Part]) -> bool:
    """Whether anything differs."""
    return any(kind != "same" for kind, _ in parts)


def _words(old: str, new: str) -> list[Part]:
    parts: list[Part] = []
    for same, gone, come in _cleaned(_steps(_TOKEN.findall(old), _TOKEN.findall(new))):
        if same:
            parts.append(("same", come))
            continue
        # white space that only came or went is no change: it is shown as it is now
        parts += [("del", gone)] if gone.strip() else []
        parts += [("ins" if come.strip() else "same", come)] if come else []
    return parts


def _steps(before: Sequence[str], after: Sequence[str]) -> list[Step]:
    """The runs of `before` and `after` that are the same, and between them those that are not."""
    head = _common(before, after)
    tail = _common(before[: head - len(before) - 1 : -1], after[: head - len(after) - 1 : -1])
    left, right = before[head : len(before) - tail], after[head : len(after) - tail]
    steps = [(True, "".join(before[:head]), "".join(after[:head]))]
    steps += [
        (tag == "equal", "".join(left[i1:i2]), "".join(right[j1:j2])) for tag, i1, i2, j1, j2 in _gestalt(left, right)
    ]
    return _merged([*steps, (True, "".join(before[len(before) - tail :]), "".join(after[len(after) - tail :]))])


def _common(olds: Sequence[str], news: Sequence[str]) -> int:
    """How many both begin with."""
    for count, (old, new) in enumerate(zip(olds, news, strict=False)):
        if old != new:
            return count
    return min(len(olds), len(news))


def _gestalt(before: Sequence[str], after: Sequence[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """As `difflib` says it: what happened, from and to in `before`, from and to in `after`."""
    olds, news = [_key(each) for each in before], [_key(each) for each in after]
    if len(olds) * len(news) > LARGEST or set(olds).isdisjoint(news):
        return [("replace", 0, len(olds), 0, len(news))]
    return SequenceMatcher(None, olds, news, autojunk=False).get_opcodes()


def _likeness(one: str, other: str) -> float:
    """The share of pairs of neighbouring characters that both have (Jaccard), 0 to 1."""
    pairs, others = (frozenset(zip(text, text[1:], strict=False)) for text in (one, other))
    return len(pairs & others) / (len(pairs | others) or 1)


def _cleaned(steps: Sequence[Step]) -> list[Step]:
    cleaned: list[Step] = []
    for index, (same, gone, come) in enumerate(steps):
        chance = same and 0 < index < len(steps) - 1 and len(come.strip()) <= SHORT and "\n" not in come
        if chance and min(_weight(steps[index - 1]), _weight(steps[index + 1])) >= len(come):
            same = False
        cleaned.append((same, gone, come))
    return _merged(cleaned)


def _merged(steps: Sequence[Step]) -> list[Step]:
    merged: list[Step] = []
    for same, gone, come in steps:
        if merged and merged[-1][0] == same:
            merged[-1] = (same, merged[-1][1] + gone, merged[-1][2] + come)
        elif gone or come:
            merged.append((same, gone, come))
    return merged


def _weight(step: Step) -> int:
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
