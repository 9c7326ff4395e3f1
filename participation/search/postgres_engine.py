"""The engine for more than one machine: a table of PostgreSQL with a GIN index over the same terms.

The database's own transactions do what the folder and its lock do for Whoosh: readers see whole commits, a rebuild goes
on beside them.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Integer, Text, cast, delete, func, literal, select
from sqlalchemy import text as sql
from sqlalchemy.dialects.postgresql import ARRAY, TSQUERY, insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from participation.db import Database
from participation.search import closeness, tokens
from participation.search.facets import Group, counts, passing
from participation.search.models import SearchEntry
from participation.search.port import FACETS, WINDOW, Query, Results, SearchDocument, SearchUnavailable, Similar
from participation.search.tokens import Word

_BATCH = 500
_COMPLETE = 0  # the id of the entry that says that the index is whole
_WRITERS = 0x53414E50  # key of the advisory lock that a rebuild holds
_GROUP = tuple(getattr(SearchEntry, name) for name in FACETS)
_DOCUMENT = (
    SearchEntry.subject_id, SearchEntry.locale, SearchEntry.title, SearchEntry.about, SearchEntry.body,
    SearchEntry.published_at,
)  # fmt: skip
# Long columns go out of the row, so that counting and ordering thousands of entries reads few pages.
_LAYOUT = (
    sql("ALTER TABLE search_entry SET (toast_tuple_target = 128)"),
    sql("ALTER TABLE search_entry ALTER COLUMN title_words SET STORAGE MAIN"),
)
_COMMON = sql("""
    SELECT term, share
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS common(term, share)
    WHERE schemaname = current_schema() AND tablename = 'search_entry' AND attname = 'words' AND term = ANY(:terms)
""")
_RARE_TERMS = 24


class PostgresEngine:
    """A search engine in the platform's own PostgreSQL, shared by all processes and machines."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def put(self, documents: Sequence[SearchDocument], gone: Sequence[int] = ()) -> None:
        def work(session: Session) -> None:
            generation = _generation(session)
            if generation is None or not session.scalar(select(func.pg_try_advisory_xact_lock_shared(_WRITERS))):
                raise SearchUnavailable("the search index is being made")
            _upsert(session, documents, generation)
            session.execute(delete(SearchEntry).where(SearchEntry.subject_id.in_(gone)))

        self._db.write(work, wake=False)

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        words = tokens.query_words(query.text)
        if not words:
            return Results()
        with self._db.read() as session:
            self._ensure_ready(session)
            return _Search(session, query, words).page(limit, offset)

    def similar(self, text: str, *, kind: str, limit: int = 3) -> tuple[Similar, ...]:
        terms = closeness.terms(text)
        if not terms:
            return ()
        with self._db.read() as session:
            self._ensure_ready(session)
            return _similar(session, terms, kind, limit)

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        progress: Callable[[int], None] = lambda done: None,
        *,
        wait: bool = False,
    ) -> int:
        with self._db.engines.write.connect() as holder:  # its lock lives as long as this connection
            take = func.pg_advisory_lock if wait else func.pg_try_advisory_lock
            if holder.scalar(select(take(_WRITERS))) is False:
                raise SearchUnavailable("the search index is being written")
            holder.commit()
            try:
                return self._rebuild(iter(documents), progress)
            finally:
                holder.execute(select(func.pg_advisory_unlock(_WRITERS)))
                holder.commit()

    def tidy(self) -> None:
        """Nothing to do: the database's own housekeeping covers the table."""

    def unready(self) -> str | None:
        try:
            with self._db.read() as session:
                self._ensure_ready(session)
        except (SearchUnavailable, DBAPIError) as error:
            return str(error)
        return None

    def _rebuild(self, documents: Iterator[SearchDocument], progress: Callable[[int], None]) -> int:
        self._db.write(lambda session: [session.execute(change) for change in _LAYOUT], wake=False)
        with self._db.read() as session:
            last = session.scalar(select(func.max(SearchEntry.generation))) or 0
        done = 0
        while batch := list(islice(documents, _BATCH)):
            self._db.write(lambda session, batch=batch: _upsert(session, batch, last + 1), wake=False)
            done += len(batch)
            progress(done)
        self._db.write(lambda session: _complete(session, last + 1), wake=False)
        return done

    def _ensure_ready(self, session: Session) -> None:
        if _generation(session) is None:
            raise SearchUnavailable("the search index is missing and is being rebuilt")


