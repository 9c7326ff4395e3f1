"""Writing a Whoosh index: what is kept of a document, one commit per batch, when parts are merged."""

import json
import math
import os
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from participation.search import tokens
from participation.search.facets import group_of
from participation.search.port import SearchDocument

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)
    from whoosh import columns, fields, index
    from whoosh.codec.base import Segment
    from whoosh.codec.whoosh3 import W3Codec, W3PerDocReader
    from whoosh.filedb.filestore import Storage
    from whoosh.reading import SegmentReader
    from whoosh.writing import SegmentWriter

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BATCH = 5000
_MEMORY_MB = 64
_TIER_FACTOR, _QUICK_TIER, _HIGHEST_TIER = 8, 1, 4  # parts of up to 8 * 63 documents at once, 8 * 32,767 in quiet
_SCHEMA = fields.Schema(
    id=fields.ID(),
    words=fields.ID(),
    title=fields.ID(),
    card=fields.COLUMN(columns.VarBytesColumn()),
    folded=fields.COLUMN(columns.VarBytesColumn()),
    text=fields.STORED(),
)


class _WithoutLengths(W3PerDocReader):
    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        return default


class _Codec(W3Codec):
    """The library's format. Our fields keep no lengths, and the library would ask the file system for them again at
    every posting: half of the time of writing an index."""

    def per_document_reader(self, storage: Storage, segment: Segment) -> _WithoutLengths:
        return _WithoutLengths(storage, segment)


def row(document: SearchDocument) -> dict:
    """Return the fields of a document; made before a writer is opened, so that a fault here is no damage."""
    text = f"{document.title}\n{document.body}"
    at = (document.published_at - EPOCH) // timedelta(microseconds=1)
    return {
        "id": [str(document.subject_id)],
        "words": tokens.index_terms(text),
        "title": tokens.index_terms(document.title),
        "card": json.dumps([document.subject_id, at, *group_of(document)]).encode(),
        "folded": tokens.fold(text).encode(),
        "text": (document.locale, document.title, document.body, document.about),
    }


def fill(path: Path, documents: Iterable[SearchDocument], progress: Callable[[int], None]) -> int:
    """Make a new index of `documents` in an empty folder."""
    index.create_in(str(path), _SCHEMA)
    rows, done = (row(document) for document in documents), 0
    while batch := list(islice(rows, _BATCH)):
        commit(path, batch, {}, merge_small)
        done += len(batch)
        progress(done)
    return done


def commit(path: Path, rows: list[dict], doomed: dict[str, list[int]], merge: Callable) -> None:
    """Write one batch: deletions in the segments that hold them, one new segment, one new generation.

    It is forced to the disk, for what waited is forgotten after that.
    """
    before = set(os.listdir(path))
    writer = index.open_dir(str(path)).writer(limitmb=_MEMORY_MB, compound=False, codec=_Codec())
    try:
        for segment in writer.segments:
            for number in doomed.get(segment.segment_id(), ()):
                segment.delete_document(number)
        for values in rows:
            writer.add_document(**values)
    except BaseException:
        writer.cancel()
        raise
    writer.commit(mergetype=merge)
    for name in (*(set(os.listdir(path)) - before), ""):  # each new file, then the folder itself
        descriptor = os.open(path / name, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)


def _tier(size: int) -> int:
    return int(math.log(max(size, 1), _TIER_FACTOR))


def full_tier(sizes: Sequence[int], highest: int = _HIGHEST_TIER) -> int | None:
    """Return the smallest tier with enough parts to be merged into one of the next.

    So a document is rewritten O(log n) times (log-structured merge, O'Neil et al., Acta Informatica 33, 1996).
    """
    tiers = Counter(_tier(size) for size in sizes)
    return next((tier for tier in range(highest + 1) if tiers[tier] >= _TIER_FACTOR), None)


def merge_small(writer: SegmentWriter, segments: list[Segment]) -> list[Segment]:
    """Merge parts that take no more than a second or two: the worker has other things to do."""
    return merge_any(writer, segments, highest=_QUICK_TIER)


def merge_any(writer: SegmentWriter, segments: list[Segment], highest: int = _HIGHEST_TIER) -> list[Segment]:
    """Merge a tier that is full, whatever it costs, and leave out parts in which everything is deleted."""
    living = [segment for segment in segments if segment.doc_count()]
    full = full_tier([segment.doc_count_all() for segment in living], highest)
    kept = []
    for segment in living:
        if _tier(segment.doc_count_all()) != full:
            kept.append(segment)
            continue
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return kept
