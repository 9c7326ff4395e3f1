"""Lists of published proposals: which ones (ids first, by an index), how many, then the rows that are shown."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, select
from sqlalchemy.orm import Session

from participation.accounts.models import Account
from participation.db import look_up
from participation.policy import N_
from participation.spaces.queries import Places
from participation.subjects import Subject
from participation.web.markdown import excerpt
from participation.web.paging import Paging
from proposals.labels import DECIDED, MOODS, STATES
from proposals.models import Answer, Proposal, State

SORTS = {
    "newest": N_("Newest first"),
    "supported": N_("Most supported"),
    "discussed": N_("Most discussed"),
    "active": N_("Recently active"),
    "random": N_("Mixed anew every day"),
}
RELEVANCE = "relevance"  # only where words are searched
# What a reader may choose as a state: one word may stand for several.
STATE_FILTERS: dict[str, tuple[State, ...]] = {
    "published": (State.PUBLISHED,),
    "under_review": (State.UNDER_REVIEW,),
    "answered": DECIDED,
    "accepted": (State.ACCEPTED,),
    "partly_accepted": (State.PARTLY_ACCEPTED,),
    "rejected": (State.REJECTED,),
    "in_progress": (State.IN_PROGRESS,),
    "done": (State.DONE,),
    "withdrawn": (State.WITHDRAWN,),
}
SHOWN = (State.PUBLISHED, State.UNDER_REVIEW, *DECIDED, State.IN_PROGRESS, State.DONE)
UNSHOWN = (State.DRAFT, State.WITHDRAWN, State.MERGED)
EXCERPT = 120  # characters of the text in a list
PRIME = 2_147_483_647  # 2^31 - 1


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for; empty means everything that is public and has not been taken back."""

    process_id: int | None = None
    category_ids: tuple[int, ...] = ()
    area_id: int | None = None
    states: tuple[State, ...] = ()
    party: str = ""
    author_id: int | None = None
    ids: tuple[int, ...] | None = None  # only these, as a search found them
    located: bool = False  # only those with a point on the map


@dataclass(frozen=True, kw_only=True)
class Item:
    """A proposal in a list."""

    id: int
    title: str
    locale: str
    excerpt: str
    state: str
    party: str
    author: str
    category: str
    area: str
    supports_count: int
    comments_count: int
    published_at: datetime
    updated_at: datetime
    answer: str
    lat: float | None
    lng: float | None

    @property
    def label(self) -> str:
        return STATES[self.state]

    @property
    def mood(self) -> str:
        return MOODS.get(self.state, "")


@dataclass(frozen=True)
class Found:
    """One page of a list."""

    items: tuple[Item, ...] = ()
    total: int = 0


def conditions(filters: Filters) -> list[ColumnElement[bool]]:
    """The filters as conditions on proposals alone (hidden subjects are left out elsewhere)."""
    # "not these three" cannot lead a planner to the index of states, so the index of the order is read instead
    wanted: list[ColumnElement[bool]] = [
        Proposal.state.in_(filters.states) if filters.states else Proposal.state.not_in(UNSHOWN)
    ]
    if filters.process_id is not None:
        wanted.append(Proposal.process_id == filters.process_id)
    if filters.category_ids:
        wanted.append(Proposal.category_id.in_(filters.category_ids))
    if filters.area_id is not None:
        wanted.append(Proposal.area_id == filters.area_id)
    if filters.party:
        wanted.append(Proposal.party == filters.party)
    if filters.ids is not None:
        wanted.append(Proposal.id.in_(filters.ids))
    if filters.located:
        wanted.append(Proposal.lat.is_not(None))
    return wanted


def find_among(
    session: Session, filters: Filters, ids: Sequence[int], sort: str, paging: Paging, today: date, where: Places
) -> Found:
    """A page of those of `ids` that match; in their own order for the sort "relevance". Two queries."""
    matching = find_ids(session, replace(filters, ids=tuple(ids)), sort, today, limit=len(ids) or 1)
    if sort == RELEVANCE:
        place = {id: n for n, id in enumerate(ids)}
        matching.sort(key=lambda id: place[id])
    shown = matching[paging.offset : paging.offset + paging.per_page]
    return Found(items=rows(session, shown, where), total=len(matching))


def find_ids(session: Session, filters: Filters, sort: str, today: date, *, limit: int, offset: int = 0) -> list[int]:
    query = _ids(filters, sort, today if sort == "random" else date.min)
    return list(look_up(session, query, {"limit": limit, "offset": offset}).scalars())


@lru_cache(maxsize=500)
def _ids(filters: Filters, sort: str, today: date) -> Select[Any]:
    """The statement; kept, for building one costs as much as its answer."""
    query = select(Proposal.id).where(*conditions(filters))
    discussed = sort == "discussed"
    if discussed:  # the kind lets the index of the counters serve
        query = query.join(Subject, Subject.id == Proposal.id).where(Subject.kind == "proposal")
    query = _visible(query, filters, joined=discussed)
    return query.order_by(*_order(sort, today)).limit(bindparam("limit")).offset(bindparam("offset"))


