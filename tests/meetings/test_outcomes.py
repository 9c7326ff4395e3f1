"""What a meeting leaves behind: frozen minutes, numbered decisions, tasks with reminders, notices, calendar entries."""
import hashlib
import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from participation.db import Localized
from participation.mail.models import Mail
from participation.mail.sending import make_message
from participation.meetings import minuting
from participation.meetings.models import ActionReminder, Minutes
from participation.meetings.queries import meeting_lines, whole_meeting
from participation.meetings.reminding import mark_of, remind
from participation.notifications.models import Notice
from participation.policy import ANONYMOUS
from participation.services import Services
from tests.meetings.scene import Chamber, MeetingState
from tests.support.client import Client
from tests.support.databases import on_sqlite


@on_sqlite
def test_confirmed_minutes_are_frozen_and_everybody_can_check_their_hash(chamber: Chamber, client: Client) -> None:
    meeting = chamber.meeting()
    chamber.minutes(meeting, "# 開会\n十二人")
    for text in ("歩道を直す。", "地図を作る。"):
        chamber.do(minuting.record_decision, chamber.lead, meeting, Localized({"ja": text}))
    sha256 = chamber.confirm(meeting)
    chamber.do(minuting.note_minutes, chamber.lead, meeting, "十三人でした。")
    text = client.get(f"/meetings/{meeting}/minutes.json")
    assert hashlib.sha256(text.html.encode()).hexdigest() == sha256
    assert [each["number"] for each in json.loads(text.html)["decisions"]] == [1, 2]
    page = client.another(language="en").open(f"/meetings/{meeting}")
    for words in (sha256, "次の会議", "十三人でした。", "Decision no. 2", "Confirmed by"):
        assert words in page.text, words
    later = chamber.see(meeting, ANONYMOUS).later[0]
    assert "第1回会議" in client.open(f"/meetings/{later.id}").text  # which says that it confirmed them
    with chamber.db.read() as session:
        assert session.get_one(Minutes, meeting).confirmed_in_id == later.id


@on_sqlite
def test_decisions_count_through_all_meetings_and_a_struck_number_in_the_middle_stays_free(chamber: Chamber) -> None:
    first, second = chamber.meeting(), chamber.meeting()

    def decide(meeting: int) -> int:
        return chamber.db.write(lambda s: minuting.record_decision(
            s, chamber.lead, meeting, Localized({"ja": "決定"}), now=chamber.clock()).number)
    assert [decide(first), decide(second), decide(first)] == [1, 2, 3]
    chamber.do(minuting.strike_decision, chamber.lead, first, 1)
    assert (decide(second), [each.number for each in chamber.see(first, chamber.lead).decisions]) == (4, [3])


@pytest.mark.parametrize(("left", "mark"), [(8, None), (7, 7), (2, 7), (1, 1), (0, 1), (-1, -1), (-30, -1)])
def test_a_task_reaches_its_marks_by_the_calendar(left: int, mark: int | None) -> None:
    assert mark_of(left) == mark


def test_owners_are_reminded_once_at_each_mark(chamber: Chamber, services: Services,
                                               deliver: Callable[[], int]) -> None:
    meeting = chamber.meeting()
    today = chamber.clock().date()
    item = chamber.db.write(lambda s: minuting.give_action(
        s, chamber.lead, meeting, Localized({"ja": "調べる"}), today + timedelta(days=10), owner_id=chamber.member.id,
        now=chamber.clock()).id)
    told = []
    for _ in range(14):
        for _twice in range(2):
            remind(services, chamber.clock())
        with chamber.db.read() as session:
            told.append(len(session.scalars(select(ActionReminder)).all()))
        chamber.clock.advance(days=1)
    assert told == [0, 0, 0, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 3]
    deliver()
    with chamber.db.read() as session:
        kinds = session.scalars(select(Notice.type).where(Notice.account_id == chamber.member.id).order_by(Notice.id))
        assert list(kinds) == ["group.joined", "meeting.invited", "action.given", *["action.due"] * 3]
    chamber.do(minuting.finish_action, chamber.member, item, True)
    assert chamber.see(meeting, chamber.lead).actions[0].late(today + timedelta(days=99)) is False


