"""A light voice is public at once under the nickname that its writer chose; a formal opinion is not."""
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from participation.moderation.actions import hide_thing
from participation.moderation.models import Ground
from participation.policy import Refused
from participation.subjects import Subject
from rules.documents.models import Stage
from rules.opinions import actions
from rules.opinions.voices.actions import like_voice, withdraw_like
from rules.opinions.voices.models import Voice, VoiceLike
from tests.opinions.conftest import FORMAL

PAGE, VOICES = "/documents/vision/1", "/documents/vision/1/voices"


def voice_of(room, opinion):
    return room.ask(lambda session: session.scalar(select(Voice.id).where(Voice.opinion_id == opinion.id)))


def likes_of(room, voice_id):
    """The counter and the rows."""
    return room.ask(lambda session: (
        session.get_one(Voice, voice_id).likes_count,
        session.scalar(select(func.count()).select_from(VoiceLike).where(VoiceLike.voice_id == voice_id))))


def test_the_box_says_what_is_public_and_the_voice_stands_at_its_section_under_its_nickname(room, client, person):
    room.call()
    writer = person("山田 実名子")
    page = client.sign_in(writer).open(PAGE)
    assert "すぐに公開されるもの" in page.text and "今は公開されません" in page.text
    client.submit(page, {"body": "ここが好きです。", "nickname": "垂水の猫"}, form="s2-opinion-form")
    room.send(person("灘 実名夫"), "名前のない声")
    room.send(person(), "正式な意見です。", section="s2", **FORMAL)
    for path in (PAGE, VOICES):
        text = client.another().open(path).text
        assert ["垂水の猫" in text, "ここが好きです。" in text, "名前のない声" in text, "名前なし" in text] == [True] * 4
        assert ["正式な意見です。" in text, "実名" in text] == [False] * 2
    only = client.another().open(f"{VOICES}?section=s2&sort=liked").text
    assert ("ここが好きです。" in only, "名前のない声" in only) == (True, False)
    items = client.api("GET", "/documents/vision/versions/1/voices").json()["items"]
    assert [(each["section"], each["nickname"]) for each in items] == [(None, None), ("s2", "垂水の猫")]


def test_a_like_is_given_once_and_taken_back_without_a_script_and_with_one(room, client, person):
    room.call()
    voice = voice_of(room, room.send(person(), section="s1"))
    client.sign_in(person())
    page = client.submit(client.open(VOICES), form=f"/voices/{voice}/like", follow=True)
    assert "いいね 1" in page.text and page.form(f"/voices/{voice}/like").value("_method") == "DELETE"
    assert client.submit(page, form=f"/voices/{voice}/like", follow=True).text.count("いいね 0") == 1
    form = client.open(VOICES).form(f"/voices/{voice}/like")
    swapped = client.request("POST", f"/voices/{voice}/like", data=dict(form.fields), headers={
        "HX-Request": "true", "Origin": "https://sanpo.test", "Sec-Fetch-Site": "same-origin"})
    assert swapped.html.lstrip().startswith(f'<div id="voice-like-{voice}">') and "いいね 1" in swapped.text
    token = person.token(person())
    assert client.api("PUT", f"/voices/{voice}/like", token=token).json() == {"likes_count": 2, "liked": True}
    assert client.api("DELETE", f"/voices/{voice}/like", token=token).json() == {"likes_count": 1, "liked": False}


def test_likes_are_counted_exactly_when_many_press_at_once(room, person):
    room.call()
    voice, people = voice_of(room, room.send(person())), [person() for _ in range(6)]
    steps = [(like_voice, who) for who in people for _ in range(3)] + [(withdraw_like, who) for who in people[:2]] * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda step: room.do(step[0], voice, by=step[1]), steps))
    counter, rows = likes_of(room, voice)
    assert counter == rows and rows >= 4
    for who in people:
        room.do(like_voice, voice, by=who)
    assert likes_of(room, voice) == (6, 6)


def test_nobody_likes_their_own_voice_or_one_that_is_gone_or_after_the_close(room, person, clock):
    room.call()
    writer, reader = person(), person()
    own, gone, late = (room.send(writer) for _ in range(3))
    room.do(actions.withdraw_opinion, gone.receipt, by=writer)
    with pytest.raises(Refused):
        room.do(like_voice, voice_of(room, own), by=writer)
    with pytest.raises(Refused):
        room.do(like_voice, voice_of(room, gone), by=reader)
    clock.advance(days=31)
    with pytest.raises(Refused):
        room.do(like_voice, voice_of(room, late), by=reader)


def test_a_voice_is_reported_hidden_with_a_reason_and_its_words_are_in_no_table(room, client, person, clock):
    room.call()
    writer = person()
    sent = room.send(writer, "電話は078-111-2222です。", section="s1", nickname="須磨の人")
    voice = voice_of(room, sent)
    client.sign_in(person())
    reported = client.submit(client.open(f"/report/{voice}"), {"ground": "personal"}, form=f"/report/{voice}")
    assert reported.status == 303 and reported.location == f"/voices/{voice}"
    room.do(hide, voice)
    for path in (PAGE, VOICES):
        text = client.open(path).text
        assert "電話番号があったため" in text and "078-111" not in text and "須磨の人" not in text
    clock.advance(days=31)
    room.next()
    room.publish(stage=Stage.DRAFT)
    for path in (f"{PAGE}/responses", f"{PAGE}/responses.csv", "/api/v1/documents/vision/versions/1/responses"):
        found = client.get(path).response.content.decode()
        assert "078-111" not in found and "電話番号があったため" in found
    assert "078-111-2222" in client.sign_in(room.secretary).open(f"/secretariat/opinion-groups/{sent.group_id}").text
    assert client.sign_in(writer).get(f"/appeal/{voice}").status == 200


def hide(session, actor, voice_id, *, now):
    thing = session.get_one(Subject, voice_id)
    hide_thing(session, actor, thing, ground=Ground.PERSONAL, reason="電話番号があったため", now=now)


def test_a_voice_that_its_writer_withdraws_is_gone_everywhere(room, client, person):
    room.call()
    writer = person()
    sent = room.send(writer, "やはりやめます。", nickname="迷い人")
    assert "迷い人" in client.open(VOICES).text
    room.do(actions.withdraw_opinion, sent.receipt, by=writer)
    assert "迷い人" not in client.open(VOICES).text + client.open(PAGE).text
    assert client.api("GET", "/documents/vision/versions/1/voices").json()["total"] == 0


def test_voices_stay_readable_after_the_close_and_are_read_page_by_page(room, client, person, clock):
    room.call()
    writer = person()
    sent = [room.send(writer, f"声{number:02}", section="s1") for number in range(25)]
    clock.advance(days=31)
    first = client.open(VOICES)
    later = client.open(f"{VOICES}?page=2").text
    assert ("声24" in first.text, "声04" in first.text, "声04" in later) == (True, False, True)
    oldest = client.get(f"/voices/{voice_of(room, sent[0])}")
    assert oldest.location == f"{VOICES}?page=2#voice-{voice_of(room, sent[0])}"
    assert "声24" in client.open(PAGE).text and "ひとことの声 25件" in client.open(PAGE).text


def test_a_letter_on_paper_is_no_public_voice(room, client, clock):
    room.call()
    room.do(actions.enter_opinion, room.case, actions.Words(body="紙で届いた声"), at=clock())
    assert "紙で届いた声" not in client.open(VOICES).text + client.open(PAGE).text
