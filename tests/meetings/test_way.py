"""The way of a meeting and of its minutes: each state, each act, each role, the same by page and API."""
from datetime import timedelta
from typing import Any

import pytest

from participation.db import Localized
from participation.meetings import actions, minuting
from participation.meetings.models import MeetingState
from participation.policy import Refused
from tests.meetings.scene import Chamber
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

# who -> what comes of an act that the state allows, of one that it does not, of one of a meeting only the group sees
MAY: dict[str | None, tuple[int, int, int]] = {
    None: (401, 401, 404), "citizen": (403, 403, 404), "lead of another": (403, 403, 404), "member": (403, 403, 403),
    "adviser": (403, 403, 403), "auditor": (403, 403, 403), "lead": (303, 409, 303), "secretariat": (303, 409, 303)}
ARROWS = {("planned", "invited"), ("planned", "called_off"), ("invited", "held"), ("invited", "called_off")}


@on_sqlite
@pytest.mark.parametrize("state", list(MeetingState))
@pytest.mark.parametrize("to", ["invited", "held", "called_off"])
def test_a_meeting_goes_its_way_by_the_table(chamber: Chamber, doors: Doors, state: MeetingState, to: str) -> None:
    for role, actor in chamber.roles.items():
        for door in (doors.form, doors.api):
            meeting = chamber.meeting(state)
            if (state, to) == ("invited", "held"):
                chamber.clock.advance(hours=50)
            api = door == doors.api
            path = f"/meetings/{meeting}/" + ("transitions" if api else "state")
            answer = door(actor, "POST", path, {"to": to, "reason": "A storm."})
            allowed = (state, to) in ARROWS
            wanted = MAY[role][not allowed]
            if state == "planned" and wanted != 409:
                wanted = MAY[role][2]
            assert answer.status == ({303: 200}.get(wanted, wanted) if api else wanted), (role, door.__name__)
            found = chamber.see(meeting, chamber.desk)
            assert found is not None and found.line.state == (to if wanted == 303 else state)


# how far the minutes are -> act -> what comes of it for members, and for the lead
MINUTES: dict[str, dict[str, tuple[int, int]]] = {
    "none": {"write": (303, 303), "confirm": (403, 409), "note": (403, 409)},
    "draft": {"write": (303, 303), "confirm": (403, 303), "note": (403, 409)},
    "confirmed": {"write": (409, 409), "confirm": (403, 409), "note": (403, 303)}}


@on_sqlite
@pytest.mark.parametrize("state", list(MINUTES))
def test_minutes_are_written_confirmed_and_noted_by_the_table(chamber: Chamber, doors: Doors, state: str) -> None:
    for role, actor in chamber.roles.items():
        for act, (of_member, of_lead) in MINUTES[state].items():
            wanted = {"member": of_member, "lead": of_lead, "secretariat": of_lead, None: 401}.get(role, 403)
            meeting, later = _in_state(chamber, state)
            page = {"write": ("PUT", "minutes", {"body_ja": "書き直し"}),
                    "confirm": ("POST", "minutes/confirmation", {"later": str(later)}),
                    "note": ("POST", "minutes/notes", {"body": "人数は12人です。"})}[act]
            assert doors.form(actor, page[0], f"/meetings/{meeting}/{page[1]}", page[2]).status == wanted, (role, act)
            if act != "note":
                meeting, later = _in_state(chamber, state)
                body = {"later": str(later)} if act == "confirm" else page[2]
                answer = doors.api(actor, page[0], f"/meetings/{meeting}/{page[1]}", body)
                assert answer.status == {303: 200}.get(wanted, wanted), (role, act)


def _in_state(chamber: Chamber, state: str) -> tuple[int, int]:
    """A held meeting whose minutes are so far, and a later one that is held too."""
    meeting = chamber.meeting()
    if state != "none":
        chamber.minutes(meeting)
    later = chamber.meeting(title="次の会議")
    if state == "confirmed":
        chamber.do(minuting.confirm_minutes, chamber.lead, meeting, later)
    return meeting, later


def refused(act: Any) -> str:
    with pytest.raises(Refused) as found:
        act()
    return found.value.verdict.reason


