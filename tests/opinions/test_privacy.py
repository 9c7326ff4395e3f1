"""Who wrote an opinion is nobody's to read: not on a page, not in a file, not over the API, not by searching."""
import random
import re

import pytest

from participation.accounts.erasure import erase_account, export
from participation.policy import Refused
from rules.documents.models import Stage
from rules.opinions import answering
from rules.opinions.actions import ensure_callable, save_draft
from rules.opinions.models import Opinion, OpinionDraft, OpinionPerson, Outcome
from rules.opinions.policy import may_arrange, may_enter, may_read_own, may_send, may_watch, may_withdraw, may_work
from tests.opinions.conftest import FORMAL

STARTS = ("/documents/vision/1", "/documents/vision/1/responses", "/documents/vision/compare?from=1&to=2",
          "/documents/vision/1/responses.csv", "/audit", "/")
CALLS = ("/documents/vision/versions/1/responses", "/documents/vision/versions/1", "/audit/entries?from=0")
MOST = 120  # pages


def made_up(chance, length=8):
    """A word that stands nowhere by chance."""
    return "".join(chance.choice("阿井宇緒香玖湖佐志須瀬曽abcdefghijk") for _ in range(length))


def crawl(client):
    """Everything that links lead to from the document, and what the API says, as one text."""
    paths, texts = list(STARTS), {}
    while paths and len(texts) < MOST:
        path = paths.pop()
        if path not in texts:
            texts[path] = client.get(path).html
            paths += re.findall(r'href="(/(?:documents|audit|search|activity)[^"#]*)', texts[path])
    return "\n".join([*texts.values(), *(client.api("GET", path).html for path in CALLS)])


def test_no_public_page_file_or_call_holds_a_name_an_address_or_an_e_mail(room, client, person, clock, deliver):
    chance = random.Random("opinions")
    people = [{name: made_up(chance) for name in ("name", "address", "organisation")} for _ in range(25)]
    room.call()
    writers = [person(made_up(chance), email=f"{chance.randrange(10**9)}@example.test") for _ in people]
    sent = [room.send(writer, f"意見の{index}番", section="s1", formal=True, **who)
            for index, (writer, who) in enumerate(zip(writers, people, strict=True))]
    secrets = {value for who in people for value in who.values()}
    secrets |= {each.email for each in writers} | {each.name for each in writers} | {each.receipt for each in sent}
    open_text = crawl(client)
    clock.advance(days=31)
    view = {"outcome": Outcome.WILL_CHANGE, "view": {"ja": "直します。"}, "sections": ["s1"]}
    for each in sent[:12]:
        room.do(answering.respond, each.group_id, **view)
    room.next()
    room.publish(stage=Stage.FIRST_DRAFT)
    while deliver():
        continue
    closed_text = crawl(client)
    assert all(f"意見の{index}番" in closed_text for index in range(25)) and "意見の0番" not in open_text
    assert [secret for secret in secrets if secret in open_text + closed_text] == []
    assert [client.api("GET", f"/search?q={secret}").json()["total"] for secret in secrets] == [0] * len(secrets)


def test_words_that_tell_who_wrote_them_are_replaced_in_public_only(room, client, person, clock):
    room.call()
    sent = room.send(person(), "須磨の八百屋の山田です。道を直してください。")
    room.do(answering.reword, sent.group_id, sent.id, "道を直してほしい。")
    clock.advance(days=31)
    room.next()
    room.publish(stage=Stage.FIRST_DRAFT)
    shown = client.open("/documents/vision/1/responses").text
    assert "道を直してほしい。" in shown and "山田" not in shown
    assert "山田" in client.sign_in(room.secretary).open(f"/secretariat/opinion-groups/{sent.group_id}").text


def test_the_auditor_reads_the_desk_without_names(room, client, person):
    room.call()
    sent = room.send(person(), **FORMAL)
    page = client.sign_in(person(roles=("auditor",))).open(f"/secretariat/opinion-groups/{sent.group_id}")
    assert sent.body in page.text and FORMAL["name"] not in page.html and FORMAL["address"] not in page.html


def test_whoever_leaves_takes_name_and_drafts_along_and_leaves_the_words(room, person, db):
    room.call()
    writer = person()
    room.send(writer, **FORMAL)
    db.write(lambda s: save_draft(s, writer, room.case, "s1", {"body": "途中"}, room.clock()))
    with db.read() as session:
        data = export(session, writer, room.registry)["opinions"]
    assert (data["opinions"][0]["address"], data["drafts"][0]["fields"]["body"]) == (FORMAL["address"], "途中")
    db.write(lambda session: erase_account(session, writer, room.registry, room.clock()))
    with db.read() as session:
        assert [(each.account_id, bool(each.body)) for each in session.query(Opinion)] == [(None, True)]
        assert (session.query(OpinionPerson).count(), session.query(OpinionDraft).count()) == (0, 0)


@pytest.mark.parametrize(("state", "days"), [("planned", -1), ("open", 1), ("closed", 31), ("public", 32)])
def test_who_may_do_what_when(room, person, clock, state, days):
    people = {"writer": person(), "other": person(), "auditor": person(roles=("auditor",)), "desk": room.secretary}
    room.call()
    sent, start = room.send(people["writer"]), clock()
    if state == "public":
        clock.advance(days=31)
        room.next()
        room.publish(stage=Stage.FIRST_DRAFT)
    clock.set(start)
    now, case = clock.advance(days=days), room.case
    verdicts = {
        "send": lambda who: may_send(who, case, now), "withdraw": lambda who: may_withdraw(who, sent, case, now),
        "read own": lambda who: may_read_own(who, sent), "watch": may_watch, "work": may_work,
        "enter": lambda who: may_enter(who, case, now), "arrange": lambda who: may_arrange(who, case, now)}
    found = {what: {name for name, who in people.items() if may(who)} for what, may in verdicts.items()}
    desk = {"desk"}
    assert found == {
        "send": {"writer", "other", "desk"} if state == "open" else set(), "read own": {"writer"},
        "watch": {"desk", "auditor"},
        "withdraw": {"writer"} if state in ("planned", "open") else set(), "work": desk,
        "enter": desk if state in ("open", "closed") else set(), "arrange": set() if state == "public" else desk}


def test_of_a_rule_no_opinions_are_asked(room):
    room.rule()
    with pytest.raises(Refused):
        with room.db.read() as session:
            ensure_callable(session, room.secretary, "participation", 1)
