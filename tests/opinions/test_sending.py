"""Opinions are taken by the clock, from everybody, and nothing typed is lost."""
import re
from datetime import timedelta

import pytest

from participation.policy import Refused
from rules.opinions.models import Opinion, OpinionDraft, OpinionPerson
from tests.opinions.conftest import FORMAL

BOX = "/documents/vision/1/opinions"


def test_a_public_comment_takes_thirty_days_or_a_reason(room, client):
    client.sign_in(room.secretary)
    page = client.open("/documents/vision/1/public-comment")
    short = {"closes_at": "2026-06-10T17:00", "contact_ja": "企画課"}
    refused = client.submit(page, short, form="public-comment")
    assert (refused.status, "30日未満" in refused.text) == (422, True)
    done = client.submit(refused, {"reason_ja": "議会の日程のため"}, form="public-comment", follow=True)
    assert done.status == 200 and "議会の日程のため" in client.another().open("/documents/vision/1").text


def test_it_opens_and_closes_by_itself(room, client, clock, person):
    writer = person()
    room.call(opens_at=clock() + timedelta(hours=1), closes_at=clock() + timedelta(days=31))
    for move, allowed in ((0, False), (2, True), (31 * 24, False)):
        clock.advance(hours=move)
        if allowed:
            room.send(writer)
        else:
            with pytest.raises(Refused):
                room.send(writer)


def test_a_light_voice_needs_no_name_and_a_formal_opinion_does(room, client, person):
    room.call()
    page = client.sign_in(person()).open("/documents/vision/1")
    refused = client.submit(page, {"body": "賛成です。", "formal": "1"}, form="s2-opinion-form")
    assert refused.status == 422 and refused.title.startswith("エラー")
    done = client.submit(refused, {"name": "兵庫 太郎", "address": "神戸市1-2"}, form=BOX, follow=True)
    assert re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", done.text) and "兵庫 太郎" in done.text
    with room.db.read() as session:
        assert [(each.section_key, each.kind) for each in session.query(Opinion)] == [("s2", "formal")]
    light = client.submit(client.open("/documents/vision/1"), {"body": "よいと思う。"}, form="whole-opinion-form")
    assert light.status == 303
    with room.db.read() as session:
        assert session.query(OpinionPerson).count() == 1


def test_after_the_close_what_was_typed_comes_back(room, client, clock, person):
    room.call()
    page = client.sign_in(person()).open("/documents/vision/1")
    clock.advance(days=31)
    refused = client.submit(page, {"body": "まにあわなかった意見"}, form="whole-opinion-form")
    assert (refused.status, "まにあわなかった意見" in refused.html) == (403, True)


def test_an_unknown_section_is_refused_at_its_field(room, client, person):
    room.call()
    token = person.token(person())
    answer = client.api("POST", "/documents/vision/versions/1/opinions", {"section": "s9", "body": "なに"}, token=token)
    assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "section")


def test_an_unknown_section_on_the_page_keeps_everything_typed(room, client, person):
    room.call()
    client.sign_in(person())
    typed = {"section": "s9", "body": "書いた文", "nickname": "須磨の人", "formal": "1", "name": "兵庫 太郎", "address": ""}
    refused = client.post(BOX, typed, on="/documents/vision/1")
    form = refused.form(BOX)
    assert refused.status == 422 and refused.title.startswith("エラー")
    assert (form.value("body").strip(), form.value("nickname"), form.value("name")) == ("書いた文", "須磨の人", "兵庫 太郎")
    with room.db.read() as session:
        assert session.query(Opinion).count() == 0


def test_without_an_account_the_mailed_link_sends_it(room, client, db, deliver):
    from participation.mail.models import Mail
    room.call()
    page = client.open("/documents/vision/1")
    asked = client.submit(page, {"body": "道を広くしてください。", "formal": "1", "name": "須磨 花子",
                                 "address": "垂水区9"}, form="s1-opinion-form")
    client.submit(asked, {"email": "hanako@example.test"}, form="/take-part")
    with db.read() as session:
        link = re.search(r"/take-part/\S+", session.query(Mail).order_by(Mail.id.desc()).first().text)[0]
    done = client.post(link, follow=True)
    assert "道を広くしてください。" in done.text
    with db.read() as session:
        receipt = session.query(Opinion).one().receipt
        assert receipt in session.query(Mail).order_by(Mail.id.desc()).first().text


def test_a_draft_waits_for_its_writer_until_it_is_sent(room, client, person):
    room.call()
    client.sign_in(person())
    page = client.open("/documents/vision/1")
    form = page.form("s2-opinion-form")
    saved = client.request("POST", f"{BOX}/draft", data={**dict(form.fields), "body": "途中の文"},
                           headers={"Origin": "https://sanpo.test", "Sec-Fetch-Site": "same-origin"})
    assert saved.status == 200
    page = client.open("/documents/vision/1")
    assert page.form("s2-opinion-form").value("body").strip() == "途中の文"
    client.submit(page, form="s2-opinion-form")
    with room.db.read() as session:
        assert session.query(OpinionDraft).count() == 0


def test_an_opinion_is_withdrawn_until_the_close_and_its_words_go(room, client, clock, person):
    room.call()
    writer = person()
    sent = [room.send(writer, **FORMAL) for _ in range(2)]
    client.sign_in(writer)
    page = client.open(f"/me/opinions/{sent[0].receipt}/withdrawal")
    assert client.submit(page, form=f"/me/opinions/{sent[0].receipt}").status == 303
    with room.db.read() as session:
        assert [each.body for each in session.query(Opinion).order_by(Opinion.id)] == ["", sent[1].body]
        assert session.query(OpinionPerson).count() == 1
    clock.advance(days=31)
    client.sign_in(writer)
    assert client.get(f"/me/opinions/{sent[1].receipt}/withdrawal").status == 403
    other = client.another().sign_in(person())
    assert other.get(f"/me/opinions/{sent[1].receipt}").status == 404


def test_a_letter_is_entered_as_received_on_paper(room, client, clock):
    room.call()
    clock.advance(days=32)
    client.sign_in(room.secretary)
    path = f"/secretariat/opinions/{room.case.id}"
    page = client.open(f"{path}/letter")
    values = {"body": "字を大きく", "received_on": "2026-06-20", "name": "灘 次郎", "address": "灘区4", "formal": "1"}
    late = client.submit(page, {**values, "received_on": "2026-07-02"}, form=f"{path}/letters")
    assert late.status == 422 and "字を大きく" in late.html
    assert client.submit(late, values, form=f"{path}/letters").status == 303
    with room.db.read() as session:
        sent = session.query(Opinion).one()
        assert (sent.source, sent.entered_by_id, sent.account_id) == ("paper", room.secretary.id, None)
