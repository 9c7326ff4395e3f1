"""The suite's own helpers: a fixture that lies would make every test that uses it worthless."""
import hashlib
import smtplib
from email.message import EmailMessage

import httpx
import pytest
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from tests.support.mailbox import Mailbox
from tests.support.openid import CLAIM_FAULTS, HEADER_FAULTS
from tests.support.order import in_order
from tests.support.page import Page, query_of
from tests.support.provider import Provider
from tests.support.source import ROOT

CALLBACK = "https://sanpo.test/sign-in/oidc/city/callback"
VERIFIER = "a-verifier-that-is-long-enough-for-rfc-7636-section-4"


def relying_party(oidc: Provider) -> OAuth2Client:
    return OAuth2Client(oidc.client_id, oidc.client_secret, scope="openid email", redirect_uri=CALLBACK,
                        code_challenge_method="S256")


def id_token(oidc: Provider) -> str:
    with relying_party(oidc) as client:
        address, _ = client.create_authorization_url(f"{oidc.issuer}/authorize", nonce="once", code_verifier=VERIFIER)
        answer = oidc.sign_in(address)
        tokens = client.fetch_token(f"{oidc.issuer}/token", code=query_of(answer)["code"], code_verifier=VERIFIER)
    return tokens["id_token"]


def verified_claims(oidc: Provider, token: str) -> dict:
    keys = KeySet.import_key_set(httpx.get(f"{oidc.issuer}/jwks").json())
    decoded = jwt.decode(token, keys, algorithms=["RS256"])
    CodeIDToken(decoded.claims, decoded.header, {
        "iss": {"value": oidc.issuer}, "aud": {"value": oidc.client_id}, "nonce": {"value": "once"},
    }, {"nonce": "once", "client_id": oidc.client_id}).validate(now=int(oidc.records.now()))
    return decoded.claims


def test_the_provider_signs_in_a_resident_with_pkce(oidc: Provider) -> None:
    claims = verified_claims(oidc, id_token(oidc))
    assert (claims["sub"], claims["email"], claims["email_verified"]) == ("hanako", "hanako@example.test", True)


def test_the_provider_wants_pkce(oidc: Provider) -> None:
    answer = httpx.get(f"{oidc.issuer}/authorize", params={
        "response_type": "code", "client_id": oidc.client_id, "redirect_uri": CALLBACK, "scope": "openid"})
    assert (answer.status_code, "invalid_request" in answer.text) == (400, True)


@pytest.mark.parametrize("fault", [*HEADER_FAULTS, "wrong nonce", "no nonce", "wrong issuer", "wrong audience",
                                   "expired", "issued in the future", "no subject", "foreign azp"])
def test_a_fault_of_the_provider_is_one_that_a_careful_client_refuses(oidc: Provider, fault: str) -> None:
    oidc.fail(fault)
    token = id_token(oidc)
    with pytest.raises((JoseError, ValueError)):
        verified_claims(oidc, token)


def test_every_fault_has_a_name_of_its_own() -> None:
    assert set(CLAIM_FAULTS) & set(HEADER_FAULTS) == set()


def test_the_mailbox_reads_japanese_mail(mailbox: Mailbox) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["To"] = "ご登録の確認", "sanpo@sanpo.test", "hanako@example.test"
    mail.set_content("次のリンクを開いてください。\nhttps://sanpo.test/confirm/abc\n")
    host, port = mailbox.url.removeprefix("smtp://").split(":")
    with smtplib.SMTP(host, int(port)) as server:
        server.send_message(mail)
    received = mailbox.wait_for("hanako@example.test", "確認")
    assert (received.subject, received.language, received.link("/confirm/")) == (
        "ご登録の確認", "ja", "https://sanpo.test/confirm/abc")


def test_a_form_is_sent_with_what_stands_in_it() -> None:
    html = """<form action="/save" method="post"><input type="hidden" name="csrf" value="t">
      <input name="title" value="A &amp; B"><textarea name="body">\nline</textarea>
      <select name="area"><option value="1">x<option value="2" selected>y</option></select>
      <input type="checkbox" name="agree" value="yes"><input type="checkbox" name="mail" checked>
      <button name="go" value="1">Save it</button></form><a href="/next">Go  on</a>"""
    page = Page(httpx.Response(200, html=html, request=httpx.Request("GET", "https://sanpo.test/x")))
    assert page.form("Save it").fields == [
        ("csrf", "t"), ("title", "A & B"), ("body", "line"), ("area", "2"), ("mail", "on")]
    assert page.link("Go on") == "/next"


def test_the_vendored_files_are_what_was_vendored() -> None:
    folder = ROOT / "tests" / "vendor"
    expected = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert expected == {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in expected}


class Item:
    def __init__(self, nodeid: str, *fixtures: str) -> None:
        self.nodeid, self.fixturenames = nodeid, fixtures


@pytest.mark.parametrize("workers", [2, 3, 5])
def test_every_worker_begins_with_its_costly_files_and_none_is_lost(workers: int) -> None:
    costly = [Item(f"tests/{file}.py::{n}", "serve") for file in "abcdef" for n in range(5)]
    items = [Item(f"tests/short.py::{n}") for n in range(71)] + costly
    found = in_order(items, workers)
    assert sorted(map(id, found)) == sorted(map(id, items))
    starts = [len(found) * worker // workers for worker in range(workers)]
    assert all(found[start + 1] in costly for start in starts)
    files = [item.nodeid[:7] for item in found if item in costly]
    assert sum(one != other for one, other in zip(files, files[1:], strict=False)) == 5  # a file's tests stay together
