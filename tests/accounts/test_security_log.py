"""Who watches the log sees guessing; nobody can write lines of their own into it, and no address stands in it."""

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest

from participation.app import create_app
from participation.logs import JsonLines, TextLines
from tests.support.client import Client
from tests.support.databases import on_sqlite

pytestmark = on_sqlite
TEXT = TextLines("%(asctime)s %(levelname)s %(message)s")


@pytest.fixture(params=[TEXT, JsonLines()], ids=["text", "json"])
def lines(request) -> Iterator:
    """lines() -> what the application has written into its log."""
    written = io.StringIO()
    handler, root = logging.StreamHandler(written), logging.getLogger("sanpo")
    handler.setFormatter(request.param)
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield lambda: written.getvalue().splitlines()
    root.removeHandler(handler)
    root.setLevel(level)


@pytest.fixture
def guarded(services, loop, person) -> Iterator[Client]:
    browser = Client(create_app(replace(services, settings=replace(services.settings, rate_limits=True))), loop)
    browser.people = person
    yield browser
    browser.close()


@pytest.mark.asvs("16.3.1")
def test_each_failed_sign_in_is_a_line_and_no_address_stands_in_it(guarded, person, lines) -> None:
    hanako, page = person("Hanako"), guarded.open("/sign-in")
    for email in (hanako.email, hanako.email, "nobody@example.test"):
        guarded.submit(page, {"email": email, "password": "wrong wrong wrong"}, form="password")
    refused = [line for line in lines() if "sign-in refused (wrong password)" in line]
    marks = [line.partition("account ")[2][:12] for line in refused]
    assert (len(marks), marks[0] == marks[1], marks[0] == marks[2]) == (3, True, False)
    assert "@" not in "".join(lines())
    for _ in range(5):
        guarded.submit(page, {"email": hanako.email, "password": "wrong wrong wrong"}, form="password")
    assert any(f"sign-in refused (too many guesses): account {marks[0]}" in line for line in lines())


@pytest.mark.asvs("16.4.1")
@pytest.mark.parametrize("mark", ["%0a", "%0d%0a", "%c2%85", "%e2%80%a8", "%1b[2J%0b"])
def test_an_address_writes_no_line_of_its_own(client, lines, request, mark) -> None:
    client.get(f"/no-such-page{mark}2026-01-01 00:00:00 INFO sign-in accepted")
    (line,) = lines()
    assert "no-such-page" in line and line.isprintable()
    if "json" in request.node.name:
        assert json.loads(line)["status"] == 404