@on_sqlite
def test_members_with_an_account_are_invited_and_hear_of_changes(
        chamber: Chamber, client: Client, services: Services, deliver: Callable[[], int]) -> None:
    meeting = chamber.meeting(MeetingState.INVITED)
    chamber.move(meeting, MeetingState.CALLED_OFF, reason="台風のため")
    deliver()
    with chamber.db.read() as session:
        rows = session.execute(select(Notice.account_id, Notice.type).where(Notice.target_id == meeting)).all()
    people = {chamber.member.id, chamber.adviser.id}  # the chair did it
    assert {tuple(row) for row in rows} == {(who, what) for who in people
                                            for what in ("meeting.invited", "meeting.called_off")}
    with chamber.db.read() as session:
        mails = session.scalars(select(Mail).where(Mail.recipient == chamber.member.email).order_by(Mail.id)).all()
    entries = [mail.calendar.replace("\r\n ", "") for mail in mails if mail.calendar]
    assert ["STATUS:CANCELLED" in entry for entry in entries] == [True, True]  # as it stood when they were written
    assert all(f"UID:meeting-{meeting}@sanpo.test" in entry and "市役所" in entry for entry in entries)
    parts = [part.get_content_type() for part in make_message(mails[-1], services.settings).walk()]
    assert parts[-1] == "text/calendar"
    calendar = client.get(f"/meetings/{meeting}.ics").html
    for line in ("STATUS:CANCELLED", "SEQUENCE:2", f"UID:meeting-{meeting}@"):
        assert line in calendar
    assert client.get(f"/meetings.ics?on={chamber.group.line.id}").html.count("BEGIN:VEVENT") == 1
    assert client.get("/meetings.ics?on=999").html.count("BEGIN:VEVENT") == 0


def test_pages_ask_as_much_of_many_meetings_as_of_one(chamber: Chamber, count_queries: Callable[[Any], Any]) -> None:
    def questions() -> tuple[int, int]:
        with chamber.db.read() as session, count_queries(session) as listed:
            meeting_lines(session, chamber.registry, chamber.member)
        with chamber.db.read() as session, count_queries(session) as shown:
            whole_meeting(session, chamber.registry, chamber.member, first)
        return listed.total, shown.total
    first = chamber.meeting()
    chamber.minutes(first)
    few = questions()
    for _ in range(3):
        later = chamber.meeting()
        chamber.minutes(later)
        chamber.do(minuting.give_action, chamber.lead, later, Localized({"ja": "調べる"}), date(2026, 9, 1), owner="課")
    assert (few, questions()) == ((3, 13), (3, 13))


@on_sqlite
def test_their_own_page_shows_people_what_lies_before_them(chamber: Chamber, client: Client) -> None:
    held, ahead = chamber.meeting(), chamber.meeting(MeetingState.INVITED, title="次の集まり")
    task = chamber.db.write(lambda s: minuting.give_action(
        s, chamber.lead, held, Localized({"ja": "歩道を調べる"}), chamber.clock().date(), owner_id=chamber.member.id,
        now=chamber.clock()).id)
    client.sign_in(chamber.member)
    page = client.open("/me")
    assert "次の集まり" in page.text and "第1回会議" not in page.text and "出欠の返事を待っています" in page.text
    client.submit(client.open(f"/meetings/{ahead}"), button="出席する", form="出席する")
    done = client.submit(client.open("/me"), form=f"/meetings/actions/{task}/done")
    assert done.location == "/me"
    page = client.open("/me").text
    assert "歩道を調べる" not in page and "出欠の返事を待っています" not in page
    assert f"{chamber.group.line.path}" in client.open("/me").html
    assert "あなたの会議と宿題" not in client.sign_in(chamber.citizen).open("/me").text
