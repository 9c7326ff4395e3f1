"""Passwords: argon2id (RFC 9106) with OWASP's figures, two computations at a time, and what is too easy to guess.

One computation takes 46 MiB and about 0.1 s, so it happens in the `prepare` of a route marked heavy, never inside a
transaction.
"""

import re
import threading
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

MIN, MAX = 12, 128
MEMORY_KIB, ROUNDS, LANES = 47_104, 1, 1
AT_ONCE = 2
LONGEST = 24  # letters of a common word

_hasher = PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY_KIB, parallelism=LANES)
_slots = threading.BoundedSemaphore(AT_ONCE)
_ROWS = ("1234567890-^", "qwertyuiop@[", "asdfghjkl;:]", "zxcvbnm,./\\")  # JIS; its letters lie as on other keyboards
_PLACES = {key: (row, column) for row, keys in enumerate(_ROWS) for column, key in enumerate(keys)}
WALK = 0.7  # of the steps of a password that go to a neighbour: no words of a language do
_LEET = str.maketrans("@4310$57!", "aaeiossti")


def hash_password(password: str) -> str:
    with _slots:
        return _hasher.hash(password)


def check_password(stored: str | None, password: str) -> bool:
    """Whether the password is the stored one. Without a stored one it takes the same time and says no."""
    with _slots:
        try:
            return _hasher.verify(stored or _dummy(), password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def needs_new_hash(stored: str) -> bool:
    """Whether it was made with weaker figures than today's."""
    return _hasher.check_needs_rehash(stored)


def too_common(password: str, *own: str) -> bool:
    """Whether guessers try it early: a common word or one of the `own` words (address, name, the city's), plain or
    with digits and signs around it, written twice, or in leet; one piece over and over; a walk over the keyboard or
    along the alphabet; few characters."""
    plain = password.lower()
    if len(set(plain)) < 5 or _repeats(plain) or _walks(plain):
        return True
    words = common_words() | {part for word in own for part in _parts(word)}
    inner = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)  # what stands around a word is no leet
    return any(_made_of(core, words) for core in {_core(plain), _core(inner.translate(_LEET))})


def _repeats(text: str) -> bool:
    """Whether it is one piece three times or more, the last time perhaps half of it."""
    return any(text == (text[:size] * len(text))[: len(text)] for size in range(1, len(text) * 2 // 5 + 1))


def _walks(text: str) -> bool:
    """Whether most characters lie beside the one before, on the keyboard or in the alphabet."""
    steps = [_beside(first, second) for first, second in pairwise(text)]
    return sum(steps) >= WALK * len(steps)


def _beside(first: str, second: str) -> bool:
    if abs(ord(first) - ord(second)) <= 1:
        return True
    if first not in _PLACES or second not in _PLACES:
        return False
    (row, column), (other_row, other_column) = _PLACES[first], _PLACES[second]
    return abs(row - other_row) <= 1 and abs(column - other_column) <= 1


def _parts(word: str) -> set[str]:
    local = word.lower().split("@")[0]
    parts = {_core(local), *re.split(r"[._+\-\s]+", local)}
    return {part for part in parts if len(part) > 3}


def _core(text: str) -> str:
    return "".join(character for character in text if character.isalpha())


def _made_of(core: str, words: set[str] | frozenset[str]) -> bool:
    """Whether at most two common words are all that stands there; three together are a passphrase."""
    return _fewest(core, words) <= 2


def _fewest(core: str, words: set[str] | frozenset[str]) -> int:
    """How many of the words make up the core; 99 where they do not."""
    best = {0: 0}
    for end in range(1, len(core) + 1):
        starts = (start for start in range(max(0, end - LONGEST), end) if start in best and core[start:end] in words)
        best |= {end: min(counts)} if (counts := [best[start] + 1 for start in starts]) else {}
    return best.get(len(core), 99)


@lru_cache
def common_words() -> frozenset[str]:
    text = files("participation.accounts").joinpath("common_words.txt").read_text(encoding="utf-8")
    return frozenset(word for word in text.split() if not word.startswith("#"))


@lru_cache
def _dummy() -> str:
    return _hasher.hash("nobody has this password")
