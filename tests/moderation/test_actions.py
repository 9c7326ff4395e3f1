"""A report leads to a hiding with a reason, an appeal, and a restoring; every step is on the record."""

import pytest
from sqlalchemy import func, select

from participation.events import Event
from participation.moderation import actions, queries
from participation.moderation.models import Ground, Report
from participation.policy import Refused
from participation.subjects import Subject, create_subject


@pytest.fixture
def case(db, clock, person):
    """An author's comment and `do(action, actor, **options)` on it."""
    author = person("Author")

    def make(session):
        return create_subject(session, "comment", title="", now=clock(), author_id=author.id, published=True).id

    class Case:
        subject_id = db.write(make)

        def do(self, action, actor, **options):
            return db.write(
                lambda session: action(
                    session, actor, session.get_one(Subject, self.subject_id), now=clock(), **options
                )
            )

        def subject(self):
            with db.read() as session:
                return session.get_one(Subject, self.subject_id)

    made = Case()
    made.author, made.citizen = author, person("Citizen")
    made.office = person("Office", roles=("secretariat",))
    return made


def test_a_person_reports_a_thing_once(db, case):
    reports = [case.do(actions.report_thing, case.citizen, ground=Ground.SPAM, words="Again.") for _ in range(2)]
    assert reports == [True, False]
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(Report)).scalar_one() == 1


def test_hiding_upholds_the_reports_and_keeps_the_reason(db, case):
    case.do(actions.report_thing, case.citizen, ground=Ground.ABUSE, words="")
    case.do(actions.hide_thing, case.office, ground=Ground.ABUSE, reason="It insults a neighbour.")
    subject = case.subject()
    assert (subject.visible, subject.hidden_reason) == (False, "It insults a neighbour.")
    with db.read() as session:
        assert session.scalars(select(Report.state)).all() == ["upheld"]


def test_a_hidden_thing_is_restored_through_an_appeal(case):
    case.do(actions.hide_thing, case.office, ground=Ground.OTHER, reason="A mistake.")
    case.do(actions.appeal, case.author, words="Nothing is wrong with it.")
    with pytest.raises(Refused):
        case.do(actions.appeal, case.author, words="Please!")
    case.do(actions.restore_thing, case.office, note="You are right.")
    assert case.subject().visible
    case.do(actions.hide_thing, case.office, ground=Ground.OTHER, reason="Another one.")
    case.do(actions.appeal, case.author, words="Again nothing is wrong.")
    case.do(actions.reject_appeal, case.office, note="It names a person.")
    assert not case.subject().visible


def test_every_step_is_audited_and_the_public_record_names_nobody(db, case):
    case.do(actions.report_thing, case.citizen, ground=Ground.SPAM, words="Look at this.")
    case.do(actions.dismiss_reports, case.office)
    case.do(actions.hide_thing, case.office, ground=Ground.SPAM, reason="Advertising.")
    case.do(actions.restore_thing, case.office, note="")
    with db.read() as session:
        events = session.execute(select(Event.type, Event.leaf_hash, Event.body).order_by(Event.id)).all()
        steps, total = queries.steps(session)
    assert [event.type for event in events] == [
        "moderation.reported",
        "moderation.dismissed",
        "moderation.hidden",
        "moderation.restored",
    ]
    assert all(event.leaf_hash for event in events)
    assert not any("Advertising" in event.body or "Look" in event.body for event in events)
    assert ([step.step for step in steps], total) == (["restored", "hidden", "dismissed"], 3)
