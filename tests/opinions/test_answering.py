"""Opinions are grouped, each gets a response, and the table is public with the next version."""
import csv
import io
from email import message_from_bytes, policy

import pytest

from participation.policy import Refused
from participation.press import print_now
from rules.documents.actions import adopt
from rules.documents.models import Stage
from rules.opinions import answering
from rules.opinions.models import Outcome
from tests.support.databases import on_sqlite

TABLE = "/documents/vision/1/responses"
CHANGE = {"outcome": Outcome.WILL_CHANGE, "view": {"ja": "例外をなくしました。"}, "sections": ["s2"]}
KEPT = {"outcome": Outcome.FOR_REFERENCE, "view": {"ja": "参考にします。", "en": "We keep it in mind."}}


@pytest.fixture
def answered(room, person, clock, deliver):
    """Three opinions, two of them in one group with a response, the third without; the comment has closed."""
    room.call()
    writers = [person(locale="en" if number else "ja") for number in range(3)]
    texts = ("「原則として」では例外が見えません。", "原則としての例外が見えません。", "バスの便を増やしてください。")
    sent = [room.send(who, text, section="s2") for who, text in zip(writers, texts, strict=True)]
    clock.advance(days=31)
    room.do(answering.join_groups, sent[0].group_id, [sent[1].group_id])
    room.do(answering.respond, sent[0].group_id, **CHANGE, title="例外が見えない")
    return sent


def test_the_desk_suggests_what_says_the_same_and_shows_what_waits_first(room, client, person, clock):
    room.call()
    for text in ("「原則として」では例外が見えません。", "バスの便を増やしてください。", "原則としての例外が見えません。"):
        first = room.send(person(), text)
    client.sign_in(room.secretary)
    page = client.open(f"/secretariat/opinion-groups/{first.group_id}")
    alike = page.html.split("同じ趣旨と思われるもの")[1].split("</fieldset>")[0]
    assert "「原則として」" in alike and "バス" not in alike
    joined = client.submit(page, {"group": page.form("groups").value("group") or first.group_id - 2},
                           form=f"/secretariat/opinion-groups/{first.group_id}/groups", follow=True)
    assert joined.status == 200 and "意見2件" in joined.text
    room.do(answering.respond, first.group_id, **KEPT)
    listed = client.open(f"/secretariat/opinions/{room.case.id}").text
    assert listed.index("バスの便") < listed.index("「原則として」")
    waiting = client.open(f"/secretariat/opinions/{room.case.id}?show=waiting").text
    assert "バスの便" in waiting and "「原則として」" not in waiting


def test_a_response_is_written_on_its_page_and_what_is_missing_is_said(room, client, person):
    room.call()
    sent = room.send(person(), section="s1")
    client.sign_in(room.secretary)
    path = f"/secretariat/opinion-groups/{sent.group_id}"
    refused = client.post(f"{path}/responses", {"outcome": "will_change", "view_ja": "直します。"}, on=path)
    assert refused.status == 422 and "直します。" in refused.html
    assert client.submit(refused, {"sections": ["s1"]}, form=f"{path}/responses").status == 303
    assert "直します。" in client.open(path).text


def test_the_table_is_public_with_the_next_version_and_not_before(room, client, answered):
    assert "例外が見えない" not in client.open(TABLE).text
    assert client.get(f"{TABLE}.csv").status == 404
    assert client.api("GET", "/documents/vision/versions/1/responses").json()["total"] == 0
    room.next()
    room.publish(stage=Stage.DRAFT)
    page = client.open(TABLE)
    assert ["例外が見えない" in page.text, "例外をなくしました。" in page.text, "これから公表" in page.text] == [True] * 3
    rows = list(csv.reader(io.StringIO(client.get(f"{TABLE}.csv").response.content.decode("utf-8-sig"))))
    assert (len(rows) - 1, page.html.count('<tr id="row-')) == (2, 2)
    items = client.api("GET", "/documents/vision/versions/1/responses").json()["items"]
    assert [(item["outcome"], len(item["opinions"])) for item in items] == [("will_change", 2), (None, 1)]


