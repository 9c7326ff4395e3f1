"""What users say waits in the inbox of the service until it is answered; four ways to deal with it."""
from typing import Any

from sqlalchemy import select

from consortium.backlog.models import VoiceAnswer
from consortium.backlog.spoken import count_waiting, waiting_by_service
from consortium.feedback.actions import withdraw_feedback
from participation.notifications.models import Notice
from tests.backlog.scene import Works
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite
from tests.voices.test_linking import remark

# who -> reading the inbox, and dealing with a voice, by page and by API
MAY = {"nobody": (303, 401, 401), "citizen": (403, 403, 403), "other member": (403, 403, 403),
       "auditor": (200, 403, 403), "owner": (200, 303, 201), "secretariat": (200, 303, 201)}


@on_sqlite
def test_whoever_runs_the_service_deals_with_its_voices(works: Works, doors: Doors) -> None:
    _, other = works.catalogue.member()
    who = {"nobody": None, "citizen": works.catalogue.person(), "other member": other,
           "auditor": works.catalogue.person(roles=("auditor",)), "owner": works.owner,
           "secretariat": works.catalogue.desk}
    body = {"kind": "reply", "text": "来月から増便します。"}
    for role, actor in who.items():
        path = f"/services/{works.service.slug}/inbox"
        first, second = works.said().subject_id, works.said().subject_id
        doors.client.cookies.clear()
        shown = (doors.client.sign_in(actor) if actor else doors.client).get(path).status
        page = doors.form(actor, "POST", f"{path}/{first}", body)
        api = doors.api(actor, "POST", f"{path}/{second}", body)
        got = (shown, 401 if role == "nobody" and page.status in (303, 401) else page.status, api.status)
        assert got == MAY[role], role


def test_each_way_to_deal_with_a_voice_answers_it_and_tells_whoever_spoke(
        works: Works, doors: Doors, services: Any, deliver: Any) -> None:
    people = [works.catalogue.person() for _ in range(4)]
    voices = [works.said(person, f"坂の上まで来てほしい {number}").subject_id for number, person in enumerate(people)]
    item, path = works.item(title="坂の上まで走る"), f"/services/{works.service.slug}/inbox"
    remark(works.catalogue, services.registry, people[0], works.service.id, "夜も走ってほしい")
    deliver()
    assert "坂の上まで走る" in doors.client.sign_in(works.owner).open(f"{path}/{voices[0]}").text
    bodies = ({"kind": "join", "item": str(item)}, {"kind": "open", "title": "坂の上に停留所"},
              {"kind": "reply", "text": "来月から増便します。"}, {"kind": "aside", "text": "道が細く、車が入れません。"})
    with works.db.read() as session:
        assert count_waiting(session, works.service.id) == {"feedback": 4, "comment": 1}
    for voice, body in zip(voices, bodies, strict=True):
        works.clock.advance(days=2)
        assert doors.form(works.owner, "POST", f"{path}/{voice}", body).status == 303
    deliver()
    with works.db.read() as session:
        assert count_waiting(session, works.service.id) == {"comment": 1}
        told = dict(session.execute(select(Notice.account_id, Notice.type).where(Notice.type.like("voice.%"))).all())
        kinds = session.scalars(select(VoiceAnswer.kind).order_by(VoiceAnswer.id)).all()
        waiting = waiting_by_service(session)
    assert told == {people[0].id: "voice.linked", people[1].id: "voice.linked", people[2].id: "voice.answered",
                    people[3].id: "voice.answered"}
    assert (kinds, [(each.slug, each.count) for each in waiting]) == (
        ["reply", "aside"], [(works.service.slug, 1)])
    page = doors.client.sign_in(people[3]).open("/me/notices").text
    assert "返事がありました" in page


@on_sqlite
def test_what_is_missing_is_said_at_the_field_and_nothing_is_answered(works: Works, doors: Doors) -> None:
    voice = works.said().subject_id
    path = f"/services/{works.service.slug}/inbox/{voice}"
    bodies = ({"kind": "reply"}, {"kind": "aside", "text": " "}, {"kind": "open", "title": "x"}, {"kind": "join"},
              {"kind": "nothing"}, {})
    fields = ("text", "text", "title", "item", "kind", "kind")
    for body, field in zip(bodies, fields, strict=True):
        assert doors.form(works.owner, "POST", path, body).status == 422
        answer = doors.api(works.owner, "POST", path, body)
        assert [error["field"] for error in answer.json()["errors"]] == [field]
    assert doors.form(works.owner, "POST", path, {"kind": "join", "item": "999"}).status == 409
    with works.db.read() as session:
        assert count_waiting(session, works.service.id) == {"feedback": 1}


@on_sqlite
def test_what_is_withdrawn_waits_no_more_and_the_page_asks_as_often_for_many_as_for_few(
        works: Works, doors: Doors, count_queries: Any) -> None:
    giver, path = works.catalogue.person(), f"/services/{works.service.slug}/inbox"
    gone = works.said(giver)
    works.do(lambda s: withdraw_feedback(s, giver, gone.id, now=works.clock()) and None)
    works.said()
    doors.client.sign_in(works.owner).open(path)
    with count_queries(works.db) as few:
        assert doors.client.open(path).text.count("対応する") == 1
    for _ in range(12):
        works.said()
    doors.client.open(path)  # what is kept until the next commit is read again
    with count_queries(works.db) as many:
        doors.client.open(f"{path}?kind=feedback&q=坂&sort=newest")
    assert many.total == few.total
