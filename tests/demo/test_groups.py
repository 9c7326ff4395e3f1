"""The demo's working groups: five of them, with meetings before and ahead, and tasks done, open and overdue."""
from datetime import timedelta

from consortium.groups.queries import groups
from participation.meetings.models import Access, ActionItem, Meeting, MeetingState, Minutes, MinutesState
from participation.policy import Actor
from participation.meetings.queries import meeting_lines


def test_five_groups_meet_and_each_meeting_confirms_the_minutes_of_the_last(demo, clock):
    with demo.db.read() as session:
        lines = groups(session)
        keys = ["steering", "public-relations", "data-governance", "health", "disaster"]
        assert [line.slug for line in lines] == keys
        assert all(line.chairs and line.members for line in lines)
        meetings = session.query(Meeting).all()
        assert {row.state for row in meetings} == set(MeetingState)
        minutes = {row.meeting_id: row.state for row in session.query(Minutes)}
        for body in {row.body_id for row in meetings}:
            held = sorted((row for row in meetings if row.body_id == body and row.state == MeetingState.HELD),
                          key=lambda row: row.starts_at)
            states = [MinutesState.CONFIRMED] * (len(held) - 1) + [MinutesState.DRAFT]
            assert [minutes[row.id] for row in held] == states


def test_tasks_are_done_open_and_overdue(demo, clock):
    today = clock().date()
    with demo.db.read() as session:
        tasks = session.query(ActionItem).all()
        kinds = {"done" if task.done_at else "late" if task.due_on < today - timedelta(days=1) else "open"
                 for task in tasks}
        assert kinds == {"done", "late", "open"}


def test_a_visitor_sees_meetings_ahead_but_nothing_of_those_for_members_but_their_date(demo, clock):
    with demo.db.read() as session:
        lines = meeting_lines(session, demo.registry, Actor())
    assert sum(line.starts_at > clock() for line in lines) == 4
    closed = [line for line in lines if line.access == Access.MEMBERS]
    assert [(bool(line.place), line.inside) for line in closed] == [(False, False)] * 2
