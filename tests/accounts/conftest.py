"""What the tests of accounts share: a mail server, and a short way through the mailed link."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.mailbox import Mailbox

PASSWORD = "tall camphor trees whisper"


@pytest.fixture
def environment(mailbox: Mailbox) -> dict[str, str]:
    return {"SANPO_SMTP_URL": mailbox.url}


def path_of(link: str) -> str:
    assert link.startswith("https://sanpo.test/")
    return link.removeprefix("https://sanpo.test")


@pytest.fixture
def newest_link(deliver: Callable[[], int], mailbox: Mailbox) -> Callable[[str, str], str]:
    """newest_link("hanako@example.test", "/reset/") -> the path of that link in the newest mail."""

    def find(email: str, part: str) -> str:
        deliver()
        return path_of(mailbox.to(email)[-1].link(part))

    return find


@pytest.fixture
def join(client: Client, newest_link: Callable[[str, str], str]) -> Callable[..., Any]:
    """join("hanako@example.test") -> the browser of somebody who has just joined."""

    def do(email: str, password: str = PASSWORD, browser: Client | None = None) -> Client:
        browser = browser or client
        browser.submit(browser.open("/sign-up?next=/me"), {"email": email}, form="email")
        browser.submit(browser.open(newest_link(email, "/sign-up/")), {"password": password}, form="password")
        return browser

    return do
