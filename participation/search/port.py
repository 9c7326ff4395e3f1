"""What the platform asks of a search engine, and the values that pass between them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, Protocol

Sort = Literal["relevance", "newest", "oldest"]
FACETS = ("kind", "process_id", "area_id", "category_id", "state")
WINDOW = 500
"""Candidates checked for a query whose words are longer than a pair of characters; more are not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDocument:
    """One public thing as it is found: `title` and `body` are its writer's words and are searched.

    `about` is the title of what it belongs to, for a thing without one of its own (a comment): shown, not searched.
    """

    subject_id: int
    kind: str
    locale: str
    title: str
    body: str
    published_at: datetime
    process_id: int | None = None
    area_id: int | None = None
    category_id: int | None = None
    state: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What a reader asks. `filters` names a facet and the values wanted (any of them); facets combine with AND."""

    text: str
    filters: Mapping[str, frozenset] = field(default_factory=dict)
    sort: Sort = "relevance"


@dataclass(frozen=True, slots=True)
class Results:
    """A page of documents, best first. With `more`, `total` and the counts are lower bounds."""

    hits: tuple[SearchDocument, ...] = ()
    total: int = 0
    more: bool = False
    facets: Mapping[str, Mapping[str | int, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Similar:
    """A published thing whose words are close to a title being typed; `share` of its words' weight is in 0..1."""

    document: SearchDocument
    share: float


class SearchUnavailable(Exception):
    """The index is missing, damaged or being made; the platform goes on without it and it is rebuilt by itself."""


class SearchEngine(Protocol):
    """Every engine behaves the same; tests/participation/search/test_engines.py is its definition."""

    def put(self, documents: Sequence[SearchDocument], gone: Sequence[int] = ()) -> None:
        """Add or replace documents, and take `gone` ones out, in one commit. Raises SearchUnavailable."""

    def search(self, query: Query, *, limit: int = 20, offset: int = 0) -> Results:
        """Return a page of what holds every word of the query. Raises SearchUnavailable."""

    def similar(self, text: str, *, kind: str, limit: int = 3) -> tuple[Similar, ...]:
        """Return the documents of a kind closest to a title, closest first. Raises SearchUnavailable."""

    def rebuild(
        self,
        documents: Iterable[SearchDocument],
        progress: Callable[[int], None] = lambda done: None,
        *,
        wait: bool = False,
    ) -> int:
        """Replace the whole index by `documents` while the old one still answers; return how many there are.

        `wait` for another writer to end; else SearchUnavailable is raised. Nobody else writes meanwhile.
        """

    def tidy(self) -> None:
        """Do the housekeeping that is due; may take a minute. Raises SearchUnavailable."""

    def unready(self) -> str | None:
        """Say why the index can't answer at the moment, or None."""
