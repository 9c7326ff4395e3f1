"""Answering a query from an inverted index in parts: intersections of document numbers, rarest term first."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple, Protocol

from participation.search import closeness
from participation.search.facets import Group, counts, passing
from participation.search.port import WINDOW, Query, Results, SearchDocument, Similar
from participation.search.tokens import Word


class Unreadable(Exception):
    """What is on the disk can't be read; the cause tells why."""


class Part(Protocol):
    """A part of the index. `numbers` and `beginning` may name deleted documents; they are taken out here."""

    size: int
    deleted: frozenset[int]
    times: Sequence[int]
    groups: Sequence[Group]

    def numbers(self, field: str, term: str) -> Collection[int]: ...
    def beginning(self, field: str, prefix: str) -> Collection[int]: ...
    def frequency(self, field: str, term: str) -> int: ...
    def folded(self, number: int) -> str: ...
    def document(self, number: int) -> SearchDocument: ...


class Place(NamedTuple):
    """Where a document is, sorted as a tuple: more words in the title, then later (or, for the oldest, earlier)."""

    in_title: int
    at: int
    part: int
    number: int


@contextmanager
def reading() -> Iterator[None]:
    """Turn any failure of reading files into Unreadable: a torn file raises whatever pickle, struct or zlib say."""
    try:
        yield
    except Exception as error:
        raise Unreadable(repr(error)) from error


@dataclass(frozen=True, slots=True)
class Search:
    """One query over the parts of one state of the index."""

    parts: Sequence[Part]
    query: Query
    words: Sequence[Word]

    def page(self, limit: int, offset: int) -> Results:
        """Return a page of the documents that hold every word."""
        with reading():
            found = [self._holding(part) for part in self.parts]
        groups, checked = self._groups(found), not any(word.needs_check for word in self.words)
        if not checked and groups.total() <= WINDOW:
            found = [self._checked(part, numbers) for part, numbers in self._by_part(found)]
            groups, checked = self._groups(found), True
        keep = passing(self.query)
        total = sum(number for group, number in groups.items() if keep(group))
        more = not checked and total > WINDOW
        best = self._best(found, offset + limit if checked else WINDOW)
        if not checked:
            held = [set(self._checked(part, _numbers_in(i, best))) for i, part in enumerate(self.parts)]
            best = [place for place in best if place.number in held[place.part]]
            total = len(best)
        hits = tuple(document(self.parts, place) for place in best[offset : offset + limit])
        return Results(hits, total, more, counts(groups, self.query))

    def _holding(self, part: Part) -> Collection[int]:
        lists = [numbers for word in self.words for numbers in _lists(part, "words", word)]
        smallest, *others = sorted(lists, key=len)
        if not smallest:
            return ()
        if not others and not part.deleted:
            return smallest
        return reduce(set.intersection, others, set(smallest) - part.deleted)

    def _groups(self, found: Sequence[Collection[int]]) -> Counter[Group]:
        groups: Counter[Group] = Counter()
        for part, numbers in self._by_part(found):
            groups.update(map(part.groups.__getitem__, numbers))
        return groups

    def _by_part(self, found: Sequence[Collection[int]]) -> Iterator[tuple[Part, Collection[int]]]:
        return zip(self.parts, found, strict=True)

    def _checked(self, part: Part, numbers: Collection[int]) -> list[int]:
        """Return the documents that really have the longer words, not only their pairs."""
        longer = [word.run for word in self.words if word.needs_check]
        with reading():
            texts = ((number, part.folded(number)) for number in numbers)
            return [number for number, folded in texts if all(run in folded for run in longer)]

    def _best(self, found: Sequence[Collection[int]], size: int) -> list[Place]:
        """Return the first `size` documents, best first; of each part only its own best come into the comparison."""
        places = [
            place
            for index, numbers in enumerate(found)
            if numbers
            for place in self._best_of_part(index, numbers, size)
        ]
        return heapq.nlargest(size, places)

    def _best_of_part(self, index: int, numbers: Collection[int], size: int) -> list[Place]:
        part, keep = self.parts[index], passing(self.query)
        if any(self.query.filters.values()):
            wanted = {group for group in set(part.groups) if keep(group)}
            numbers = [number for number in numbers if part.groups[number] in wanted]
        time_of = part.times.__getitem__
        if self.query.sort == "oldest":
            return [Place(0, -time_of(n), index, n) for n in heapq.nsmallest(size, numbers, key=time_of)]
        best: list[Place] = []
        for in_title, some in self._levels(part, numbers):
            newest = heapq.nlargest(size - len(best), some, key=time_of)
            best += [Place(in_title, time_of(number), index, number) for number in newest]
            if len(best) == size:
                break
        return best

    def _levels(self, part: Part, numbers: Collection[int]) -> list[tuple[int, Collection[int]]]:
        """Sort documents by how many of the words stand in their title, most first."""
        titles = self._title_matches(part) if self.query.sort == "relevance" else Counter()
        levels: defaultdict[int, list[int]] = defaultdict(list)
        for number in titles.keys() & set(numbers) if titles else ():
            levels[titles[number]].append(number)
        levels[0] = [number for number in numbers if number not in titles] if titles else list(numbers)
        return sorted(levels.items(), reverse=True)

    def _title_matches(self, part: Part) -> Counter[int]:
        """Count for each document how many of the words stand in its title (longer ones as far as pairs can tell)."""
        matches: Counter[int] = Counter()
        with reading():
            for word in self.words:
                first, *others = _lists(part, "title", word)
                matches.update(set(first).intersection(*others))
        return matches


def similar(parts: Sequence[Part], text: str, kind: str, limit: int) -> tuple[Similar, ...]:
    """Return the documents of a kind that share enough of the weight of a title's terms, closest first."""
    size = sum(part.size for part in parts)
    with reading():
        frequency = {term: sum(part.frequency("words", term) for part in parts) for term in closeness.terms(text)}
    weighted = closeness.weights(frequency, size)
    scores: defaultdict[Place, float] = defaultdict(float)
    for term in closeness.rare(frequency, size):
        for index, part in enumerate(parts):
            with reading():
                numbers = part.numbers("words", term)
            for number in numbers:
                if part.groups[number].kind == kind and number not in part.deleted:
                    scores[Place(0, part.times[number], index, number)] += weighted[term]
    finalists = heapq.nlargest(closeness.FINALISTS, scores, key=scores.__getitem__)
    return closeness.closest(weighted, (document(parts, place) for place in finalists), limit)


def document(parts: Sequence[Part], place: Place) -> SearchDocument:
    """Return the document at a place. Raises Unreadable."""
    with reading():
        return parts[place.part].document(place.number)


def _numbers_in(index: int, places: Sequence[Place]) -> list[int]:
    return [place.number for place in places if place.part == index]


def _lists(part: Part, field: str, word: Word) -> list[Collection[int]]:
    """Return the documents of each term of a word; of a single character, of all terms that begin with it."""
    if word.prefix:
        return [part.beginning(field, word.run)]
    return [part.numbers(field, term) for term in word.terms]
