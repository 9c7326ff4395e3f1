"""A second factor on a phone without scripts and at a desk: set up, kept on paper, asked for at the next sign-in."""
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
    page.locator("#code").fill(app.at(int(time.time()) - 30))  # leaves the present one for signing in
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