def test_the_comparison_says_which_opinions_caused_a_change(room, client, answered):
    from rules.documents import writing
    room.next()
    room.do(writing.save_section, "vision", "s2", heading={"ja": "方針"}, body={"ja": "同意を得る。"}, seen=0)
    room.publish(stage=Stage.DRAFT)
    page = client.open("/documents/vision/compare?from=1&to=2")
    assert "例外が見えない" in page.text and f"{TABLE}#row-{answered[0].group_id}" in page.html


def test_everybody_who_wrote_is_told_their_row_in_their_language(room, client, answered, deliver, services):
    room.next()
    room.publish(stage=Stage.DRAFT)
    before = mailed(services, deliver)
    assert sorted(mail["Content-Language"] for mail in before) == ["en", "ja"]
    for mail in before:
        text = mail.get_body(("plain",)).get_content()
        assert "例外をなくしました。" in text and f"{TABLE}#row-{answered[0].group_id}" in text
    room.do(answering.respond, answered[2].group_id, **KEPT)
    known = {mail["Message-ID"] for mail in before}
    (late,) = [mail for mail in mailed(services, deliver) if mail["Message-ID"] not in known]
    assert "We keep it in mind." in late.get_body(("plain",)).get_content()


def mailed(services, deliver):
    """The mails about responses that the worker has sent."""
    while deliver():
        continue
    mails = [message_from_bytes(path.read_bytes(), policy=policy.default)
             for path in sorted((services.settings.data / "mail").glob("*.eml"))]
    return [mail for mail in mails if "#row-" in mail.get_body(("plain",)).get_content()]


def test_whoever_holds_a_receipt_finds_the_row(room, client, answered):
    room.next()
    room.publish(stage=Stage.DRAFT)
    found = client.open(f"{TABLE}?receipt={answered[1].receipt.lower()}")
    assert f'href="#row-{answered[0].group_id}"' in found.html
    assert "この受付番号の行はありません" in client.open(f"{TABLE}?receipt=AAAA-AAAA").text


def test_nothing_is_adopted_while_an_opinion_has_no_response(room, client, answered):
    room.next()
    room.publish(stage=Stage.DRAFT)
    page = client.sign_in(room.secretary).open("/documents/vision/adoption")
    assert "市の考え方がまだありません。" in page.text
    assert f'href="{room.case.desk}"' in page.html
    with pytest.raises(Refused) as refused:
        room.do(adopt, "vision", registry=room.registry)
    assert ("count", 1) in refused.value.verdict.values
    room.do(answering.respond, answered[2].group_id, **KEPT)
    room.do(adopt, "vision", registry=room.registry)


def test_nothing_is_adopted_while_opinions_are_still_taken(room, person, clock):
    room.next()
    room.publish(stage=Stage.DRAFT)
    room.call(2)
    with pytest.raises(Refused):
        room.do(adopt, "vision", registry=room.registry)
    clock.advance(days=30)
    room.do(adopt, "vision", registry=room.registry)


def test_rows_stay_as_they_are_once_the_table_is_public(room, answered):
    room.next()
    room.publish(stage=Stage.DRAFT)
    with pytest.raises(Refused):
        room.do(answering.take_out, answered[0].group_id, answered[1].id)
    with pytest.raises(Refused):
        room.do(answering.join_groups, answered[0].group_id, [answered[2].group_id])


def test_earlier_responses_stay(room, client, answered):
    room.do(answering.respond, answered[0].group_id, **{**CHANGE, "view": {"ja": "さらに直しました。"}})
    page = client.sign_in(room.secretary).open(f"/secretariat/opinion-groups/{answered[0].group_id}")
    assert "例外をなくしました。" in page.text and "さらに直しました。" in page.text


@on_sqlite
def test_the_table_is_printed_and_printed_anew_after_a_later_response(room, client, answered, deliver, services, clock):
    room.next()
    room.publish(stage=Stage.DRAFT)
    while deliver():
        continue
    while print_now(services, clock()):
        continue
    first = client.get(client.open(TABLE).link("PDF(日本語)")).response.content
    assert first[:5] == b"%PDF-" and client.get(f"{TABLE}/pdf/en").status == 200
    clock.advance(hours=1)
    room.do(answering.respond, answered[2].group_id, **KEPT)
    while print_now(services, clock()):
        continue
    assert client.get(f"{TABLE}/pdf/ja").response.content != first
