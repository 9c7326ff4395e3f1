"""The embedded engine: Whoosh 2.7.4 as an inverted index of our own terms (Whoosh is met here and in whoosh_commit.py).

Only what it shares with its living fork is used: schema, batch writer, postings, columns. A query is an intersection
of document sets (inverted.py): no phrases, which cost ten times as much, and no scores.
"""

import errno
import json
import logging
import threading
import warnings
from array import array
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import timedelta
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

from participation.search import inverted, tokens
from participation.search.facets import Group
from participation.search.folder import IndexFolder
from participation.search.inverted import Unreadable
from participation.search.port import Query, Results, SearchDocument, SearchUnavailable, Similar
from participation.search.postings import PostingsCache
from participation.search.whoosh_commit import EPOCH, commit, fill, full_tier, merge_any, merge_small, row

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import fields, index
    from whoosh.codec.base import Segment
    from whoosh.reading import SegmentReader, TermNotFound

T = TypeVar("T")
_log = logging.getLogger(__name__)
_CACHED_NUMBERS = 2_000_000
_KNOWN_FREQUENCIES = 5_000  # of terms, in each part
_RACES = 20
_NOT_DAMAGE = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EROFS}


class WhooshEngine:
    """A search engine in a folder, safe for many threads and processes: one writes at a time, readers follow."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root, f"whoosh-{tokens.VERSION}")
        self._lock = threading.RLock()
        self._opened: tuple[Path, int] | None = None
        self._segments: dict[str, _Segment] = {}
        self._cache = PostingsCache(_CACHED_NUMBERS)

    def put(self, documents: Sequence[SearchDocument], gone: Sequence[int] = ()) -> None:
        rows = [row(document) for document in documents]
        self._change(rows, [*gone, *(document.subject_id for document in documents)], merge_small)

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        words = tokens.query_words(query.text)
        if not words:
            return Results()
        return self._read(lambda parts: inverted.Search(parts, query, words).page(limit, offset))

    def similar(self, text: str, *, kind: str, limit: int = 3) -> tuple[Similar, ...]:
        return self._read(lambda parts: inverted.similar(parts, text, kind, limit))

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        progress: Callable[[int], None] = lambda done: None,
        *,
        wait: bool = False,
    ) -> int:
        with self._folder.writing(wait=wait):
            path = self._folder.begin()
            try:
                done = fill(path, documents, progress)
            except BaseException:
                rmtree(path, ignore_errors=True)
                raise
            self._folder.switch(path)
        return done

    def tidy(self) -> None:
        if self.unready() is None and full_tier([part.size for part in self._segments.values()]) is not None:
            self._change([], [], merge_any)

    def unready(self) -> str | None:
        if self._folder.current() is None:
            return "the search index is missing"
        try:
            self._read(lambda parts: None)
        except SearchUnavailable as error:
            return str(error)
        return None

    def _change(self, rows: list[dict], replaced: Sequence[int], merge: Callable) -> None:
        with self._folder.writing():
            path = self._current()
            doomed = self._read(lambda parts: _places(parts, replaced))
            try:
                commit(path, rows, doomed, merge)
            except Exception as error:
                raise self._judged(path, error) from error
        self._read(lambda parts: None)

    def _read(self, work: Callable[[Sequence["_Segment"]], T]) -> T:
        """Do `work` on the newest state. What can't be read is opened anew once; then the index is set aside."""
        with self._lock:
            try:
                return work(self._refresh())
            except Unreadable:
                self._forget()
            path = self._current()
            try:
                return work(self._refresh())
            except Unreadable as error:
                self._forget()
                raise self._judged(path, error.__cause__ or error) from error

    def _judged(self, path: Path, error: BaseException) -> SearchUnavailable:
        """Tell damage, after which the index is set aside, from a full disk or too many open files."""
        if isinstance(error, MemoryError) or (isinstance(error, OSError) and error.errno in _NOT_DAMAGE):
            return SearchUnavailable(f"the search index can't be used now: {error}")
        _log.error("search index damaged, set aside: %r", error)
        self._folder.set_aside(path)
        return SearchUnavailable("the search index was damaged and is being rebuilt")

    def _current(self) -> Path:
        path = self._folder.current()
        if path is None:
            raise SearchUnavailable("the search index is missing and is being rebuilt")
        return path

    def _refresh(self) -> Sequence["_Segment"]:
        path = self._current()
        with inverted.reading():
            opened = index.open_dir(str(path))
            if (path, opened.latest_generation()) != self._opened:
                self._opened = (path, self._open_parts(path, opened))
                self._cache.forget(lambda key: key[0] not in self._segments)
        return list(self._segments.values())

    def _open_parts(self, path: Path, opened: index.FileIndex) -> int:
        """Open what is new of the newest state, keep what is known, and return its generation.

        A commit elsewhere may delete a file between the table of contents and its opening: then read that again.
        """
        for attempt in range(_RACES + 1):
            contents = index.TOC.read(opened.storage, opened.indexname)
            try:
                self._segments = {
                    key: self._part(key, opened, contents.schema, segment)
                    for segment in contents.segments
                    for key in [f"{path.name}/{segment.segment_id()}"]
                }
                return contents.generation
            except FileNotFoundError:
                if attempt == _RACES or opened.latest_generation() == contents.generation:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _part(self, key: str, opened: index.FileIndex, schema: fields.Schema, segment: Segment) -> "_Segment":
        part = self._segments.get(key)
        if part is None:
            part = _Segment(key, SegmentReader(opened.storage, schema, segment), self._cache)
        part.deleted = frozenset(segment.deleted_docs())
        return part

    def _forget(self) -> None:
        self._opened, self._segments = None, {}
        self._cache.forget(lambda key: True)


