"""From an event to a notice and a mail: who is told, once, in which language, and when."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from participation.accounts.models import Account
from participation.comments import actions as comments
from participation.mail.models import Mail
from participation.moderation import actions as moderation
from participation.moderation.models import Ground
from participation.notifications import actions, following
from participation.notifications.models import Notice
from participation.spaces.models import Phase, Process
from participation.subjects import Subject, create_subject


@pytest.fixture
def people(person):
    return {name: person(name, locale="en") for name in ("Author", "Follower", "Commenter", "Answerer", "Stranger")}


@pytest.fixture
def proposal_id(db, now, people):
    def work(session):
        process = create_subject(session, "process", title="Process", now=now, published=True)
        session.add(Process(id=process.id, slug="p", title={"ja": "P"}, state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=process.id, title={"ja": "P"}, starts_at=now, features=["comment"]))
        more = {"space_id": process.id, "author_id": people["Author"].id, "published": True}
        made = create_subject(session, "proposal", title="Benches by the river", now=now, **more)
        following.follow(session, people["Follower"], made, now=now)
        return made.id

    return db.write(work)


@pytest.fixture
def comment(db, clock, services, people, proposal_id):
    def comment(who, words="Well said.", parent_id=None):
        def work(session):
            about = session.get_one(Subject, proposal_id)
            more = {"body": words, "alignment": None, "parent_id": parent_id, "registry": services.registry}
            return comments.write_comment(session, people[who], about, now=clock(), **more).id

        return db.write(work)

    return comment


def told(db, people) -> dict[str, list[str]]:
    names = {actor.id: name for name, actor in people.items()}
    with db.read() as session:
        rows = session.execute(select(Notice.account_id, Notice.type).order_by(Notice.id)).all()
        unread = {row.id: row.unread for row in session.execute(select(Account.id, Account.unread))}
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(names[row.account_id], []).append(row.type)
    assert all(unread[people[name].id] == len(types) for name, types in found.items())
    return found


def mails(db, to) -> list[Mail]:
    with db.read() as session:
        return list(session.scalars(select(Mail).where(Mail.recipient == to.email).order_by(Mail.id)))


def test_a_comment_tells_the_author_and_the_followers_but_not_its_writer(db, deliver, people, comment):
    comment("Commenter")
    deliver()
    assert told(db, people) == {"Author": ["comment.written"], "Follower": ["comment.written"]}


def test_an_answer_tells_whom_it_answers_once_though_they_follow_by_now(db, deliver, people, comment):
    first = comment("Commenter")
    deliver()
    comment("Answerer", parent_id=first)
    deliver()
    assert told(db, people) == {
        "Author": ["comment.written"] * 2,
        "Follower": ["comment.written"] * 2,
        "Commenter": ["comment.written"],
    }


def test_delivering_again_tells_nobody_twice(db, deliver, people, comment):
    comment("Commenter")
    for _ in range(3):
        deliver()
    assert sum(map(len, told(db, people).values())) == 2


def test_what_is_meant_for_a_person_is_mailed_at_once_with_its_text(db, deliver, people, comment):
    comment("Commenter", words="The third bench is broken.")
    deliver()
    (mail,) = mails(db, people["Author"])
    assert mail.subject == "Commenter commented on “Benches by the river”."
    assert mail.unsubscribe_url.startswith("http")
    assert mails(db, people["Follower"]) == []


def test_news_of_what_one_follows_come_on_monday_at_eight_and_never_empty(db, deliver, clock, people, comment):
    clock.set(datetime(2026, 6, 3, 3, 0, tzinfo=UTC))
    comment("Commenter")
    deliver()
    clock.set(datetime(2026, 6, 7, 22, 0, tzinfo=UTC))  # Monday 07:00 in Japan
    deliver()
    assert mails(db, people["Follower"]) == []
    clock.set(datetime(2026, 6, 7, 23, 10, tzinfo=UTC))
    deliver()
    assert [mail.subject for mail in mails(db, people["Follower"])] == ["1 piece of news on what you follow"]
    clock.advance(days=7)
    deliver()
    assert len(mails(db, people["Follower"])) == 1


@pytest.mark.parametrize(("direct", "expected"), [("never", 0), ("daily", 0), ("at_once", 1)])
def test_everybody_chooses_their_pace(db, deliver, people, comment, direct, expected):
    db.write(lambda session: actions.set_pace(session, people["Author"].id, direct=direct))
    comment("Commenter")
    deliver()
    assert len(mails(db, people["Author"])) == expected


def test_a_hidden_comment_is_explained_to_its_author(db, clock, deliver, person, people, comment):
    comment_id, office = comment("Commenter"), person("Office", roles=("secretariat",))
    db.write(
        lambda session: moderation.hide_thing(
            session,
            office,
            session.get_one(Subject, comment_id),
            ground=Ground.ABUSE,
            reason="It insults a neighbour.",
            now=clock(),
        )
    )
    deliver()
    assert told(db, people)["Commenter"] == ["moderation.hidden"]
    with db.read() as session:
        notice = session.scalars(select(Notice).where(Notice.type == "moderation.hidden")).one()
        assert notice.params == {"path": f"/appeal/{comment_id}"}


def test_reading_moves_the_counter_to_what_is_left(db, clock, deliver, people, comment):
    for _ in range(3):
        comment("Commenter")
    deliver()
    author = people["Author"]
    with db.read() as session:
        first = session.scalars(select(Notice.id).where(Notice.account_id == author.id).order_by(Notice.id)).first()
    db.write(lambda session: actions.read_notice(session, author, first, now=clock()))
    db.write(lambda session: actions.read_notice(session, author, first, now=clock()))
    with db.read() as session:
        assert session.get_one(Account, author.id).unread == 2
    db.write(lambda session: actions.read_all(session, author, now=clock()))
    with db.read() as session:
        assert session.get_one(Account, author.id).unread == 0


def test_thousands_of_followers_are_told_in_several_transactions(db, now, deliver, people, comment, proposal_id):
    def add_followers(session):
        for number in range(2_500):
            account = Account(email=f"f{number}@example.test", name="F", ref=f"f{number:031x}", created_at=now)
            session.add(account)
        session.flush()
        ids = session.scalars(select(Account.id).where(Account.name == "F")).all()
        for account_id in ids:
            following.follow_by_taking_part(session, account_id, proposal_id, now)

    db.write(add_followers)
    comment("Commenter")
    deliver()
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Notice)).scalar_one() == 2_502
