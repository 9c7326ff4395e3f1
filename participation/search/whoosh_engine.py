"""The embedded engine: Whoosh 2.7.4 as an inverted index of our own terms. The only module that imports Whoosh.

Only what it shares with its living fork is used: schema, batch writer, postings, columns. A query is an intersection
of document sets (inverted.py): no phrases, which cost ten times as much, and no scores.
"""

import errno
import json
import logging
import math
import threading
import warnings
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import TypeVar

from participation.search import inverted, tokens
from participation.search.facets import Group, group_of
from participation.search.folder import IndexFolder
from participation.search.inverted import Unreadable
from participation.search.port import Query, Results, SearchDocument, SearchUnavailable, Similar
from participation.search.postings import PostingsCache

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import columns, fields, index
    from whoosh.reading import SegmentReader, TermNotFound
    from whoosh.writing import SegmentWriter

T = TypeVar("T")
_log = logging.getLogger(__name__)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 5000
_CACHED_NUMBERS = 4_000_000
_MEMORY_MB = 64
_TIER_FACTOR, _TIER_BASE, _TIERS_MERGED = 8, 64, 2
_NOT_DAMAGE = {errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EACCES, errno.EROFS}
_SCHEMA = fields.Schema(
    id=fields.ID(),
    words=fields.ID(),
    title=fields.ID(),
    card=fields.COLUMN(columns.VarBytesColumn()),
    folded=fields.COLUMN(columns.VarBytesColumn()),
    text=fields.STORED(),
)


class WhooshEngine:
    """A search engine in a folder, safe for many threads and processes: one writes at a time, readers follow."""

    def __init__(self, root: Path) -> None:
        self._folder = IndexFolder(root, f"whoosh-{tokens.VERSION}")
        self._lock = threading.RLock()
        self._opened: tuple[Path, int] | None = None
        self._segments: dict[str, _Segment] = {}
        self._cache = PostingsCache(_CACHED_NUMBERS)

    def put(self, documents: Sequence[SearchDocument]) -> None:
        rows = [_row(document) for document in documents]
        self._change(rows, [document.subject_id for document in documents])

    def remove(self, subject_ids: Sequence[int]) -> None:
        self._change([], subject_ids)

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        words = tokens.query_words(query.text)
        if not words:
            return Results()
        return self._read(lambda parts: inverted.Search(parts, query, words).page(limit, offset))

    def similar(self, text: str, *, kind: str, limit: int = 3) -> tuple[Similar, ...]:
        return self._read(lambda parts: inverted.similar(parts, text, kind, limit))

    def rebuild(self, documents: Iterable[SearchDocument], progress: Callable[[int], None] = lambda done: None) -> int:
        with self._folder.writing():
            path = self._folder.begin()
            try:
                done = _fill(path, documents, progress)
            except BaseException:
                rmtree(path, ignore_errors=True)
                raise
            self._folder.switch(path)
        return done

    def unready(self) -> str | None:
        if self._folder.current() is None:
            return "the search index is missing"
        try:
            self._read(lambda parts: None)
        except SearchUnavailable as error:
            return str(error)
        return None

    def _change(self, rows: list[dict], replaced: Sequence[int]) -> None:
        with self._folder.writing():
            path = self._current()
            try:
                _commit(path, rows, replaced)
            except Exception as error:
                raise self._judged(path, error) from error
        with self._lock:
            self._refresh()

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
            state = (path, opened.latest_generation())
            if state != self._opened:
                self._segments = {segment.key: segment for segment in self._snapshot(path, opened)}
                self._cache.forget(lambda key: key[0] not in self._segments)
                self._opened = state
        return list(self._segments.values())

    def _snapshot(self, path: Path, opened: index.FileIndex) -> Iterable["_Segment"]:
        """Yield the parts of the newest state; those already known stay open, with their deletions brought up."""
        reader = opened.reader()
        for leaf, _offset in [] if reader.doc_count_all() == 0 else list(reader.leaf_readers()):
            key = f"{path.name}/{leaf.segment().segment_id()}"
            deleted = frozenset(leaf.segment().deleted_docs())
            if known := self._segments.get(key):
                leaf.close()
                known.deleted = deleted
            yield known or _Segment(key, leaf, deleted, self._cache)

    def _forget(self) -> None:
        self._opened, self._segments = None, {}
        self._cache.forget(lambda key: True)


class _Segment:
    """One immutable part of the index, its facets in memory; only what is deleted in it changes."""

    def __init__(self, key: str, reader: SegmentReader, deleted: frozenset[int], cache: PostingsCache) -> None:
        self.key, self.deleted = key, deleted
        self.size = reader.doc_count_all()
        self._reader, self._cache = reader, cache
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
        return self._reader.doc_frequency(field, term)

    def folded(self, number: int) -> str:
        return self._folded[number].decode()

    def document(self, number: int) -> SearchDocument:
        subject_id, at, *facets = json.loads(self._cards[number])
        locale, title, body = self._reader.stored_fields(number)["text"]
        return SearchDocument(
            subject_id=subject_id, published_at=_EPOCH + timedelta(microseconds=at), locale=locale,
            title=title, body=body, **Group(*facets)._asdict(),
        )  # fmt: skip

    def _postings(self, field: str, term: str | bytes) -> Iterable[int]:
        try:
            return self._reader.postings(field, term).all_ids()
        except TermNotFound:
            return ()

    def _union(self, field: str, prefix: str) -> set[int]:
        return set().union(*(self._postings(field, term) for term in self._reader.expand_prefix(field, prefix)))


def _row(document: SearchDocument) -> dict:
    text = f"{document.title}\n{document.body}"
    at = (document.published_at - _EPOCH) // timedelta(microseconds=1)
    return {
        "id": [str(document.subject_id)],
        "words": tokens.index_terms(text),
        "title": tokens.index_terms(document.title),
        "card": json.dumps([document.subject_id, at, *group_of(document)]).encode(),
        "folded": tokens.fold(text).encode(),
        "text": (document.locale, document.title, document.body),
    }


def _fill(path: Path, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
    index.create_in(str(path), _SCHEMA)
    rows, done = (_row(document) for document in documents), 0
    while batch := list(islice(rows, _BATCH)):
        _commit(path, batch, ())
        done += len(batch)
        progress(done)
    return done


def _commit(path: Path, rows: list[dict], replaced: Sequence[int]) -> None:
    """Write one batch: one reader for all deletions, one new segment, one new generation."""
    writer = index.open_dir(str(path)).writer(limitmb=_MEMORY_MB, compound=False)
    try:
        with_old = writer.reader()
        for subject_id in replaced if with_old.doc_count_all() else ():
            if ("id", str(subject_id)) in with_old:
                for number in list(with_old.postings("id", str(subject_id)).all_ids()):
                    writer.delete_document(number)
        with_old.close()
        for row in rows:
            writer.add_document(**row)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=_tiered)


def _tiered(writer: SegmentWriter, segments: list) -> list:
    """Merge the smallest tier that is full, leave out empty parts: a document is rewritten O(log n) times.

    (Log-structured merge, O'Neil et al., Acta Informatica 33, 1996.) Big parts are left alone: merging them would hold
    the lock for a minute.
    """
    tiers = defaultdict(list)
    for segment in segments:
        if segment.doc_count():
            size = max(segment.doc_count() / _TIER_BASE, 1)
            tiers[int(math.log(size, _TIER_FACTOR))].append(segment)
    full = next((t for t in range(_TIERS_MERGED) if len(tiers[t]) >= _TIER_FACTOR), None)
    for segment in tiers.pop(full, ()):
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for tier in tiers.values() for segment in tier]