@on_sqlite
def test_guards_say_what_is_missing(chamber: Chamber) -> None:
    past, bare = chamber.plan(hours=-3), chamber.plan(agenda=())
    assert refused(lambda: chamber.move(past, MeetingState.INVITED)).startswith("This meeting lies in the past.")
    assert refused(lambda: chamber.move(bare, MeetingState.INVITED)) == "Please write the agenda first."
    soon = chamber.meeting(MeetingState.INVITED)
    assert refused(lambda: chamber.move(soon, MeetingState.HELD)) == "This meeting has not begun yet."
    assert refused(lambda: chamber.move(soon, MeetingState.CALLED_OFF)) == "Please say why."
    held = chamber.meeting()
    chamber.minutes(held)
    for later in (held, soon, bare):  # itself, one that was not held, one that nobody was invited to
        assert refused(lambda later=later: chamber.do(minuting.confirm_minutes, chamber.lead, held, later)).startswith(
            "Minutes are confirmed at a later meeting")


@on_sqlite
def test_a_later_meeting_of_another_group_confirms_nothing(chamber: Chamber) -> None:
    held = chamber.meeting()
    chamber.minutes(held)
    own, chamber.group, chamber.lead = chamber.lead, chamber.gathering.group(), chamber.desk
    elsewhere = chamber.meeting()
    reason = refused(lambda: chamber.do(minuting.confirm_minutes, own, held, elsewhere))
    assert reason.startswith("Minutes are confirmed at a later meeting of the same group")


@on_sqlite
def test_members_answer_in_one_click_until_it_begins(chamber: Chamber, doors: Doors) -> None:
    meeting = chamber.meeting(MeetingState.INVITED)

    def answer(actor: Any, comes: str = "yes") -> int:
        return doors.form(actor, "PUT", f"/meetings/{meeting}/answer", {"comes": comes}).status
    assert {role: answer(actor) for role, actor in chamber.roles.items()} == {
        None: 401, "citizen": 403, "lead of another": 403, "member": 303, "adviser": 303, "lead": 303,
        "secretariat": 403, "auditor": 403}
    assert (answer(chamber.member, "no"), answer(chamber.member, "perhaps")) == (303, 422)
    comers = {each.account_id: each.answer for each in chamber.see(meeting, chamber.lead).comers}
    assert comers == {chamber.member.id: False, chamber.adviser.id: True, chamber.lead.id: True}
    chamber.clock.advance(hours=48)
    assert answer(chamber.member) == 409
    chamber.move(meeting, MeetingState.HELD)
    chamber.do(actions.record_presence, chamber.lead, meeting, [chamber.lead.id, chamber.desk.id], ["灘 花"])
    present = [each.name for each in chamber.see(meeting, chamber.lead).comers if each.present]
    assert present == ["Chair", "Secretary", "灘 花"]


@on_sqlite
def test_a_number_is_free_again_once_a_meeting_is_called_off(chamber: Chamber) -> None:
    first, second = chamber.plan(), chamber.plan()
    chamber.move(second, MeetingState.CALLED_OFF, reason="A storm.")
    third = chamber.plan()
    assert [chamber.see(each, chamber.lead).line.number for each in (first, second, third)] == [1, None, 2]


@on_sqlite
def test_typed_words_wait_until_they_are_saved(chamber: Chamber, doors: Doors) -> None:
    meeting = chamber.meeting(MeetingState.INVITED)
    starts = (chamber.clock() + timedelta(days=9)).strftime("%Y-%m-%dT%H:%M")
    kept = doors.form(chamber.lead, "POST", f"/meetings/{meeting}/draft", {"title_ja": "書きかけ", "starts_at": "?"})
    page = doors.client.open(f"/meetings/{meeting}/edit")
    assert (kept.status, page.form(f"/meetings/{meeting}").value("title_ja")) == (200, "書きかけ")
    assert chamber.see(meeting).line.title == {"ja": "第1回会議"}
    values = {"title_ja": "新しい題", "starts_at": starts, "ends_at": starts, "access": "public"}
    assert doors.form(chamber.lead, "PATCH", f"/meetings/{meeting}", values).status == 422
    later = (chamber.clock() + timedelta(days=9, hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert doors.form(chamber.lead, "PATCH", f"/meetings/{meeting}", {**values, "ends_at": later}).status == 303
    assert (chamber.see(meeting).line.title, chamber.see(meeting).line.sequence) == ({"ja": "新しい題"}, 2)
    assert Localized(chamber.see(meeting).line.title).to("en") == "新しい題"
