"""A lay reader sees what the log says and how one entry is proved."""

import pytest

from participation.audit import heads
from participation.audit.bundle import check_bundle
from participation.audit.examination import Broken
from participation.events import record
from tests.audit.log import Log, StoneLaid
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def log(services, settings):
    log = Log(services.db, settings.data)
    log.signer = heads.signer(settings)
    log.grow(23, private={"why": "a neighbour asked"})
    return log


def test_the_log_shows_its_newest_entries_first_and_pages_back(log, client):
    page = client.get("/audit?lang=en")
    assert page.status == 200
    assert "23 entries" in page.text
    assert page.text.index("No. 22") < page.text.index("No. 3")
    assert "No. 2 " not in page.text
    assert "No. 0" in client.open("/audit?page=2&lang=en").text
    assert "No entries on this page" in client.open("/audit?page=99&lang=en").text


def test_the_entries_about_one_thing_stand_on_a_page_of_their_own(log, client):
    log.db.write(lambda session: record(session, StoneLaid(stone=99), actor=None, now=log.now, subject_id=4711))
    log.number()
    page = client.open("/audit?about=4711&lang=en")
    assert "1 entry" in page.text and "No. 23" in page.text and "No. 22" not in page.text
    assert "23 entries" in client.open("/audit?about=9&page=2&lang=en").text
    assert "24 entries" in client.open("/audit?about=x&lang=en").text
    assert "0 entries" in client.open("/audit?about=999999999999999&lang=en").text


def test_an_empty_log_explains_itself(client):
    assert "Nothing has been signed yet" in client.open("/audit?lang=en").text


def test_the_page_is_whole_in_japanese(log, client):
    assert client.open("/audit").heading == "監査ログ"
    assert client.open("/audit/entries/3").heading == "記録 第3号"


def test_an_entry_shows_its_proof_step_by_step(log, client):
    page = client.open("/audit/entries/3?lang=en")
    assert [f"Step {number}" in page.text for number in (1, 5, 6)] == [True, True, False]
    assert "This is the signed fingerprint of the list of 23 entries." in page.text
    assert "Kept apart and not shown" in page.text
    assert "neighbour" not in page.html


def test_the_downloaded_proof_proves_the_entry_and_nothing_else(log, client):
    document = client.get("/audit/entries/3/proof.json").json()
    assert check_bundle(document, [log.signer.verifier]).size == 23
    for change in ({"seq": 4}, {"entry": {**document["entry"], "subject": 1}}, {"path": document["path"][:-1]}):
        with pytest.raises(Broken, match="not in the log"):
            check_bundle({**document, **change}, [log.signer.verifier])
    unreadable = ({"path": 7}, {"path": ["!"]}, {"checkpoint": ""}, {"seq": None}, {"format": ""}, {"entry": "\ud800"})
    for change in unreadable:
        with pytest.raises(Broken):
            check_bundle({**document, **change}, [log.signer.verifier])


def test_an_entry_newer_than_the_head_says_so(log, client):
    log.lay(1)
    log.number()
    assert "This entry is very new" in client.open("/audit/entries/23?lang=en").text
    assert client.get("/audit/entries/23/proof.json").status == 404


@pytest.mark.parametrize("number", ["23", "99999999999999999999999", "x"])
def test_there_is_no_page_for_an_entry_that_is_not(log, client, number):
    assert client.get(f"/audit/entries/{number}").status == 404


def test_a_person_recognises_their_own_entry_and_nobody_else_does(services, client, person, deliver, clock):
    hanako, jiro = person("Hanako"), person("Jiro")
    services.db.write(lambda session: record(session, StoneLaid(stone=1), actor=hanako, now=clock()))
    deliver()
    assert "By you" in client.sign_in(hanako).open("/audit/entries/0?lang=en").text
    assert "By you" not in client.another().open("/audit/entries/0?lang=en").text
    assert "By you" not in client.sign_in(jiro).open("/audit/entries/0?lang=en").text


def test_two_entries_of_one_person_carry_different_marks(log, client):
    entries = client.api("GET", "/audit/entries").json()["items"]
    assert len({item["entry"]["actor"] for item in entries}) == 23
