"""Reads of comments: a page of threads in two queries (three for a signed-in reader)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from participation.accounts.models import Account
from participation.comments.models import Comment, CommentLike, CommentVersion
from participation.db import look_up
from participation.policy import Actor
from participation.search.port import SearchDocument
from participation.subjects import Subject

PER_PAGE = 20  # threads
MAX_REPLIES = 400  # in all threads of one page; the rest is a click away
SORTS = ("helpful", "newest", "oldest")


@dataclass(frozen=True)
class CommentView:
    id: int
    author: str  # empty: a departed participant
    author_id: int
    party: str
    body: str
    alignment: str | None
    likes: int
    at: datetime
    edited_at: datetime | None
    gone: str  # "" | "withdrawn" | "hidden"
    hidden_reason: str
    root_id: int | None
    parent_id: int | None
    liked: bool
    mine: bool
    locale: str
    replies: "tuple[CommentView, ...]" = field(default=(), compare=False)  # shown apart


@dataclass(frozen=True)
class Threads:
    """One page of threads on a subject."""

    on_id: int
    total: int
    sort: str
    page: int
    more: bool
    threads: tuple[CommentView, ...]


_COLUMNS = (
    Comment.id,
    Account.name.label("author"),
    Comment.author_id,
    Comment.party,
    Comment.body,
    Comment.alignment,
    Comment.likes_count,
    Comment.at,
    Comment.edited_at,
    Comment.withdrawn_at,
    Comment.root_id,
    Comment.parent_id,
    Subject.hidden_at,
    Subject.hidden_reason,
    Subject.locale,
)
_ROWS = select(*_COLUMNS).join(Subject, Subject.id == Comment.id).join(Account, Account.id == Comment.author_id)
_ROOTS = _ROWS.where(Comment.on_id == bindparam("on_id"), Comment.root_id.is_(None))
_ORDERS = {
    "helpful": (Comment.likes_count.desc(), Comment.id.desc()),
    "newest": (Comment.id.desc(),),
    "oldest": (Comment.id.asc(),),
}
_PAGES = {
    sort: _ROOTS.order_by(*order).limit(bindparam("limit")).offset(bindparam("offset"))
    for sort, order in _ORDERS.items()
}
_REPLIES = _ROWS.where(Comment.root_id.in_(bindparam("roots", expanding=True))).order_by(Comment.id).limit(MAX_REPLIES)
_LIKED = select(CommentLike.comment_id).where(
    and_(CommentLike.account_id == bindparam("me"), CommentLike.comment_id.in_(bindparam("ids", expanding=True)))
)


def threads_on(session: Session, actor: Actor, subject: Any, *, sort: str = "helpful", page: int = 1) -> Threads:
    """A page of threads on `subject` (anything with `id` and `comments_count`)."""
    sort = sort if sort in SORTS else "helpful"
    at = {"on_id": subject.id, "limit": PER_PAGE + 1, "offset": (page - 1) * PER_PAGE}
    rows = look_up(session, _PAGES[sort], at).all() if subject.comments_count or page == 1 else []
    roots = rows[:PER_PAGE]
    replies = look_up(session, _REPLIES, {"roots": [row.id for row in roots]}).all() if roots else []
    liked = _liked(session, actor, [row.id for row in (*roots, *replies)])
    by_root: dict[int, list[CommentView]] = {}
    for row in replies:
        by_root.setdefault(row.root_id, []).append(_view(row, actor, liked))
    threads = tuple(_view(row, actor, liked, tuple(by_root.get(row.id, ()))) for row in roots)
    return Threads(subject.id, subject.comments_count, sort, page, len(rows) > PER_PAGE, threads)


def comment_view(session: Session, actor: Actor, comment_id: int) -> CommentView | None:
    """One comment, or None."""
    row = session.execute(_ROWS.where(Comment.id == comment_id)).first()
    return None if row is None else _view(row, actor, _liked(session, actor, [comment_id]))


def page_of(session: Session, comment: Comment) -> int:
    """The page of threads, in the order of writing, on which the comment stands."""
    root = comment.root_id or comment.id
    before = select(func.count()).where(Comment.on_id == comment.on_id, Comment.root_id.is_(None), Comment.id < root)
    return session.execute(before).scalar_one() // PER_PAGE + 1


def history_of(session: Session, comment_id: int) -> list[tuple[str, datetime]]:
    """Earlier texts, newest first."""
    rows = session.execute(
        select(CommentVersion.body, CommentVersion.at)
        .where(CommentVersion.comment_id == comment_id)
        .order_by(CommentVersion.number.desc())
    )
    return [(row.body, row.at) for row in rows]


def comment_document(session: Session, comment_id: int) -> SearchDocument | None:
    """What search knows of a comment; None when it is no longer shown, or what it is about is not."""
    about = aliased(Subject)
    row = session.execute(
        select(Comment.body, Comment.at, Subject.locale, Subject.space_id, about.title)
        .join(Subject, Subject.id == Comment.id)
        .join(about, about.id == Comment.on_id)
        .where(Comment.id == comment_id, Comment.withdrawn_at.is_(None))
        .where(Subject.hidden_at.is_(None), about.hidden_at.is_(None), about.published_at.is_not(None))
    ).first()
    if row is None:
        return None
    return SearchDocument(
        subject_id=comment_id,
        kind="comment",
        locale=row.locale,
        title="",
        about=row.title,
        body=row.body,
        published_at=row.at,
        process_id=row.space_id,
    )


_about = aliased(Subject)
_READABLE = (
    select(Comment.id)
    .join(_about, _about.id == Comment.on_id)
    .where(Comment.id.in_(bindparam("ids", expanding=True)), Comment.withdrawn_at.is_(None))
    .where(_about.published_at.is_not(None), _about.hidden_at.is_(None))
)


def readable_comments(session: Session, actor: Actor, ids: Sequence[int]) -> Sequence[int]:
    """Those of some visible comments that can be opened: not withdrawn, and what they are about is public."""
    return look_up(session, _READABLE, {"ids": list(ids)}).scalars().all()


def comments_page(session: Session, actor: Actor, on_id: int, offset: int, limit: int) -> list[CommentView]:
    """Comments in the order of writing, for the API."""
    rows = session.execute(_ROWS.where(Comment.on_id == on_id).order_by(Comment.id).offset(offset).limit(limit)).all()
    liked = _liked(session, actor, [row.id for row in rows])
    return [_view(row, actor, liked) for row in rows]


def _liked(session: Session, actor: Actor, ids: list[int]) -> frozenset[int]:
    if not actor.signed_in or not ids:
        return frozenset()
    return frozenset(look_up(session, _LIKED, {"me": actor.id, "ids": ids}).scalars())


def _view(row: Any, actor: Actor, liked: frozenset[int], replies: tuple[CommentView, ...] = ()) -> CommentView:
    gone = "hidden" if row.hidden_at is not None else "withdrawn" if row.withdrawn_at is not None else ""
    return CommentView(
        id=row.id,
        author=row.author,
        author_id=row.author_id,
        party=row.party,
        body="" if gone else row.body,
        alignment=row.alignment,
        likes=row.likes_count,
        at=row.at,
        edited_at=row.edited_at,
        gone=gone,
        hidden_reason=row.hidden_reason,
        root_id=row.root_id,
        parent_id=row.parent_id,
        liked=row.id in liked,
        mine=actor.id is not None and row.author_id == actor.id,
        locale=row.locale,
        replies=replies,
    )