def count(session: Session, filters: Filters) -> int:
    """How many match. Hidden ones are few: they are counted apart, so that the rest is counted in an index alone."""
    wanted = conditions(filters if filters.states else replace(filters, states=SHOWN))
    if filters.author_id is not None:
        return session.scalar(_visible(select(func.count()).where(*wanted), filters)) or 0
    everything = select(func.count()).select_from(Proposal).where(*wanted).scalar_subquery()
    hidden = select(func.count()).select_from(Proposal).where(*wanted, Proposal.id.in_(_HIDDEN)).scalar_subquery()
    return session.scalar(select(everything - hidden)) or 0


def rows(session: Session, ids: Sequence[int], where: Places) -> tuple[Item, ...]:
    """The rows of these proposals in this order, with the names that `where` knows. One query, none for no ids."""
    if not ids:
        return ()
    by_id = {row.id: row for row in look_up(session, _ROWS_OF, {"ids": list(ids)})}
    names = _Names(where)
    return tuple(_item(by_id[id], names) for id in ids if id in by_id)


def every(session: Session, filters: Filters, where: Places) -> Iterator[Item]:
    """All that match, the newest first, read in pieces. One query."""
    query = _visible(_ROWS.where(*conditions(filters)), filters, joined=True).order_by(*_order("newest", date.min))
    names = _Names(where)
    for row in session.execute(query, execution_options={"yield_per": 500}):
        yield _item(row, names)


def full_texts(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """The whole bodies by id. One query."""
    return {id: body for id, body in session.execute(select(Proposal.id, Proposal.body).where(Proposal.id.in_(ids)))}


_HIDDEN = select(Subject.id).where(Subject.hidden_at.is_not(None))  # few, and found by an index


def _visible(query: Select[Any], filters: Filters, *, joined: bool = False) -> Select[Any]:
    query = query.where(Proposal.id.not_in(_HIDDEN), Proposal.published_at.is_not(None))
    if filters.author_id is None:
        return query
    query = query if joined else query.join(Subject, Subject.id == Proposal.id)
    return query.where(Subject.author_id == filters.author_id)


def _order(sort: str, today: date) -> tuple[Any, ...]:
    if sort == "supported":
        return Proposal.supports_count.desc(), Proposal.id.desc()
    if sort == "discussed":
        return Subject.comments_count.desc(), Subject.id.desc()
    if sort == "active":
        return Proposal.active_at.desc(), Proposal.id.desc()
    if sort == "random":
        # the minimal standard generator's step (Park and Miller, 1988) with a multiplier of the day: the same
        # order for everybody until midnight, so that its pages fit together
        multiplier = pow(16_807, today.toordinal(), PRIME) % 1_000_003 + 2
        return (Proposal.id * multiplier) % PRIME, Proposal.id
    return Proposal.published_at.desc(), Proposal.id.desc()


_ANSWER = (
    select(func.substr(Answer.reasons, 1, EXCERPT * 4))
    .where(Answer.proposal_id == Proposal.id)
    .order_by(Answer.number.desc())
    .limit(1)
    .scalar_subquery()
)
_ROWS = (
    select(
        Proposal.id,
        Subject.title,
        Subject.locale,
        func.substr(Proposal.body, 1, EXCERPT * 4).label("start"),
        Proposal.state,
        Proposal.party,
        Account.name.label("author"),
        Proposal.category_id,
        Proposal.area_id,
        Proposal.supports_count,
        Subject.comments_count,
        Proposal.published_at,
        Proposal.updated_at,
        _ANSWER.label("answer"),
        Proposal.lat,
        Proposal.lng,
    )
    .join(Subject, Subject.id == Proposal.id)
    .outerjoin(Account, Account.id == Subject.author_id)
)
_ROWS_OF = _ROWS.where(Proposal.id.in_(bindparam("ids", expanding=True)))


class _Names:
    """Names of areas and categories by id: looked up here instead of joined and decoded for every row."""

    def __init__(self, where: Places) -> None:
        self.areas = {named.id: named.name for named in where.areas}
        self.categories = {named.id: named.name for named in where.categories}


def _item(row: Any, names: _Names) -> Item:
    return Item(
        id=row.id,
        title=row.title,
        locale=row.locale,
        excerpt=excerpt(row.start, EXCERPT),
        state=row.state,
        party=row.party,
        author=row.author or "",
        category=names.categories.get(row.category_id, ""),
        area=names.areas.get(row.area_id, ""),
        supports_count=row.supports_count,
        comments_count=row.comments_count,
        published_at=row.published_at,
        updated_at=row.updated_at,
        answer=excerpt(row.answer, EXCERPT) if row.answer else "",
        lat=row.lat,
        lng=row.lng,
    )
