"""Who wrote an opinion is nobody's to read: not on a page, not in a file, not over the API, not by searching."""
import itertools
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from participation.accounts.erasure import erase_account, export
from participation.mail.models import Mail
from participation.policy import Refused
from participation.web.templating import render_alone
from rules.documents.models import Stage
from rules.opinions import actions, answering
from rules.opinions.actions import ensure_callable, save_draft
from rules.opinions.models import Opinion, OpinionDraft, OpinionPerson, Outcome
from rules.opinions.policy import may_arrange, may_enter, may_read_own, may_send, may_watch, may_withdraw, may_work
from rules.opinions.table import public_rows
from tests.opinions.conftest import FORMAL
from tests.support.databases import on_sqlite

STARTS = ("/documents/vision/{0}", "/documents/vision/{0}/responses", "/documents/vision/compare?from={0}&to={1}",
          "/documents/vision/{0}/responses.csv", "/documents/vision/{0}/public-comment.ics", "/audit", "/activity", "/")
CALLS = ("/documents/vision/versions/{0}/responses", "/documents/vision/versions/{0}/voices",
         "/documents/vision/versions/{0}", "/audit/entries?from=0")
MOST = 60  # pages


def crawl(client, number=1):
    """Everything that links lead to from the document, and what the API says, as one text."""
    paths, texts = [path.format(number, number + 1) for path in STARTS], {}
    while paths and len(texts) < MOST:
        path = paths.pop()
        if path not in texts:
            texts[path] = client.get(path).html
            paths += re.findall(r'href="(/(?:documents|audit|search|activity)[^"#]*)', texts[path])
    return "\n".join([*texts.values(), *(client.api("GET", path.format(number)).html for path in CALLS)])


LETTERS = some.text(alphabet="阿井宇Ａｂ=+-@<>&\"'\t;,| 　%", max_size=6)
WAYS = ("account", "mail", "paper")
WRITERS = some.lists(some.tuples(some.sampled_from(WAYS), some.booleans(), LETTERS, LETTERS), min_size=4, max_size=7)
NUMBERS = itertools.count(10_000)


def hidden(before, after):
    """A text of a form that holds a word which stands nowhere by chance; (text, word)."""
    word = f"ひみつ{next(NUMBERS)}"
    return f"{before}{word}{after}", word


def write(room, person, client, db, number, way, formal, before, after):
    """One opinion on its way; returns its words and every word that nobody may find."""
    fields = {name: hidden(before, after) for name in ("name", "address", "organisation")}
    account, body = hidden(before, after), f"意見の{next(NUMBERS)}番"
    words = {"body": body, "section": "s1"}
    if formal:
        words |= {"formal": True, **{name: text for name, (text, _) in fields.items()}}
    told = [word for _, word in fields.values()] if formal else []
    address = f"himitsu{next(NUMBERS)}"
    if way == "paper":
        room.do(actions.enter_opinion, room.case_of(number), actions.Words(**words), at=room.clock())
        return body, told
    if way == "account":
        room.send(person(account[0], email=f"{address}@example.test"), number=number, **words)
        return body, [*told, account[1], address]
    page = client.open(f"/documents/vision/{number}")
    typed = {**words, "formal": "1"} if formal else words
    asked = client.submit(page, typed, form="s1-opinion-form")
    client.submit(asked, {"email": f"{address}@example.test"}, form="/take-part")
    with db.read() as session:
        mail = session.query(Mail).filter(Mail.recipient == f"{address}@example.test").one()
    client.another().post(re.search(r"/take-part/\S+", mail.text)[0], follow=True)
    return body, [*told, address]


def everything(room, client, number):
    """Pages, files, calls and what is printed of the public comment, as one text."""
    case = room.case_of(number)
    rows = room.ask(public_rows, case, "ja") if case.table_public(room.clock()) else ()
    printed = render_alone("rules/opinions/print.html", "ja", title="", number=number, rows=rows, url="")
    return "\n".join([crawl(client, number), printed])


@on_sqlite
@settings(max_examples=3, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(writers=WRITERS)
def test_no_public_page_file_or_call_holds_a_name_an_address_or_an_e_mail(
        room, client, person, clock, deliver, db, writers):
    number = room.next()
    room.publish(stage=Stage.FIRST_DRAFT)
    room.call(number)
    found = [(formal, *write(room, person, client, db, number, way, formal, before, after))
             for way, formal, before, after in writers]
    with db.read() as session:
        sent = session.query(Opinion).order_by(Opinion.id.desc()).limit(len(writers)).all()
    assert {each.body for each in sent} == {body for _, body, _ in found}
    secrets = {word for _, _, told in found for word in told} | {each.receipt for each in sent}
    open_text = everything(room, client, number)
    clock.advance(days=31)
    view = {"outcome": Outcome.WILL_CHANGE, "view": {"ja": "直します。"}, "sections": ["s1"]}
    room.do(answering.join_groups, sent[0].group_id, [sent[1].group_id])
    room.do(answering.respond, sent[0].group_id, title="同じ趣旨", **view)
    room.next()
    room.publish(stage=Stage.FIRST_DRAFT)
    while deliver():
        continue
    closed_text = everything(room, client, number)
    assert [body for _, body, _ in found if body not in closed_text] == []
    assert [body for formal, body, _ in found if formal and body in open_text] == []
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
