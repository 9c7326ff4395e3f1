"""Texts for bulk data, from a small vocabulary of our own: the same seed gives the same texts."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

ENGLISH = 0.2  # share of the texts


@lru_cache
def vocabulary() -> dict[str, dict[str, Any]]:
    """By language: places, things, changes, and the titles and sentences that hold them."""
    return yaml.safe_load((Path(__file__).parent / "words.yaml").read_text("utf-8"))


@dataclass(frozen=True)
class Writer:
    """Writes titles and texts in one language."""

    random: Random
    locale: str

    def title(self) -> str:
        return self._fill(self._choose("titles"))

    def text(self, sentences: int) -> str:
        """That many sentences; a proposal has about ten, a comment two or three."""
        return "".join(self._fill(self._choose("sentences")) + self._space for _ in range(sentences)).strip()

    def words(self, count: int) -> str:
        """What a reader types into the search box: `count` different words of the texts."""
        kinds = self.random.sample(("places", "things"), count)
        return " ".join(self._choose(kind) for kind in kinds)

    @property
    def _space(self) -> str:
        return "" if self.locale == "ja" else " "

    def _choose(self, kind: str) -> str:
        choices = vocabulary()[self.locale][kind]
        return choices[int(self.random.random() * len(choices))]

    def _fill(self, pattern: str) -> str:
        return pattern.format(
            place=self._choose("places"), thing=self._choose("things"), change=self._choose("changes")
        )


def writers(random: Random) -> dict[str, Writer]:
    return {locale: Writer(random, locale) for locale in ("ja", "en")}


def any_locale(random: Random) -> str:
    return "en" if random.random() < ENGLISH else "ja"
