"""Every page of accounts in a real browser: looked at, and held against the rules of accessibility."""
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor
from tests.support.provider import Provider

Visit = Callable[..., Visitor]
SIZES = [(PHONE, "ja"), (PHONE, "en"), (DESK, "ja"), (DESK, "en")]


@pytest.mark.parametrize(("width", "language"), SIZES)
def test_the_doors(city: DemoCity, visit: Visit, width: int, language: str) -> None:
    visitor = visit(city.url, width=width, language=language)
    for path in ("/sign-in", "/sign-up", "/sign-in/link", "/reset"):
        visitor.open(path)
        visitor.look("accounts" + path.replace("/", "-"))
    page = visitor.open("/sign-up")
    page.locator("#email").fill("nobody")
    page.locator("main form button").first.click()
    expect(page.locator(".error-summary")).to_be_focused()
    visitor.look("accounts-sign-up-refused")
    page.locator("#email").fill(f"{language}{width}@example.test")
    page.locator("main form button").first.click()
    visitor.look("accounts-check-your-mail")
    visitor.open(city.mailbox.wait_for(f"{language}{width}@example.test").link("/sign-up/").removeprefix(city.url))
    visitor.look("accounts-welcome")


@pytest.mark.parametrize(("width", "language"), SIZES)
def test_own_pages(city: DemoCity, visit: Visit, width: int, language: str) -> None:
    visitor = visit(city.url, width=width, language=language)
    city.sign_in(visitor, "citizen" if language == "ja" else "citizen2")
    for path in ("/me", "/me/profile", "/me/verification", "/me/security", "/me/data"):
        visitor.open(path)
        visitor.look("accounts" + path.replace("/", "-"))


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ja"), (DESK, "en")])
def test_the_desk(city: DemoCity, visit: Visit, width: int, language: str) -> None:
    visitor = visit(city.url, width=width, language=language)
    city.sign_in(visitor, "admin")
    page = visitor.open("/admin/accounts")
    visitor.look("accounts-desk-list")
    page.locator("main li a").first.click()
    visitor.look("accounts-desk-account")
    visitor.open("/admin/register")
    visitor.look("accounts-desk-register")


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ja"), (DESK, "en")])
def test_taking_part_signed_out(city: DemoCity, visit: Visit, width: int, language: str) -> None:
    visitor = visit(city.url, width=width, language=language, javascript=width == DESK)
    page = visitor.open("/proposals?state=published")
    page.locator("main h3 a, main h2 a").first.click()
    where = page.url
    page.locator("#support-dock-button" if width == PHONE else "#support-button").click()
    expect(page.locator("h1")).to_have_count(1)
    page.locator("#email").fill(f"part{width}@example.test")
    visitor.look("accounts-take-part")
    page.locator("form[action='/take-part'] button").click()
    mail = city.mailbox.wait_for(f"part{width}@example.test")
    visitor.open(mail.link("/take-part/").removeprefix(city.url))
    visitor.look("accounts-take-part-confirm")
    page.locator("main form button").click()
    assert page.url == where
    expect(page.locator("#support")).to_contain_text({"ja": "賛同しました", "en": "You support this"}[language])


def test_a_provider_is_reached_and_left_under_the_content_security_policy(
    serve: Callable[..., object], visit: Visit, oidc: Provider
) -> None:
    server = serve(**oidc.environment())
    visitor = visit(server.url, language="en")
    page = visitor.open("/sign-in?next=/help")
    visitor.look("accounts-sign-in-provider")
    page.get_by_role("button", name="Go on with City ID").click()
    page.get_by_role("button", name="Hanako").click()
    visitor.look("accounts-provider-join")
    page.locator("main form button").click()
    assert page.url == f"{server.url}/help"
