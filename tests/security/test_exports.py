"""What leaves the platform does nothing in the program that opens it: tables, feeds, mails, file names."""
import csv
import io
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from participation.mail.models import Mail
from participation.subjects import Subject
from participation.web.csv import csv_text
from tests.security.payloads import PAYLOADS
from tests.security.requests import address
from tests.security.world import BASE_URL, ROUTES, World, name_of

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULAS = ("=1+1", "=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-1+1", "\t=1", "\r=1", " =1", "\u3000=1", "\uff1d1+1",
    "\n@x", "'=1",
            '="x"', ";=1", ",=1", '"=1')
TABLES = {"GET /proposals.csv", "GET /organisations.csv", "GET /rules/{key}/signatures.csv",
          "GET /kpis.csv", "GET /kpis/{key}/table.csv", "GET /kpis/{key}/records.csv",
          "GET /services.csv", "GET /pilots.csv", "GET /services/{slug}/feedback.csv", "GET /rules/board.csv",
          "GET /services/{slug}/reports.csv", "GET /services/{slug}/backlog.csv",
          "GET /backlog.csv", "GET /services/{slug}/backlog/voices.csv", "GET /services/{slug}/backlog/releases.csv",
          "GET /datasets.csv", "GET /ballots/{slug}/counted.csv",
          "GET /ballots/{slug}/result.csv", "GET /challenges.csv",
          "GET /workshops/{slug}/draw/pool.csv", "GET /workshops/{slug}/draw/quotas.csv",
          *(f"GET /opinion-maps/{{slug}}/{name}.csv"
            for name in ("votes", "comments", "participants-votes", "summary"))}
TEXT = some.one_of(some.sampled_from(FORMULAS), some.text(max_size=30), some.builds(
    str.__add__, some.sampled_from([*STARTS, " ", "\u3000", "\u00a0", '"', ",", ";"]), some.text(max_size=12)))


def dangerous(cell: str) -> bool:
    return cell.lstrip(" \u3000").startswith(STARTS)


@pytest.mark.asvs("1.2.10")
@settings(max_examples=400, deadline=None, database=None, derandomize=True)
@given(some.lists(some.lists(TEXT, min_size=2, max_size=4), min_size=1, max_size=4))
def test_no_cell_of_a_table_is_a_formula(rows: list[list[str]]) -> None:
    text = csv_text(("a", "b"), rows)
    assert text.startswith("\ufeff")
    found = list(csv.reader(io.StringIO(text[1:], newline="")))[1:]
    assert [len(row) for row in found] == [len(row) for row in rows], "nothing breaks out of its cell"
    assert [cell for row in found for cell in row if dangerous(cell)] == []


def retitle(world: World, title: str) -> None:
    def write(session) -> None:
        for subject in session.scalars(select(Subject)):
            subject.title = title
    world.services.db.write(write)


@pytest.mark.asvs("1.2.10")
def test_every_table_of_the_platform_is_written_that_way(world: World) -> None:
    found = set()
    retitle(world, "=HYPERLINK(\"https://evil.example\")")
    for route in ROUTES:
        if route.method != "GET" or route.foreign:
            continue
        page = world.browsers["administrator"].get(address(world, route, "published"))
        if page.headers.get("content-type", "").startswith("text/csv"):
            found.add(name_of(route))
            rows = list(csv.reader(io.StringIO(page.response.content.decode("utf-8-sig"), newline="")))
            assert len(rows) > 1 and [cell for row in rows for cell in row if dangerous(cell)] == []
            assert page.headers["content-disposition"].startswith("attachment")
    assert found == TABLES


@pytest.mark.asvs("1.2.1")
def test_a_feed_stays_well_formed_and_brings_no_active_tags(world: World) -> None:
    retitle(world, " ".join(PAYLOADS).replace("\x00", ""))
    page = world.browsers["anonymous"].get("/proposals.atom")
    feed = ElementTree.fromstring(page.response.content)
    assert feed.tag.endswith("}feed") and "<script" not in page.html.lower()


@pytest.mark.asvs("1.3.11")
def test_no_address_and_no_title_adds_a_header_to_a_mail(world: World, deliver) -> None:
    browser, ours = world.browsers["anonymous"], {"Origin": BASE_URL}
    for evil in ("a@b.example\r\nBcc: c@d.example", "a@b.example\nBcc: c@d.example", "a@b.example%0aBcc:x",
                 "a@b.example,c@d.example", "<a@b.example>", "a@b.example c@d.example", "a@b.example;c@d.example",
                 "\"a\r\nX: y\"@b.example"):
        for path in ("/sign-up", "/sign-in/link", "/reset"):
            page = browser.request("POST", path, data={"email": evil}, headers=ours)
            assert (page.status, "aria-invalid" in page.html) == (422, True), (path, evil)
    retitle(world, "A title\r\nBcc: c@d.example\r\n\r\nwith a body")
    world.browsers["citizen"].api("POST", "/comments", {
        "on": {"type": "proposal", "id": world.things["subject", "published"]}, "body": "Yes indeed"},
        token=world.tokens["citizen"])
    deliver()
    with world.services.db.read() as session:
        mails = session.scalars(select(Mail)).all()
    assert [mail.id for mail in mails if "\n" in mail.subject or "\r" in mail.subject or "\n" in mail.recipient] == []
