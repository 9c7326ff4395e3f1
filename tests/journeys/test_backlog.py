"""A voice on its whole way in a browser: feedback, an improvement, its release, and whether it helped."""
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from participation.policy import Actor
from tests.backlog.scene import NOTE
from tests.checks.scene import Board
from tests.journeys.test_membership import Screen, environment, served
from tests.services.scene import Catalogue, catalogue, council
from tests.support.application import People
from tests.support.browser import PHONE, Visitor
from tests.support.clock import TestClock
from tests.support.databases import on_sqlite

__all__ = ["catalogue", "council", "environment", "served"]
WORDS = "坂の上の団地まで来てほしいです。"
TITLE = "坂の上の団地まで走る"


class Person(Screen):
    def look(self, name: str) -> None:
        self.step += 1
        self.visitor.look(f"backlog-{self.step:02}-{name}")


def speak(citizen: Person, path: str) -> None:
    """One tap, then a few words."""
    page = citizen.open(path)
    page.locator("#feedback button[value='2']").click()
    page.locator("#body").fill(WORDS)
    page.get_by_role("button", name="送る").last.click()
    expect(page.locator("#feedback .words")).to_have_text(WORDS)
    citizen.look("said")


def take_up(owner: Person, path: str) -> None:
    """From the inbox onto the list, then three steps on the board."""
    page = owner.open(f"{path}/inbox")
    expect(page.locator("main")).to_contain_text(WORDS)
    owner.look("inbox")
    page.get_by_role("link", name="対応する").click()
    page.locator("#open-title").fill(TITLE)
    owner.look("voice")
    page.get_by_role("button", name="一覧に加える").click()
    expect(page.locator("main")).to_contain_text("待っている声はありません")
    page = owner.open(f"{path}/backlog")
    for step, column in (("検討を始める", "triaged"), ("計画する", "planned"), ("取り組みを始める", "in_progress")):
        page.get_by_role("button", name=step).press("Enter")
        expect(page.locator(f"section[aria-labelledby=column-{column}]")).to_contain_text(TITLE)
    owner.look("board")


def release(owner: Person, path: str) -> None:
    """Not without saying what is different."""
    page = owner.open(f"{path}/backlog")
    page.get_by_role("link", name=TITLE).click()
    page.locator("summary", has_text="反映済みにする").click()
    page.locator("main").get_by_role("button", name="反映済みにする").click()
    expect(page.locator("#moves")).to_contain_text("何が変わったか")
    page.locator("#released-release_note").fill(NOTE)
    page.locator("main").get_by_role("button", name="反映済みにする").click()
    expect(page.locator("#item .tag").first).to_contain_text("反映済み")
    owner.look("released")


def says_that_it_helped(citizen: Person) -> None:
    """Asked after four weeks; nothing is said before the click."""
    page = citizen.open("/me/notices")
    page.locator("main form").filter(has_text="本当に役に立ちましたか").get_by_role("button").first.click()
    citizen.look("asked")
    page.get_by_role("button", name="役に立った", exact=True).click()
    expect(page.locator("#helped")).to_contain_text("あなたの答え: 役に立った")
    citizen.look("helped")


def found(page: Page) -> str:
    return page.locator("main").inner_text()


def judged(visitor: Person, board: str) -> str:
    """What the rule board says of the organisation that runs the service."""
    return (visitor.open(board).locator(".board .found").first.get_attribute("class") or "").removeprefix("found is-")


@on_sqlite
def test_a_voice_becomes_a_release_and_its_author_says_that_it_helped(
        served: str, catalogue: Catalogue, person: People, clock: TestClock, deliver: Any,
        visit: Callable[..., Visitor]) -> None:
    mine, runs_it = catalogue.member()
    service = catalogue.service(mine)
    Board(catalogue.table).rule(
        {"kind": "computed", "name": "feedback_answered_within", "days": 30, "share": 0.8}, slug="quality")
    path, board = f"/services/{service.slug}", "/rules/board?rule=quality"
    hanako: Actor = person("みなとの花子")
    citizen, owner = (Person(visit(served, width=width), person, who)
                      for width, who in ((PHONE, hanako), (1280, runs_it)))
    assert judged(citizen, board) == "no_data"
    speak(citizen, path)
    deliver()
    assert judged(citizen, board) == "due"
    clock.advance(days=2)
    take_up(owner, path)
    clock.advance(days=40)
    release(owner, path)
    deliver()
    expect(citizen.open("/me/notices").locator("main")).to_contain_text("あなたの声が反映されました")
    citizen.look("told")
    clock.advance(days=29)
    deliver()  # the question is due
    deliver()  # and whoever it is meant for is told
    says_that_it_helped(citizen)
    figures = found(citizen.open(f"{path}/backlog/figures"))
    assert [words in figures for words in ("100パーセント", "2.0日", "42.0日", "役に立った1人")] == [True] * 4
    assert NOTE in found(citizen.open(path))
    assert judged(citizen, board) == "kept"
