"""What is stored when people comment."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from participation.comments import actions, queries
from participation.comments.models import Comment, CommentLike
from participation.events import Event
from participation.policy import Refused
from participation.subjects import Subject
from participation.web.errors import NotFound


@pytest.fixture
def write(db, services, clock):
    def write(actor, thing, body="I agree with this.", alignment=None, parent_id=None):
        def work(session):
            subject = session.get_one(Subject, thing.id)
            more = {"body": body, "alignment": alignment, "parent_id": parent_id}
            return actions.write_comment(session, actor, subject, registry=services.registry, now=clock(), **more).id

        return db.write(work)

    return write


def threads(db, actor, thing, **options):
    with db.read() as session:
        return queries.threads_on(session, actor, session.get_one(Subject, thing.id), **options)


def test_a_comment_is_counted_and_recorded_with_it(db, person, make_thing, write):
    hanako, thing = person("Hanako"), make_thing()
    comment_id = write(hanako, thing, alignment="for")
    with db.read() as session:
        assert session.get_one(Subject, thing.id).comments_count == 1
        event = session.scalars(select(Event).where(Event.type == "comment.written")).one()
        assert (event.subject_id, event.actor_id) == (comment_id, hanako.id)
        assert event.leaf_hash is not None and "agree" not in event.body


def test_answers_to_answers_stay_in_the_thread_that_they_belong_to(db, person, make_thing, write):
    hanako, thing = person("Hanako"), make_thing()
    first = write(hanako, thing)
    second = write(hanako, thing, parent_id=first)
    third = write(hanako, thing, parent_id=second)
    (thread,) = threads(db, hanako, thing).threads
    assert [(reply.id, reply.parent_id, reply.root_id) for reply in thread.replies] == [
        (second, first, first),
        (third, second, first),
    ]


def test_an_answer_cannot_cross_over_to_another_thing(person, make_thing, write):
    hanako, here, there = person("Hanako"), make_thing(), make_thing()
    elsewhere = write(hanako, there)
    with pytest.raises(NotFound):
        write(hanako, here, parent_id=elsewhere)


def test_a_closed_phase_refuses_and_stores_nothing(db, person, make_thing, write):
    thing = make_thing(features=("support",))
    with pytest.raises(Refused):
        write(person("Hanako"), thing)
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Comment)).scalar_one() == 0


def test_an_edit_keeps_every_earlier_text(db, clock, person, make_thing, write):
    hanako = person("Hanako")
    comment_id = write(hanako, make_thing(), body="First words.")
    for words in ("Second words.", "Third words."):
        clock.advance(hours=1)
        db.write(
            lambda session, words=words: actions.edit_comment(
                session, hanako, session.get_one(Comment, comment_id), body=words, now=clock()
            )
        )
    with db.read() as session:
        assert [body for body, _ in queries.history_of(session, comment_id)] == ["Second words.", "First words."]
        assert queries.comment_view(session, hanako, comment_id).body == "Third words."


def test_a_withdrawn_comment_loses_its_words_but_keeps_its_place(db, clock, person, make_thing, write):
    hanako, taro, thing = person("Hanako"), person("Taro"), make_thing()
    comment_id = write(hanako, thing, body="Secret words.")
    write(taro, thing, parent_id=comment_id)
    db.write(
        lambda session: actions.withdraw_comment(session, hanako, session.get_one(Comment, comment_id), now=clock())
    )
    shown = threads(db, taro, thing)
    assert shown.total == 1
    assert (shown.threads[0].gone, shown.threads[0].body, len(shown.threads[0].replies)) == ("withdrawn", "", 1)


def test_many_likes_at_once_count_each_person_once(db, clock, person, make_thing, write):
    comment_id = write(person("Hanako"), make_thing())
    people = [person(f"Person {number}") for number in range(12)]

    def like(actor):
        def work(session):
            return actions.like_comment(session, actor, session.get_one(Comment, comment_id), now=clock())

        return db.write(work)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(like, people * 3))
    with db.read() as session:
        rows = session.execute(select(func.count()).select_from(CommentLike)).scalar_one()
        assert (session.get_one(Comment, comment_id).likes_count, rows) == (12, 12)


def test_a_page_of_threads_takes_two_queries_whatever_its_length(db, person, make_thing, write, count_queries):
    hanako, short, long = person("Hanako"), make_thing(), make_thing()
    write(hanako, short)
    for _ in range(25):
        write(hanako, long, parent_id=None)
    counts = []
    for thing in (short, long):
        with db.read() as session:
            subject = session.get_one(Subject, thing.id)
            with count_queries(session) as count:
                queries.threads_on(session, hanako, subject)
            counts.append(count.total)
    assert counts == [3, 3]
