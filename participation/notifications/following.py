"""Following: by choice, and by taking part. The counter moves in the same transaction."""

from datetime import datetime

from sqlalchemy import Select, bindparam, delete, func, literal, select, update
from sqlalchemy.orm import Session

from participation.db import dialect_name, insert_ignore, look_up
from participation.notifications.models import Follow
from participation.policy import N_, Actor, Verdict, ensure, require, signed_in
from participation.subjects import Subject

_FOLLOW = Follow.__table__


def may_follow(actor: Actor, subject: Subject) -> Verdict:
    return signed_in(actor) & require(subject.visible, N_("This is no longer shown."))


def follow(session: Session, actor: Actor, subject: Subject, *, now: datetime) -> None:
    """Follow a thing; following twice is following once."""
    ensure(may_follow(actor, subject))
    assert actor.id is not None  # ensured above
    if not _begin(session, actor.id, subject.id, now):
        revived = (
            update(Follow)
            .where(Follow.account_id == actor.id, Follow.subject_id == subject.id, Follow.ended_at.is_not(None))
            .values(ended_at=None, at=now)
            .returning(Follow.subject_id)
            .execution_options(synchronize_session=False)
        )
        if session.execute(revived).first() is not None:
            _count(session, subject.id, +1)


def unfollow(session: Session, actor: Actor, subject: Subject, *, now: datetime) -> None:
    """Stop following; taking part later does not begin it again."""
    ensure(signed_in(actor))
    row = {"account_id": actor.id, "subject_id": subject.id, "at": now, "ended_at": now}
    statement = insert_ignore(Follow, dialect_name(session)).returning(Follow.subject_id)
    if session.execute(statement, row).first() is not None:
        return
    ended = (
        update(Follow)
        .where(Follow.account_id == actor.id, Follow.subject_id == subject.id, Follow.ended_at.is_(None))
        .values(ended_at=now)
        .returning(Follow.subject_id)
        .execution_options(synchronize_session=False)
    )
    if session.execute(ended).first() is not None:
        _count(session, subject.id, -1)


def follow_by_taking_part(session: Session, account_id: int | None, subject_id: int, now: datetime) -> None:
    """Whoever writes, supports or comments hears what becomes of it, unless they said that they don't want to."""
    if account_id is not None:
        _begin(session, account_id, subject_id, now)


def is_following(session: Session, actor: Actor, subject_id: int) -> bool:
    if not actor.signed_in:
        return False
    return look_up(session, _FOLLOWING, {"account": actor.id, "subject": subject_id}).first() is not None


def followers(subject_id: int) -> Select[tuple[int]]:
    """The accounts that follow a thing."""
    return select(Follow.account_id).where(Follow.subject_id == subject_id, Follow.ended_at.is_(None))


# of the table: every support begins a following, and the object layer costs more than the insert
_FOLLOWING = select(_FOLLOW.c.subject_id).where(
    _FOLLOW.c.account_id == bindparam("account"), _FOLLOW.c.subject_id == bindparam("subject"),
    _FOLLOW.c.ended_at.is_(None),
)  # fmt: skip
_BEGIN = {name: insert_ignore(_FOLLOW, name).returning(_FOLLOW.c.subject_id) for name in ("sqlite", "postgresql")}
_COUNT = (
    update(Subject.__table__)
    .where(Subject.__table__.c.id == bindparam("subject"))
    .values(followers_count=Subject.__table__.c.followers_count + bindparam("by"))
)


def _begin(session: Session, account_id: int, subject_id: int, now: datetime) -> bool:
    row = {"account_id": account_id, "subject_id": subject_id, "at": now, "ended_at": None}
    if session.connection().execute(_BEGIN[dialect_name(session)], row).first() is None:
        return False
    _count(session, subject_id, +1)
    return True


def _count(session: Session, subject_id: int, by: int) -> None:
    session.connection().execute(_COUNT, {"subject": subject_id, "by": by})


def move_followers(session: Session, from_id: int, to_id: int) -> None:
    """Whoever followed the one thing follows the other: once, and not if they had stopped following that one."""
    table = _FOLLOW
    moved = select(table.c.account_id, literal(to_id), table.c.at).where(
        table.c.subject_id == from_id, table.c.ended_at.is_(None)
    )
    statement = insert_ignore(table, dialect_name(session)).from_select(["account_id", "subject_id", "at"], moved)
    session.execute(statement)
    session.execute(delete(table).where(table.c.subject_id == from_id))
    for subject_id in (from_id, to_id):
        left = select(func.count()).where(table.c.subject_id == subject_id, table.c.ended_at.is_(None))
        session.execute(
            update(Subject).where(Subject.id == subject_id).values(followers_count=left.scalar_subquery()),
            execution_options={"synchronize_session": False},
        )
