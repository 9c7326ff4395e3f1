"""What a visitor cannot reach: drafts of minutes, meetings that are being planned, and what is for members only."""
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from participation.db import Localized
from participation.meetings import minuting
from participation.meetings.models import Access
from participation.meetings.papers import add_paper, holder
from participation.policy import Actor
from tests.meetings.scene import SECRET, Chamber, MeetingState
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

Deliver = Callable[[], int]


def everywhere(chamber: Chamber, doors: Doors, actor: Actor | None, meeting: int, *words: str) -> set[str]:
    """Where these words of a meeting stand, for this reader: pages, API, feed, search."""
    client = doors.client
    client.cookies.clear()
    if actor is not None:
        client.sign_in(actor)
    pages = {"meeting": f"/meetings/{meeting}", "print": f"/meetings/{meeting}/minutes", "list": "/meetings?when=past",
             "ahead": "/meetings", "group": chamber.group.line.path, "frozen": f"/meetings/{meeting}/minutes.json",
             "entry": f"/meetings/{meeting}.ics", "feed": "/meetings.ics"}
    found = {name for name, path in pages.items() if any(word in client.get(path).html for word in words)}
    for name, path in (("api", f"/meetings/{meeting}"), ("api list", "/meetings")):
        answer = doors.api(actor, "GET", path)
        found |= {name for word in words if answer.status == 200 and word in str(answer.json())}
    hits = [doors.api(actor, "GET", f"/search?q={word}").json()["total"] for word in words]
    return found | ({"search"} if any(hits) else set())


@on_sqlite
def test_a_draft_of_minutes_is_for_the_group_and_confirmed_minutes_are_for_everybody(
        chamber: Chamber, doors: Doors, deliver: Deliver) -> None:
    meeting = chamber.meeting()
    chamber.minutes(meeting)
    chamber.do(minuting.record_decision, chamber.lead, meeting, Localized({"ja": f"{SECRET}を決定"}))
    chamber.do(minuting.give_action, chamber.lead, meeting, Localized({"ja": f"{SECRET}を調べる"}),
               chamber.clock().date() + timedelta(days=9), owner_id=chamber.member.id)
    deliver()
    for outsider in (None, chamber.citizen, chamber.stranger):
        assert everywhere(chamber, doors, outsider, meeting, SECRET) == set()
    for insider in (chamber.member, chamber.adviser, chamber.lead, chamber.desk, chamber.auditor):
        assert everywhere(chamber, doors, insider, meeting, SECRET) == {"meeting", "print", "group", "api"}
    chamber.confirm(meeting)
    deliver()
    open_now = {"meeting", "print", "group", "api", "frozen", "search"}
    assert everywhere(chamber, doors, None, meeting, SECRET) == open_now


@on_sqlite
def test_of_a_meeting_for_members_everybody_sees_title_and_date_alone(
        chamber: Chamber, doors: Doors, deliver: Deliver) -> None:
    hidden = ("市役所9階", "秘密の議題", SECRET, "https://join.example.jp/secret")
    meeting = chamber.meeting(access=Access.MEMBERS, title="非公開の会議", agenda=[Localized({"ja": hidden[1]})],
                              place=Localized({"ja": hidden[0]}), url=hidden[3])
    chamber.minutes(meeting)
    chamber.confirm(meeting)
    deliver()
    for outsider in (None, chamber.citizen, chamber.stranger):
        assert everywhere(chamber, doors, outsider, meeting, *hidden) == set()
        assert everywhere(chamber, doors, outsider, meeting, "非公開の会議") >= {
            "meeting", "list", "group", "api", "feed", "search"}
    inside = everywhere(chamber, doors, chamber.member, meeting, *hidden)
    assert inside >= {"meeting", "print", "frozen", "api", "entry"}


@on_sqlite
def test_a_planned_meeting_is_seen_by_the_group_alone(
        chamber: Chamber, doors: Doors, deliver: Deliver) -> None:
    meeting = chamber.meeting(MeetingState.PLANNED, title="まだ内緒の会議")
    called_off = chamber.plan(title="まだ内緒の二つ目")
    chamber.move(called_off, MeetingState.CALLED_OFF, reason="A storm.")
    deliver()
    for number in (meeting, called_off):
        assert everywhere(chamber, doors, None, number, "まだ内緒") == set()
        assert everywhere(chamber, doors, chamber.member, number, "まだ内緒") >= {"meeting", "api"}
    assert "まだ内緒" not in doors.client.get("/meetings.ics").html


@on_sqlite
def test_papers_for_members_are_no_address_that_a_visitor_can_open(chamber: Chamber, doors: Doors) -> None:
    public, closed = chamber.meeting(MeetingState.INVITED), chamber.meeting(MeetingState.INVITED, access=Access.MEMBERS)

    def paper(on_id: int, access: Access) -> int:
        return chamber.db.write(lambda s: add_paper(
            s, chamber.lead, holder(s, chamber.registry, on_id), Localized({"ja": f"資料{access}{on_id}"}), access,
            text=SECRET, now=chamber.clock()).id)
    group = chamber.group.line.id
    papers = {(on, access): paper(on, access) for on in (public, closed, group) for access in Access}

    def opened(actor: Actor | None) -> set[Any]:
        doors.client.cookies.clear()
        if actor is not None:
            doors.client.sign_in(actor)
        return {key for key, number in papers.items() if SECRET in doors.client.get(f"/papers/{number}").html}
    assert opened(None) == opened(chamber.stranger) == {(public, Access.PUBLIC), (group, Access.PUBLIC)}
    assert opened(chamber.member) == opened(chamber.auditor) == set(papers)
    shown = doors.client.another().get(chamber.group.line.path).html
    assert (f"資料public{group}" in shown, f"資料members{group}" in shown) == (True, False)
