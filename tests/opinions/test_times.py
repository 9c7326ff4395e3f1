"""Announced times are kept: made longer with a reason, put right or called off only before the opening."""
from datetime import timedelta

import pytest
from icalendar import Calendar

from participation.notifications.following import follow
from participation.policy import Refused
from participation.subjects import Subject
from rules.documents.actions import adopt
from rules.documents.models import Stage
from rules.opinions.actions import save_draft
from rules.opinions.times import actions

PAGE = "/documents/vision/1"
COMMENT = f"{PAGE}/public-comment"


def calendar(client):
    (event,) = Calendar.from_ical(client.get(f"{COMMENT}.ics").response.content).walk("VEVENT")
    return event


def planned(room):
    room.call(opens_at=room.clock() + timedelta(days=2), closes_at=room.clock() + timedelta(days=40))


def test_a_public_comment_is_made_longer_with_a_reason_that_everybody_reads(room, client, person, deliver, db):
    room.call()
    first = room.case.closes_at
    writer, drafter, follower = person(), person(), person()
    room.send(writer)
    db.write(lambda s: save_draft(s, drafter, room.case, "s1", {"body": "途中"}, room.clock()))
    db.write(lambda s: follow(s, follower, s.get_one(Subject, room.case.document_id), now=room.clock()))
    before = calendar(client)
    client.sign_in(room.secretary)
    page = client.open(f"{COMMENT}/extension")
    shorter = {"closes_at": "2026-06-20T17:00", "reason_ja": "祭りと重なるため"}
    refused = client.submit(page, shorter, form="extension")
    assert (refused.status, "短くすることはできません" in refused.text, "祭りと重なるため" in refused.html) == (422, True, True)
    assert client.submit(refused, {"closes_at": "2026-07-31T17:00"}, form="extension").status == 303
    reader = client.another()
    assert "祭りと重なるため" in reader.open(PAGE).text and room.case.closes_at > first
    after = calendar(reader)
    assert (after["UID"], after["SEQUENCE"], before["SEQUENCE"]) == (before["UID"], 1, 0)
    assert after.end > before.end
    while deliver():
        continue
    for who in (writer, drafter, follower):
        assert "期間が延びました" in reader.another().sign_in(who).open("/me/notices").text


def test_what_has_closed_is_not_made_longer_and_what_has_opened_is_neither_put_right_nor_called_off(room, clock):
    room.call()
    with pytest.raises(Refused):
        room.do(actions.call_off, room.case, reason={"ja": "わけ"})
    with pytest.raises(Refused):
        room.do(actions.extend, room.case, closes_at=room.case.closes_at, reason={"ja": "わけ"})
    clock.advance(days=31)
    with pytest.raises(Refused):
        room.do(actions.extend, room.case, closes_at=clock() + timedelta(days=9), reason={"ja": "わけ"})


def test_an_announcement_is_put_right_before_it_opens(room, client):
    planned(room)
    client.sign_in(room.secretary)
    page = client.open(f"{COMMENT}/correction")
    assert client.submit(page, {"contact_ja": "交通課 078-000-0009"}, form="correction").status == 303
    shown = client.another().open(PAGE).text
    assert "交通課 078-000-0009" in shown and "案内を訂正しました" in shown
    assert calendar(client)["SEQUENCE"] == 1


def test_it_is_called_off_before_it_opens_and_can_be_called_again(room, client, person, clock):
    planned(room)
    client.sign_in(room.secretary)
    page = client.open(f"{COMMENT}/calling-off")
    assert client.submit(page, {}, form="calling-off").status == 422
    assert client.submit(page, {"reason_ja": "版をまちがえたため"}, form="calling-off").status == 303
    assert "版をまちがえたため" in client.another().open(PAGE).text
    event = calendar(client)
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    clock.advance(days=3)
    with pytest.raises(Refused):
        room.send(person())
    room.call()
    assert room.send(person()).id and calendar(client)["STATUS"] == "CONFIRMED"


def test_what_was_called_off_does_not_keep_a_text_from_being_adopted(room):
    room.next()
    room.publish(stage=Stage.DRAFT)
    times = {"opens_at": room.clock() + timedelta(days=2), "closes_at": room.clock() + timedelta(days=40)}
    room.call(2, **times)
    room.do(actions.call_off, room.case_of(2), reason={"ja": "わけ"})
    room.do(adopt, "vision", registry=room.registry)
