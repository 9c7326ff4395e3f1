"""Following by choice and by taking part."""

import pytest
from sqlalchemy import func, select

from participation.notifications import following
from participation.notifications.models import Follow
from participation.policy import ANONYMOUS, Refused
from participation.subjects import Subject, create_subject


@pytest.fixture
def proposal_id(db, now, person):
    author = person("Author")
    return db.write(
        lambda session: (
            create_subject(session, "proposal", title="Benches", now=now, author_id=author.id, published=True).id
        )
    )


@pytest.fixture
def do(db, clock, proposal_id):
    def do(action, actor):
        db.write(lambda session: action(session, actor, session.get_one(Subject, proposal_id), now=clock()))

    return do


def count(db, proposal_id) -> tuple[int, int]:
    with db.read() as session:
        rows = select(func.count()).where(Follow.subject_id == proposal_id, Follow.ended_at.is_(None))
        return session.get_one(Subject, proposal_id).followers_count, session.execute(rows).scalar_one()


def test_following_twice_counts_once_and_stopping_twice_too(db, person, do, proposal_id):
    hanako = person("Hanako")
    for action, expected in (
        (following.follow, 1),
        (following.follow, 1),
        (following.unfollow, 0),
        (following.unfollow, 0),
        (following.follow, 1),
    ):
        do(action, hanako)
        assert count(db, proposal_id) == (expected, expected)


def test_who_stopped_is_not_made_to_follow_again_by_taking_part(db, clock, person, do, proposal_id):
    hanako, taro = person("Hanako"), person("Taro")
    do(following.unfollow, hanako)
    for actor in (hanako, taro):
        db.write(lambda session, actor=actor: following.follow_by_taking_part(session, actor.id, proposal_id, clock()))
    with db.read() as session:
        assert session.scalars(following.followers(proposal_id)).all() == [taro.id]


def test_nobody_follows_signed_out(do):
    with pytest.raises(Refused):
        do(following.follow, ANONYMOUS)
