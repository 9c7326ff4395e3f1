"""An organisation joins, signs, lapses after a new version and comes back: in a browser, months in seconds."""
import re
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page, expect
from sqlalchemy import select

from participation.mail.models import Mail
from participation.policy import Actor
from tests.membership.scene import Council, council, form_values
from tests.signing.scene import Table, desk, table
from tests.support.application import People
from tests.support.browser import PHONE, Visitor
from tests.support.clock import TestClock
from tests.support.databases import on_sqlite
from tests.support.mailbox import free_port
from tests.support.waiting import wait_for

__all__ = ["council", "desk", "table"]
PORT = free_port()
URL = f"http://127.0.0.1:{PORT}"


@pytest.fixture
def environment() -> Mapping[str, str]:
    return {"SANPO_BASE_URL": URL}


@pytest.fixture
def served(app: Any) -> Iterator[str]:
    """The application of this process on a real port, so that its clock can be moved."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=PORT, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    wait_for(lambda: server.started, "the server in this process", seconds=20)
    yield URL
    server.should_exit = True
    thread.join(20)


class Screen:
    """A person at a screen, signed in anew whenever months have passed."""

    def __init__(self, visitor: Visitor, person: People, who: Actor) -> None:
        self.visitor, self.person, self.who, self.step = visitor, person, who, 0

    def open(self, path: str) -> Page:
        key = self.person.session_key(self.who)
        self.visitor.context.add_cookies([{"name": "sid", "value": key, "url": URL}])
        return self.visitor.open(path)

    def look(self, name: str) -> None:
        self.step += 1
        self.visitor.look(f"membership-{self.step:02}-{name}")


def standing(screen: Screen, path: str, words: str) -> None:
    expect(screen.open(path).locator(".page-head .tag").first).to_have_text(words)
    screen.look("standing")


def sign(screen: Screen, path: str, articles: int) -> None:
    """Confirm each open article, one at a time, then sign."""
    page = screen.open(path)
    page.get_by_role("link", name="読んで署名する").first.click()
    screen.look("reading")
    for _ in range(articles):
        page.get_by_role("button", name="読みました・同意します").and_(page.locator(".btn:not(.line)")).first.click()
    page.locator("#signatory_title").fill("代表取締役")
    page.locator("#authority input").first.check()
    page.locator("#agree").check()
    screen.look("before-signing")
    page.get_by_role("button", name="団体として署名する").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("同意証明書")
    assert page.get_by_text("はい", exact=True).count() == 4
    screen.look("certificate")


@on_sqlite
def test_an_organisation_joins_signs_lapses_and_comes_back(
        served: str, table: Table, council: Council, person: People, clock: TestClock,
        visit: Callable[..., Visitor]) -> None:
    table.rule()
    founder = person("みなとの花子", email="hanako@example.test")
    own, secretary = (Screen(visit(served, width=width), person, who)
                      for width, who in ((PHONE, founder), (1280, council.desk)))
    page = own.open("/organisations/apply")
    values = form_values(1)
    page.locator("#kind").select_option(values.pop("kind"))
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)
    own.look("application")
    page.locator("button[value=send]").click()
    expect(page.locator(".page-head .tag").first).to_have_text("申請を審査中")
    path = page.url.removeprefix(served)
    review = secretary.open("/secretariat/members")
    review.locator("main h2 a").click()
    secretary.look("review")
    review.locator("button[value=approved]").click()
    standing(own, path, "承認済み・署名待ち")
    accept_signatory(own, table, path)
    sign(own, path, 2)
    standing(own, path, "会員")
    table.next_version(table.today)
    expect(own.open(path).get_by_text("更新が必要")).to_be_visible()
    own.look("renewal-due")
    clock.advance(days=61)
    standing(own, path, "署名が失効")
    sign(own, path, 1)
    standing(own, path, "会員")


def accept_signatory(own: Screen, table: Table, path: str) -> None:
    """The founder asks themselves by mail to be the signatory, and agrees."""
    page = own.open(f"{path}/people")
    page.locator("#email").fill(own.who.email)
    page.locator("input[value=signatory]").check()
    own.look("people")
    page.get_by_role("button", name="招待を送る").click()
    text = table.ask(lambda s: s.scalars(select(Mail.text).where(Mail.text.contains("/mandates/"))).one())
    page.goto(re.search(r"/mandates/\S+", text)[0])
    own.look("invitation")
    page.get_by_role("button", name="引き受ける").click()
