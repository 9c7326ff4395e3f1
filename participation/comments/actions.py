"""What people do with comments. Each: ensure, change, record."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from participation.comments import events
from participation.comments.models import Comment, CommentLike, CommentVersion
from participation.comments.policy import may_comment, may_edit, may_like
from participation.component import Registry
from participation.db import dialect_name, insert_ignore
from participation.events import record
from participation.policy import ALLOWED, N_, Actor, ensure, require
from participation.search.actions import mark_for_indexing
from participation.spaces.queries import open_features
from participation.subjects import Subject, count_comment, create_subject
from participation.web.errors import NotFound


def write_comment(
    session: Session,
    actor: Actor,
    subject: Subject,
    *,
    body: str,
    alignment: str | None,
    parent_id: int | None,
    registry: Registry,
    now: datetime,
) -> Comment:
    """Add a comment to `subject`, or an answer to one of its comments."""
    process_id = subject.id if subject.kind == "process" else subject.space_id
    kind, features = registry.kinds.get(subject.kind), open_features(session, process_id, now)
    state = kind.state_for_comments(session, subject) if kind else ALLOWED
    ensure(may_comment(actor, subject, kind, features, state))
    parent = _parent(session, subject.id, parent_id)
    more = {"space_id": process_id, "author_id": actor.id, "locale": actor.locale, "published": True}
    own = create_subject(session, "comment", title="", now=now, **more)
    comment = Comment(
        id=own.id,
        on_id=subject.id,
        parent_id=parent.id if parent else None,
        root_id=(parent.root_id or parent.id) if parent else None,
        author_id=actor.id,
        party=party_of(actor),
        body=body,
        alignment=None if parent else alignment,
        at=now,
    )
    session.add(comment)
    session.flush()
    count_comment(session, subject.id, +1)
    fact = events.CommentWritten(comment_id=own.id, on_id=subject.id, parent_id=comment.parent_id)
    record(session, fact, actor=actor, subject_id=own.id, now=now, private={"body": body})
    mark_for_indexing(session, own.id, now)
    return comment


def edit_comment(session: Session, actor: Actor, comment: Comment, *, body: str, now: datetime) -> None:
    """Change the text and keep the one before it."""
    ensure(may_edit(actor, comment, _subject(session, comment.id)))
    if body == comment.body:
        return
    newest = select(func.coalesce(func.max(CommentVersion.number), 0)).where(CommentVersion.comment_id == comment.id)
    number = session.execute(newest).scalar_one() + 1
    session.add(
        CommentVersion(comment_id=comment.id, number=number, body=comment.body, at=comment.edited_at or comment.at)
    )
    comment.body, comment.edited_at = body, now
    fact = events.CommentEdited(comment_id=comment.id, on_id=comment.on_id)
    record(session, fact, actor=actor, subject_id=comment.id, now=now, private={"body": body})
    mark_for_indexing(session, comment.id, now)


def withdraw_comment(session: Session, actor: Actor, comment: Comment, *, now: datetime) -> None:
    """Take the words away and leave a mark in their place, so that answers keep their sense."""
    ensure(may_edit(actor, comment, _subject(session, comment.id)))
    comment.body, comment.withdrawn_at = "", now
    session.execute(delete(CommentVersion).where(CommentVersion.comment_id == comment.id))
    count_comment(session, comment.on_id, -1)
    fact = events.CommentWithdrawn(comment_id=comment.id, on_id=comment.on_id)
    record(session, fact, actor=actor, subject_id=comment.id, now=now)
    mark_for_indexing(session, comment.id, now)


def like_comment(session: Session, actor: Actor, comment: Comment, *, now: datetime) -> int:
    """At most one like per person; liking again changes nothing. Returns the number of likes."""
    ensure(may_like(actor, comment, _subject(session, comment.id)))
    statement = insert_ignore(CommentLike, dialect_name(session)).returning(CommentLike.comment_id)
    row = session.execute(statement, {"comment_id": comment.id, "account_id": actor.id, "at": now}).first()
    if row is not None:
        record(session, events.CommentLiked(comment_id=comment.id), actor=actor, subject_id=comment.id, now=now)
        return _count_like(session, comment, +1)
    return comment.likes_count


def withdraw_like(session: Session, actor: Actor, comment: Comment, *, now: datetime) -> int:
    """Take one's like back; without one nothing changes. Returns the number of likes."""
    ensure(may_like(actor, comment, _subject(session, comment.id)))
    where = (CommentLike.comment_id == comment.id, CommentLike.account_id == actor.id)
    if session.execute(delete(CommentLike).where(*where).returning(CommentLike.comment_id)).first() is not None:
        record(session, events.CommentLikeWithdrawn(comment_id=comment.id), actor=actor, subject_id=comment.id, now=now)
        return _count_like(session, comment, -1)
    return comment.likes_count


def party_of(actor: Actor) -> str:
    """Who speaks: the secretariat for the city, a member's representative for a company, else a citizen."""
    if actor.has("secretariat"):
        return "city"
    return "company" if any(role == "representative" for role, _, _ in actor.roles) else "citizen"


def _count_like(session: Session, comment: Comment, by: int) -> int:
    statement = (
        update(Comment)
        .where(Comment.id == comment.id)
        .values(likes_count=Comment.likes_count + by)
        .returning(Comment.likes_count)
        .execution_options(synchronize_session=False)
    )
    return session.execute(statement).scalar_one()


def _parent(session: Session, on_id: int, parent_id: int | None) -> Comment | None:
    if parent_id is None:
        return None
    parent = session.get(Comment, parent_id)
    if parent is None or parent.on_id != on_id:
        raise NotFound(N_("The comment that you answer is not there any more."))
    gone = parent.withdrawn_at is not None or not _subject(session, parent.id).visible
    ensure(require(not gone, N_("The comment that you answer is no longer shown.")))
    return parent


def _subject(session: Session, subject_id: int) -> Subject:
    return session.get_one(Subject, subject_id)
