"""The log of a real server: numbered within a second, checked from outside, readable on every screen."""

import pytest

from participation.clock import system_clock
from participation.db import Database
from participation.events import record
from tests.audit.log import SOMEBODY, StoneLaid
from tests.support.browser import DESK, PHONE
from tests.support.waiting import wait_for


@pytest.fixture(scope="module")
def server(standing):
    """A server while which runs another process recorded seven entries; they are numbered within a second."""

    def work(session):
        for stone in range(7):
            record(session, StoneLaid(stone=stone), actor=SOMEBODY, now=system_clock(), private={"why": "asked"})

    server = standing(SANPO_DEBUG="0")  # the log's own
    database = Database(f"sqlite:///{server.data / 'sanpo.sqlite3'}", owner=False)
    database.write(work)
    database.close()
    wait_for(lambda: server.get("/audit/entries")["total"] == 7, "seven entries", seconds=1.5)
    return server


def test_entries_appear_within_a_second_and_are_checked_from_outside(server, tmp_path):
    wait_for(lambda: server.get("/audit/proof?entry=3")["size"] == 7, "a proof", seconds=1)
    server.sanpo("audit", "export", str(tmp_path / "log.jsonl"), "--url", server.url)
    key = server.get("/audit/head")["key"]
    assert "The audit log holds: 7 entries" in server.sanpo(
        "audit", "verify", "--export", str(tmp_path / "log.jsonl"), "--key", key
    )
    assert "The audit log holds: 7 entries" in server.sanpo("audit", "verify")


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_pages_are_good_to_read(server, visit, width, language):
    visitor = visit(server.url, width=width, language=language)
    for name, path in (("audit", "/audit"), ("audit-entry", "/audit/entries/3")):
        visitor.open(path)
        visitor.look(name)
