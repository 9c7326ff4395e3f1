"""Filters of a list with the number of things that each would leave, and the words that are looked for in it."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from participation.web.context import Context
from participation.web.templating import with_query

LONGEST = 100  # characters of the words looked for


@dataclass(frozen=True)
class Facet:
    name: str
    options: tuple[tuple[str, str, int], ...]  # (value, label, how many things it would leave)
    chosen: str

    @property
    def label(self) -> str:
        return next((label for value, label, _ in self.options if value == self.chosen), self.chosen)


def count_facet(name: str, lines: Sequence[Any], wanted: Any, values: Callable[[Any], Iterable[tuple[str, str]]]
                ) -> Facet:  # fmt: skip
    """How many lines each value would leave with the other filters as they are; `wanted` are the filters, which say
    what `fits`."""
    others = replace(wanted, **{name: ""})
    labels = dict(pair for line in lines for pair in values(line))
    left = [line for line in lines if others.fits(line)]
    counted = {value: sum(replace(others, **{name: value}).fits(line) for line in left) for value in labels}
    options = ((value, label, counted[value]) for value, label in labels.items())
    return Facet(name, tuple(sorted(options, key=lambda option: (-option[2], option[1]))), getattr(wanted, name))


def chips(ctx: Context, path: str, wanted: Any, shown: Sequence[Facet]) -> list[tuple[str, str]]:
    """The chosen filters with the address that takes each away."""
    chosen = [("q", wanted.q), *((facet.name, facet.label if facet.chosen else "") for facet in shown)]
    given = ctx.query.multi_items()
    return [(label, path + with_query(given, page=None, **{name: None})) for name, label in chosen if label]


def fits_words(asked: str, texts: Iterable[str]) -> bool:
    """Whether each word that was asked for stands somewhere in the texts, wide and narrow letters being the same."""
    text = _folded(" ".join(texts))
    return all(word in text for word in _folded(asked).split())


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
