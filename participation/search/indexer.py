"""From the database into the index: what waits is read again and written in one commit, soon after the change."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from participation.component import Registry
from participation.search.models import SearchPending
from participation.search.port import SearchDocument, SearchEngine, SearchUnavailable
from participation.services import Services
from participation.subjects import Subject

log = logging.getLogger("sanpo.search")
BATCH = 200
READ = 500  # subjects in one reading transaction of a rebuild
AT_ONCE = 500  # a site of that size is rebuilt while one waits, a larger one beside the worker
REST = timedelta(minutes=1)  # between two rebuilds that nobody asked for

_VISIBLE = (Subject.published_at.is_not(None), Subject.hidden_at.is_(None))


class Indexer:
    """Keeps one process's engine up to date. Several processes may: what one wrote, the next writes again, the same."""

    def __init__(self, engine: SearchEngine) -> None:
        self.engine = engine
        self._slow: threading.Thread | None = None
        self._rebuilt_at: datetime | None = None

    def drain(self, services: Services, now: datetime) -> None:
        """Bring what waits into the index, a batch at a time; leave it waiting while somebody else writes."""
        while self._drain_batch(services) == BATCH:
            log.debug("more is waiting for the index")

    def keep_house(self, services: Services, now: datetime) -> None:
        """Make a missing or damaged index, merge its parts: at once where that is quick, else beside the worker."""
        if self._slow is not None and self._slow.is_alive():
            return
        if self.engine.unready() is None:
            self._beside(self.engine.tidy)
        elif self._rebuilt_at is None or now - self._rebuilt_at >= REST:
            self._rebuilt_at = now
            if count_searchable(services) <= AT_ONCE:
                _logged(lambda: self.rebuild(services))
            else:
                self._beside(lambda: self.rebuild(services))

    def _beside(self, work: Callable[[], None]) -> None:
        self._slow = threading.Thread(target=_logged, args=(work,), name="search", daemon=True)
        self._slow.start()

    def rebuild(
        self, services: Services, progress: Callable[[int], None] = lambda more: None, *, wait: bool = False
    ) -> None:
        """Write the whole index anew; what changes meanwhile stays waiting and follows. `progress` is told of more."""
        documents = (document for document in all_documents(services) if progress(1) is None)
        done = self.engine.rebuild(documents, wait=wait)
        log.info("search index rebuilt: %d documents", done)

    def _drain_batch(self, services: Services) -> int:
        with services.db.read() as session:
            waiting = session.execute(_WAITING).all()
            found = {row.subject_id: _readable(session, services.registry, row.subject_id) for row in waiting}
        if not waiting:
            return 0
        try:
            self.engine.put(
                [document for document in found.values() if document],
                gone=[subject_id for subject_id, document in found.items() if document is None],
            )
        except SearchUnavailable as error:
            log.debug("the index can't be written now: %s", error)
            return 0
        services.db.write(lambda session: _forget(session, waiting), wake=False)
        return len(waiting)


_WAITING = (
    select(SearchPending.subject_id, SearchPending.marks).order_by(SearchPending.since, SearchPending.subject_id)
).limit(BATCH)


def _forget(session: Session, rows: Sequence) -> None:
    """Take out what was indexed, unless it changed again in the meantime."""
    for row in rows:
        session.execute(
            delete(SearchPending).where(
                SearchPending.subject_id == row.subject_id, SearchPending.marks == row.marks
            ),
            execution_options={"synchronize_session": False},
        )


def document_of(session: Session, registry: Registry, subject_id: int) -> SearchDocument | None:
    """What can be found of a subject now; None for what is not public, or of a kind that is not searched."""
    subject_kind = session.execute(select(Subject.kind).where(Subject.id == subject_id, *_VISIBLE)).scalar()
    kind = registry.kinds.get(subject_kind or "")
    return kind.document(session, subject_id) if kind and kind.document else None


def _readable(session: Session, registry: Registry, subject_id: int) -> SearchDocument | None:
    """The same, and a kind that fails on one of its things doesn't hold up the others: that one isn't found."""
    try:
        return document_of(session, registry, subject_id)
    except Exception:
        log.exception("subject %d can't be read for search; it is left out", subject_id)
        return None


def all_documents(services: Services) -> Iterator[SearchDocument]:
    """Every document, in the order of ids; short reading transactions, so that the database's log can be emptied."""
    last, kinds = 0, _searchable(services)
    while True:
        with services.db.read() as session:
            some = select(Subject.id).where(Subject.id > last, Subject.kind.in_(kinds), *_VISIBLE)
            ids = session.scalars(some.order_by(Subject.id).limit(READ)).all()
            documents = [_readable(session, services.registry, subject_id) for subject_id in ids]
        if not ids:
            return
        yield from (document for document in documents if document is not None)
        last = ids[-1]


def count_searchable(services: Services) -> int:
    """How many subjects a rebuild reads."""
    with services.db.read() as session:
        kinds = Subject.kind.in_(_searchable(services))
        return session.execute(select(func.count()).select_from(Subject).where(kinds, *_VISIBLE)).scalar_one()


def _searchable(services: Services) -> list[str]:
    return [name for name, kind in services.registry.kinds.items() if kind.document is not None]


def _logged(work: Callable[[], None]) -> None:
    try:
        work()
    except SearchUnavailable as error:
        log.info("search housekeeping put off: %s", error)
    except Exception:
        log.exception("search housekeeping failed; it is tried again")
