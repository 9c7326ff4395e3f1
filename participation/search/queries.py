"""What a reader finds: the engine's answer, checked against the database of this moment.

The index is a second late and keeps no rights. So each hit is looked up again: whether it is public now and open to
this reader; and whatever still waits to be indexed is read anew, so one's own new proposal is there at once and a text
that was just hidden, withdrawn or changed is never shown as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from participation.component import Registry
from participation.db import look_up
from participation.policy import Actor
from participation.search import closeness
from participation.search.facets import group_of, passing
from participation.search.indexer import document_of
from participation.search.models import SearchPending
from participation.search.port import Query, Results, SearchDocument, SearchEngine, SearchUnavailable, Similar
from participation.search.tokens import Word, fold, holds, query_words
from participation.services import Services
from participation.subjects import Subject

FRESH = 30  # newest waiting subjects that every search reads anew


@dataclass(frozen=True)
class Found:
    """Documents that the reader may open. With `more`, numbers are lower bounds; `unready`: titles only."""

    documents: tuple[SearchDocument, ...] = ()
    total: int = 0
    more: bool = False
    unready: bool = False
    facets: dict[str, dict[Any, int]] = field(default_factory=dict)
    words: tuple[Word, ...] = ()


def engine_of(services: Services) -> SearchEngine:
    """The engine of this process."""
    return services.extras["search"]


def find(session: Session, services: Services, actor: Actor, query: Query, *, limit: int, offset: int = 0) -> Found:
    """A page of what the query finds for this reader. At most two queries, one per kind found, and the waiting."""
    words = query_words(query.text)
    if not words:
        return Found()
    try:
        results, unready = engine_of(services).search(query, limit=limit, offset=offset), False
    except SearchUnavailable:
        results, unready = _by_title(session, services.registry, query, limit, offset), True
    anew = _waiting(session, services.registry, actor, [hit.subject_id for hit in results.hits])
    matching = {i: d for i, d in anew.items() if d is not None and _matches(d, query, words)}
    gone = anew.keys() - matching.keys()
    indexed = [matching.get(hit.subject_id, hit) for hit in results.hits if hit.subject_id not in gone]
    shown = {hit.subject_id for hit in results.hits}
    ahead = [document for i, document in matching.items() if i not in shown] if offset == 0 else []
    documents = open_to(session, services.registry, actor, [*ahead, *indexed])
    total = max(results.total + len(documents) - len(results.hits), len(documents))
    return Found(documents, total, results.more, unready, dict(results.facets), words)


def similar(
    session: Session,
    services: Services,
    actor: Actor,
    title: str,
    *,
    kind: str,
    limit: int = 3,
    besides: int | None = None,
) -> tuple[Similar, ...]:
    """Public things of a kind whose words are close to a title being typed, closest first; nothing while unready."""
    try:
        close = engine_of(services).similar(title, kind=kind, limit=limit + 2)
    except SearchUnavailable:
        return ()
    anew = _waiting(session, services.registry, actor, [one.document.subject_id for one in close])
    evenly = dict.fromkeys(closeness.terms(title), 1.0)
    fresh = closeness.closest(evenly, (d for d in anew.values() if d is not None and d.kind == kind), limit)
    merged = [*(one for one in close if one.document.subject_id not in anew), *fresh]
    allowed = {d.subject_id for d in open_to(session, services.registry, actor, [one.document for one in merged])}
    ranked = sorted(merged, key=lambda one: -one.share)
    return tuple(one for one in ranked if one.document.subject_id in allowed - {besides})[:limit]


def titles_within(text: str, titles: Mapping[int, str], limit: int) -> list[int]:
    """Keys of the titles that a longer text, such as somebody's sentences, speaks about; closest first."""
    return closeness.titles_within(text, titles, limit)


def open_to(
    session: Session, registry: Registry, actor: Actor, documents: Sequence[SearchDocument]
) -> tuple[SearchDocument, ...]:
    """Those of the documents that the reader may open now: public, in a public space, and as their kind says."""
    ids = [document.subject_id for document in documents]
    if not ids:
        return ()
    by_kind: dict[str, list[int]] = {}
    for row in look_up(session, _PUBLIC, {"ids": ids}):
        by_kind.setdefault(row.kind, []).append(row.id)
    allowed = {i for kind, some in by_kind.items() for i in _readable(session, registry, actor, kind, some)}
    return tuple(document for document in documents if document.subject_id in allowed)


_space = aliased(Subject)
_PUBLIC = (
    select(Subject.id, Subject.kind)
    .outerjoin(_space, _space.id == Subject.space_id)
    .where(Subject.id.in_(bindparam("ids", expanding=True)))
    .where(Subject.published_at.is_not(None), Subject.hidden_at.is_(None))
    .where(
        or_(Subject.space_id.is_(None), and_(_space.published_at.is_not(None), _space.hidden_at.is_(None)))
    )
)


def _readable(session: Session, registry: Registry, actor: Actor, name: str, ids: Sequence[int]) -> Iterable[int]:
    kind = registry.kinds.get(name)
    if kind is None or kind.document is None:
        return ()
    if kind.readable is not None:
        return kind.readable(session, actor, ids)
    return [i for i in ids if kind.may_see is None or kind.may_see(session, actor, i)]


_NEWEST = select(SearchPending.subject_id).order_by(SearchPending.since.desc()).limit(FRESH)


def _waiting(
    session: Session, registry: Registry, actor: Actor, hits: Sequence[int]
) -> dict[int, SearchDocument | None]:
    """Read anew what the index doesn't know yet: the newest changes, the reader's own, and hits that changed."""
    ids = list(look_up(session, _NEWEST).scalars())
    if len(ids) == FRESH:  # the index is behind: then the reader's own and the hits may be further back
        own = select(SearchPending.subject_id).join(Subject).where(Subject.author_id == actor.id).limit(FRESH)
        ids += session.scalars(own) if actor.signed_in else ()
        ids += session.scalars(select(SearchPending.subject_id).where(SearchPending.subject_id.in_(hits)))
    return {subject_id: document_of(session, registry, subject_id) for subject_id in dict.fromkeys(ids)}


def _matches(document: SearchDocument, query: Query, words: Sequence[Word]) -> bool:
    folded = fold(f"{document.title}\n{document.body}")
    return passing(query)(group_of(document)) and all(holds(folded, word) for word in words)


def _by_title(session: Session, registry: Registry, query: Query, limit: int, offset: int) -> Results:
    """While there is no index: public things whose title holds the words as they were typed, newest first."""
    kinds = query.filters.get("kind") or [name for name, kind in registry.kinds.items() if kind.document]
    likes = [Subject.title.icontains(word, autoescape=True) for word in query.text.split()[:8]]
    rows = session.scalars(
        select(Subject.id)
        .where(Subject.kind.in_(kinds), Subject.published_at.is_not(None), Subject.hidden_at.is_(None), *likes)
        .order_by(Subject.published_at.desc(), Subject.id.desc())
        .offset(offset)
        .limit(limit + 1)
    ).all()
    documents = [document for i in rows[:limit] if (document := document_of(session, registry, i)) is not None]
    kept = tuple(document for document in documents if passing(query)(group_of(document)))
    return Results(kept, offset + len(kept), more=len(rows) > limit)
