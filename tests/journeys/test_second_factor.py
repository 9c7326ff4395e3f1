"""A second factor, on a phone without scripts and at a desk: set up, kept on paper, asked for at the next sign-in."""
import re
import time
from collections.abc import Callable

import pyotp
import pytest
from playwright.sync_api import expect

from tests.support.browser import DESK, PHONE, Visitor
from tests.support.server import Server

EMAIL, PASSWORD = "hanako@example.test", "seven paper boats drift"


@pytest.fixture
def server(serve: Callable[..., Server]) -> Server:
    made = serve()
    made.sanpo("account", "create", EMAIL, "--name", "Hanako", "--password", PASSWORD)
    return made


def prove(visitor: Visitor) -> None:
    page = visitor.open("/sign-in?next=/me/second-factor")
    page.locator("#email").fill(EMAIL)
    page.locator("#password").fill(PASSWORD)
    page.locator("main form button").first.click()


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ja"), (DESK, "en")])
def test_one_time_codes(server: Server, visit: Callable[..., Visitor], width: int, language: str) -> None:
    visitor = visit(server.url, width=width, language=language, javascript=width == DESK)
    page = visitor.page
    prove(visitor)
    visitor.look("factor-off")
    page.locator("#current").fill(PASSWORD)
    page.locator("form[action='/me/second-factor'] button").click()
    visitor.look("factor-set-up")
    app = pyotp.TOTP(re.sub(r"\s", "", page.locator("main b.mono").inner_text()))
    page.locator("#code").fill(app.now())
    page.locator("form[action='/me/second-factor/set-up'] button").click()
    expect(page.locator("main ol li")).to_have_count(10)
    visitor.look("factor-recovery-codes")
    with page.expect_download() as download:
        page.locator("a[download]").click()
    sheet = download.value.path().read_text(encoding="utf-8").split()
    page.locator("form[action='/sign-out'] button").first.click()
    prove(visitor)
    visitor.look("factor-code")
    page.locator("#code").fill("000000")
    page.locator("main form button").first.click()
    visitor.look("factor-code-refused")
    page.locator("a[href='/sign-in/recovery-code']").click()
    visitor.look("factor-recovery-code")
    page.locator("#recovery").fill(sheet[-1])
    page.locator("main form button").first.click()
    assert page.url.endswith("/me/second-factor")
    visitor.look("factor-on")


@pytest.fixture
def at_localhost(server: Server) -> Server:
    """The same under a name: a passkey is made for a host, and an address of digits is none."""
    server.stop()
    server.url = f"http://localhost:{server.port}"
    server.environment["SANPO_BASE_URL"] = server.url
    return server.start()


def test_a_passkey_instead_of_a_code(at_localhost: Server, visit: Callable[..., Visitor]) -> None:
    visitor = visit(at_localhost.url, width=DESK, language="en")
    page, device = visitor.page, visitor.context.new_cdp_session(visitor.page)
    device.send("WebAuthn.enable")
    key = device.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True}})["authenticatorId"]
    prove(visitor)
    page.locator("#current").fill(PASSWORD)
    page.locator("form[action='/me/second-factor'] button").click()
    app = pyotp.TOTP(re.sub(r"\s", "", page.locator("main b.mono").inner_text()))
    began = int(time.time())
    page.locator("#code").fill(app.at(began))  # a code is taken one step early or late, so slowness does no harm
    page.locator("form[action='/me/second-factor/set-up'] button").click()
    expect(page.locator("main ol li")).to_have_count(10)
    visitor.open("/me/second-factor")
    page.locator("#k-name").fill("Phone")
    page.locator("#k-current").fill(PASSWORD)
    page.locator("#k-code").fill(app.at(began + 30))
    page.locator("[data-passkey-field=created]").click()
    expect(page.locator("main li b", has_text="Phone")).to_have_count(1)
    visitor.look("factor-passkey")
    page.locator("form[action='/sign-out'] button").first.click()
    prove(visitor)
    visitor.look("factor-code-or-passkey")
    page.locator("[data-passkey]").click()
    page.wait_for_url("**/me/second-factor")
    page.locator("form[action$='recovery-codes'] #current").fill(PASSWORD)
    page.locator("form[action$='recovery-codes'] [data-passkey]").click()
    expect(page.locator("main ol li")).to_have_count(10)
    device.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.locator("form[action='/sign-out'] button").first.click()
    prove(visitor)
    page.locator("[data-passkey]").click()
    expect(page.locator("[data-passkey-failed]")).to_be_visible()
    assert page.url.endswith("/sign-in/code")
    visitor.check_manners()
