"""Reading article by article, signing with the password, and what everybody can see and check afterwards."""
import re
from typing import Any

from sqlalchemy import text

from participation.accounts.actions import hash_for_command, set_sign_in
from participation.organisations.models import MandateRole
from tests.proposals.doors import Doors
from tests.signing.scene import Table
from tests.support.client import Client
from tests.support.databases import on_sqlite

PASSWORD = "correct horse battery staple"
SIGNED = {"signatory_name": "神戸 花子", "signatory_title": "代表取締役", "authority": "representative", "agree": "1",
          "current": PASSWORD}


@on_sqlite
def test_articles_are_saved_one_by_one_and_the_signature_asks_for_the_password(table: Table, client: Client) -> None:
    table.rule()
    found, who = table.member()
    hashed = hash_for_command(PASSWORD)
    table.council.db.write(lambda s: set_sign_in(
        s, who.id, email=who.email, password_hash=hashed, now=table.clock()))
    page = client.sign_in(who).open(f"{found.path}/rules/participation")
    assert "2条のうち0条を確認済み" in page.text and not any("signature" in form.action for form in page.forms)
    first = client.submit(page, form="/articles/", button="読みました")
    page = client.sign_in(who).open(f"{found.path}/rules/participation")  # left, and come back on another day
    assert ("2条のうち1条を確認済み" in page.text, "第2条から続ける" in page.text) == (True, True)
    assert first.location.endswith("#" + re.search(r'href="#(article-[^"]+)"', page.html)[1])
    client.submit(page, button="読みました")
    page = client.open(f"{found.path}/rules/participation")
    wrong = client.submit(page, {**SIGNED, "current": "wrong"}, form="/signature")
    assert (wrong.status, wrong.form("/signature").value("signatory_title")) == (422, "代表取締役")
    other = client.submit(page, {**SIGNED, "sha256": "0" * 64}, form="/signature")
    assert (other.status, "SHA-256が一致しません" in other.text) == (409, True)
    assert client.submit(page, {**SIGNED, "agree": None}, form="/signature").status == 422
    signed = client.submit(page, SIGNED, form="/signature")
    shown = client.another().open(signed.location)
    assert "神戸 花子 / 代表取締役" in shown.text and shown.text.count("はい") == 4 and "いいえ" not in shown.text
    assert "1 利用者中心 · 2 事前の同意" in shown.text
    assert client.submit(page, SIGNED, form="/signature").location == signed.location
    assert table.council.view(found.id).standing == "member"


@on_sqlite
def test_a_certificate_says_so_when_something_no_longer_fits(table: Table, client: Client) -> None:
    table.rule()
    found, who = table.member()
    code = served(table, client, found, who)
    assert client.open(f"/certificates?code={code[:4].lower()}-{code[4:]}").path == f"/certificates/{code}"
    assert "この番号の証明書はありません" in client.open("/certificates?code=ABCDEFGH").text
    assert client.get("/certificates/ABCDEFGH").status == 404
    open_copy = client.get(f"/certificates/{code}/evidence.json")
    assert who.email not in open_copy.html and "192.0.2" not in open_copy.html
    assert client.get(f"/certificates/{code}/qr.svg").headers["content-type"] == "image/svg+xml"

    def forge(session: Any) -> None:
        session.execute(text("DROP TRIGGER signature_stays"))
        session.execute(text("UPDATE signature SET title = 'King', evidence = replace(evidence, 'Head', 'King')"))
    table.council.db.write(forge)
    assert client.open(f"/certificates/{code}").text.count("いいえ") == 2  # the record, and the seal on it


def served(table: Table, client: Client, found: Any, who: Any) -> str:
    """A signature through the API, sealed by the running application; returns its code."""
    doors = Doors(client)
    return doors.api(who, "POST", "/rules/participation/versions/1/signatures", body(table, found)).json()["code"]


def body(table: Table, found: Any, **more: Any) -> dict[str, Any]:
    version = table.ask(lambda s: s.execute(text("SELECT sha256 FROM document_version ORDER BY number")).scalar())
    keys = [key for key, _, _ in table.desk.text("participation")]
    return {"organisation": found.slug, "articles": keys, "signatory_name": "Kobe Hanako", "signatory_title": "Head",
            "statement": "We agree.", "sha256": version, **more}


@on_sqlite
def test_a_program_signs_once_and_is_told_why_not(table: Table, doors: Doors) -> None:
    table.rule()
    found, who = table.member()
    stranger = table.council.appoint(found, MandateRole.REPRESENTATIVE)
    path = "/rules/participation/versions/1/signatures"

    def answer(actor: Any, **more: Any) -> tuple[int, list[str]]:
        given = doors.api(actor, "POST", path, body(table, found, **more))
        return given.status, [error["field"] for error in given.json().get("errors", [])]
    assert answer(None) == (401, [])
    assert answer(stranger) == (403, [])
    assert answer(who, sha256="0" * 64) == (409, [])
    assert answer(who, articles=["nothing"]) == (422, ["articles"])
    assert answer(who, articles=body(table, found)["articles"][:1]) == (422, ["articles"])
    assert answer(who, signatory_name="") == (422, ["signatory_name"])
    assert answer(who, organisation="nobody") == (404, [])
    assert [answer(who)[0], answer(who)[0]] == [201, 200]
    listed = doors.api(None, "GET", "/rules/participation/signatures").json()
    assert [(item["organisation"], item["version"], item["signatory_title"]) for item in listed["items"]] == [
        (found.slug, 1, "Head")]
    assert doors.api(None, "GET", "/organisations?standing=member").json()["total"] == 1


@on_sqlite
def test_a_changed_article_shows_its_change_and_only_it_waits(table: Table, client: Client) -> None:
    table.rule()
    found, who = table.member()
    table.sign(found, who)
    table.next_version(table.today)
    page = client.sign_in(who).open(f"{found.path}/rules/participation")
    assert ("2条のうち1条を確認済み" in page.text, page.html.count("<ins>") > 0) == (True, True)
    shown = client.sign_out().open(found.path)
    assert "更新が必要" in shown.text and "第1版の証明書" in shown.text
    register = client.open("/rules/participation/signatures")
    assert found.name["ja"] in [label for label, _ in register.links]


@on_sqlite
def test_two_tabs_confirm_only_the_version_that_they_show(table: Table, client: Client) -> None:
    table.rule()
    found, who = table.member()
    old = client.sign_in(who).open(f"{found.path}/rules/participation")
    table.next_version(table.today)
    assert client.submit(old, form="/articles/", button="読みました").status == 409