class _Segment:
    """One immutable part of the index, its facets in memory; only what is deleted in it changes."""

    def __init__(self, key: str, reader: SegmentReader, cache: PostingsCache) -> None:
        self.key = key
        self.deleted: frozenset[int] = frozenset()
        self.size = reader.doc_count_all()
        self._reader, self._cache = reader, cache
        self._frequencies: dict[tuple[str, str], int] = {}
        self._cards, self._folded = reader.column_reader("card"), reader.column_reader("folded")
        self.times, self.groups, known = array("q"), [], {}
        for value in self._cards:
            _, at, *facets = json.loads(value)
            group = Group(*facets)
            self.times.append(at)
            self.groups.append(known.setdefault(group, group))

    def numbers(self, field: str, term: str) -> Collection[int]:
        return self._cache.get((self.key, field, term), lambda: self._postings(field, term))

    def beginning(self, field: str, prefix: str) -> Collection[int]:
        return self._cache.get((self.key, field, prefix, "…"), lambda: self._union(field, prefix))

    def frequency(self, field: str, term: str) -> int:
        if len(self._frequencies) > _KNOWN_FREQUENCIES:
            self._frequencies.clear()
        if (field, term) not in self._frequencies:
            self._frequencies[field, term] = self._reader.doc_frequency(field, term)
        return self._frequencies[field, term]

    def folded(self, number: int) -> str:
        return self._folded[number].decode()

    def document(self, number: int) -> SearchDocument:
        subject_id, at, *facets = json.loads(self._cards[number])
        locale, title, body, about = self._reader.stored_fields(number)["text"]
        return SearchDocument(
            subject_id=subject_id, published_at=EPOCH + timedelta(microseconds=at), locale=locale,
            title=title, body=body, about=about, **Group(*facets)._asdict(),
        )  # fmt: skip

    def _postings(self, field: str, term: str | bytes) -> Iterable[int]:
        try:
            return self._reader.postings(field, term).all_ids()
        except TermNotFound:
            return ()

    def _union(self, field: str, prefix: str) -> set[int]:
        return set().union(*(self._postings(field, term) for term in self._reader.expand_prefix(field, prefix)))


def _places(parts: Sequence[_Segment], subject_ids: Sequence[int]) -> dict[str, list[int]]:
    """Return the numbers of documents by segment, found in the parts that are open anyway."""
    with inverted.reading():
        return {
            part.key.partition("/")[2]: [number for i in subject_ids for number in part.numbers("id", str(i))]
            for part in parts
        }