class _Search:
    """One query in one reading transaction."""

    def __init__(self, session: Session, query: Query, words: Sequence[Word]) -> None:
        self._session, self._query = session, query
        self._match = SearchEntry.words.bool_op("@@")(_tsquery(" & ".join(map(_asked, words))))
        self._filters = [getattr(SearchEntry, name).in_(values) for name, values in query.filters.items() if values]
        self._checks = [SearchEntry.folded.contains(word.run, autoescape=True) for word in words if word.needs_check]
        in_title = [cast(SearchEntry.title_words.bool_op("@@")(_tsquery(_asked(word))), Integer) for word in words]
        at = SearchEntry.published_at
        self._order = {
            "relevance": (sum(in_title[1:], in_title[0]).desc(), at.desc(), SearchEntry.subject_id.desc()),
            "newest": (at.desc(), SearchEntry.subject_id.desc()),
            "oldest": (at, SearchEntry.subject_id),
        }[query.sort]

    def page(self, limit: int, offset: int) -> Results:
        groups, checks = self._groups(()), tuple(self._checks)
        window = bool(checks) and groups.total() > WINDOW
        if checks and not window:
            groups = self._groups(checks)
        keep = passing(self._query)
        total = sum(number for group, number in groups.items() if keep(group))
        facets, more = counts(groups, self._query), window and total > WINDOW
        if window:
            best = self._select(()).limit(WINDOW).subquery()
            ids = self._session.scalars(self._select(checks).where(SearchEntry.subject_id.in_(select(best.c[0])))).all()
            total, ids = len(ids), ids[offset : offset + limit]
        else:
            ids = self._session.scalars(self._select(checks).offset(offset).limit(limit)).all()
        return Results(_documents(self._session, ids), total, more, facets)

    def _select(self, checks: Sequence[ColumnElement[bool]]) -> Any:
        return select(SearchEntry.subject_id).where(self._match, *self._filters, *checks).order_by(*self._order)

    def _groups(self, checks: Sequence[ColumnElement[bool]]) -> Counter[Group]:
        rows = self._session.execute(select(*_GROUP, func.count()).where(self._match, *checks).group_by(*_GROUP))
        return Counter({Group(*row[:-1]): row[-1] for row in rows})


def _similar(session: Session, terms: Sequence[str], kind: str, limit: int) -> tuple[Similar, ...]:
    size = session.scalar(select(func.count()).select_from(SearchEntry)) or 0
    frequency = _frequency(session, terms, size)
    weighted, rare = closeness.weights(frequency, size), closeness.rare(frequency, size, _RARE_TERMS)
    if not rare:
        return ()
    shared = [cast(SearchEntry.words.bool_op("@@")(_tsquery(_quoted(t))), Integer) * weighted[t] for t in rare]
    ids = session.scalars(
        select(SearchEntry.subject_id)
        .where(SearchEntry.words.bool_op("@@")(_tsquery(" | ".join(map(_quoted, rare)))), SearchEntry.kind == kind)
        .order_by(sum(shared[1:], shared[0]).desc())
        .limit(closeness.FINALISTS)
    ).all()
    return closeness.closest(weighted, _documents(session, ids), limit)


def _frequency(session: Session, terms: Sequence[str], size: int) -> dict[str, int]:
    """Return in how many documents each term stands, from the statistics that PostgreSQL keeps of the common ones."""
    known = {term: int(share * size) for term, share in session.execute(_COMMON, {"terms": list(terms)})}
    return {term: known.get(term, 1) for term in terms}


def _documents(session: Session, ids: Sequence[int]) -> tuple[SearchDocument, ...]:
    rows = session.execute(select(*_DOCUMENT, *_GROUP).where(SearchEntry.subject_id.in_(ids))).all()
    found = {row.subject_id: SearchDocument(**row._mapping) for row in rows}
    return tuple(found[subject_id] for subject_id in ids)


def _upsert(session: Session, documents: Sequence[SearchDocument], generation: int) -> None:
    if not documents:
        return
    rows = {document.subject_id: _row(document, generation) for document in documents}
    entry = insert(SearchEntry).values(list(rows.values()))
    changed = {column.name: entry.excluded[column.name] for column in SearchEntry.__table__.c if not column.primary_key}
    session.execute(entry.on_conflict_do_update(index_elements=[SearchEntry.subject_id], set_=changed))


def _row(document: SearchDocument, generation: int) -> dict[str, Any]:
    whole = f"{document.title}\n{document.body}"
    return {
        **asdict(document),
        "generation": generation,
        "folded": tokens.fold(whole),
        "words": func.array_to_tsvector(cast(tokens.index_terms(whole), ARRAY(Text))),
        "title_words": func.array_to_tsvector(cast(tokens.index_terms(document.title), ARRAY(Text))),
    }


def _complete(session: Session, generation: int) -> None:
    """Drop what the rebuild did not see and say which version is whole now."""
    session.execute(delete(SearchEntry).where(SearchEntry.generation != generation))
    session.execute(sql("ANALYZE search_entry"))
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    mark = SearchDocument(subject_id=_COMPLETE, kind=_version(), locale="", title="", body="", published_at=epoch)
    _upsert(session, [mark], generation)


def _generation(session: Session) -> int | None:
    mark = select(SearchEntry.generation).where(SearchEntry.subject_id == _COMPLETE, SearchEntry.kind == _version())
    return session.scalar(mark)


def _version() -> str:
    return f"version {tokens.VERSION}"


def _asked(word: Word) -> str:
    return f"{_quoted(word.run)}:*" if word.prefix else " & ".join(map(_quoted, word.terms))


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _tsquery(query: str) -> ColumnElement[Any]:
    return cast(literal(query), TSQUERY)
