"""Signing with a second factor and without: what is asked, what the evidence and the certificate say."""
import json
from dataclasses import replace
from typing import Any

import pyotp
import pytest

from participation.accounts import factors, passkeys
from participation.accounts.actions import hash_for_command, set_sign_in
from tests.proposals.doors import Doors
from tests.signing.scene import Table
from tests.signing.test_pages import PASSWORD, SIGNED, body
from tests.support.authenticator import Device
from tests.support.client import BASE_URL, Client
from tests.support.databases import on_sqlite


@pytest.fixture
def signatory(table: Table, services: Any) -> tuple[Any, Any, Any]:
    """(organisation, its signatory with a password and an app, the app's present code)."""
    table.rule()
    found, who = table.member()
    db, clock, hashed = table.council.db, table.clock, hash_for_command(PASSWORD)
    db.write(lambda s: set_sign_in(s, who.id, email=who.email, password_hash=hashed, now=clock()))
    db.write(lambda s: factors.begin_set_up(s, who, services.secret, clock()))
    secret = table.ask(factors.waiting_secret, who, services.secret, clock())
    app = pyotp.TOTP(secret)
    db.write(lambda s: factors.finish_set_up(s, who, services.secret, app.at(clock()), clock()) and None)
    clock.advance(seconds=30)
    return found, who, lambda: app.at(clock())


def method(table: Table, code: str) -> dict[str, Any]:
    return json.loads(table.signature(code).evidence)["method"]


@pytest.mark.asvs("7.5.3")
@on_sqlite
def test_a_signature_asks_for_the_code_too_and_says_so(table: Table, client: Client, signatory: Any) -> None:
    found, who, code = signatory
    page = client.sign_in(who).open(f"{found.path}/rules/participation")
    for _ in range(2):
        client.submit(page, button="読みました")
        page = client.open(page.path)
    for wrong in ({}, {"code": "000000"}):
        refused = client.submit(page, {**SIGNED, **wrong}, form="/signature")
        assert (refused.status, 'id="code-error"' in refused.html) == (422, True)
    signed = client.submit(page, {**SIGNED, "code": code()}, form="/signature")
    shown = client.another().open(signed.location)
    assert "方式: パスワードとワンタイムコード(TOTP)をもう一度確認" in shown.text and "いいえ" not in shown.text
    assert method(table, signed.location.rsplit("/", 1)[1]) == {
        "level": "click+2FA", "reauthentication": "password", "second_factor": {
            "method": "totp", "name": "one-time code (TOTP)", "standard": "RFC 6238",
            "verified_utc_us": int(table.clock().timestamp() * 1_000_000)}}
    assert client.submit(page, {**SIGNED, "code": code()}, form="/signature").status == 422  # it was used


@on_sqlite
def test_a_passkey_signs_in_the_place_of_the_code(
    table: Table, client: Client, signatory: Any, services: Any
) -> None:
    found, who, _ = signatory
    device, settings = Device(BASE_URL, "sanpo.test"), services.settings
    owner = replace(who, second_factor=True)
    begun = table.council.db.write(lambda s: passkeys.begin_adding(s, owner, settings, "Sanpo", table.clock()))
    made = device.create(json.loads(begun))
    table.council.db.write(lambda s: passkeys.add_passkey(s, owner, "Key", made, settings, table.clock()))
    page = client.sign_in(who).open(f"{found.path}/rules/participation")
    for _ in range(2):
        client.submit(page, button="読みました")
        page = client.open(page.path)
    asked = table.council.db.write(lambda s: passkeys.begin_proof(s, who.id, settings, table.clock()))
    said = device.get(json.loads(asked))
    signed = client.submit(page, {**SIGNED, "passkey": said}, form="/signature")
    assert "方式: パスワードとパスキーをもう一度確認" in client.open(signed.location).text
    assert method(table, signed.location.rsplit("/", 1)[1])["second_factor"]["method"] == "passkey"


@on_sqlite
def test_a_token_alone_signs_nothing_for_whoever_has_a_second_factor(
    table: Table, doors: Doors, signatory: Any
) -> None:
    found, who, code = signatory
    path = "/rules/participation/versions/1/signatures"
    refused = doors.api(who, "POST", path, body(table, found))
    assert (refused.status, [error["field"] for error in refused.json()["errors"]]) == (422, ["code"])
    signed = doors.api(who, "POST", path, body(table, found, code=code()))
    assert (signed.status, method(table, signed.json()["code"])["level"]) == (201, "click+2FA")


@on_sqlite
def test_without_a_second_factor_the_level_is_a_click(table: Table, client: Client) -> None:
    table.rule()
    found, who = table.member()
    code, _ = table.sign(found, who)
    assert method(table, code) == {"level": "click", "reauthentication": "password", "second_factor": None}
    assert "ワンタイムコード" not in client.open(f"/certificates/{code}").text
