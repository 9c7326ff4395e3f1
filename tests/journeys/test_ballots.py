"""A secret ballot on its whole way in a browser; a ranking by the keyboard alone; a budget without a script."""
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from participation.policy import Actor
from proposals.ballots.actions import publish_ballot
from tests.ballots.scene import Scene, scene
from tests.journeys.test_membership import Screen, environment, served
from tests.support.browser import PHONE, Visitor
from tests.support.databases import on_sqlite
from tests.support.server import COMMAND
from tests.support.source import ROOT

__all__ = ["environment", "scene", "served"]
Visit = Callable[..., Visitor]
# Ten voters: lamps leave first (no lot is drawn), their votes pass to the garden, which then has six of ten.
WISHES = [("bench", "garden")] * 4 + [("garden", "bench")] * 4 + [("lamps", "garden")] * 2


class Booth(Screen):
    """A screen at which one voter after the other sits down."""

    def look(self, name: str) -> None:
        self.step += 1
        self.visitor.look(f"ballot-{self.step:02}-{name}")

    def sit_down(self, who: Actor) -> Page:
        self.who = who
        return self.open("/ballots/park-1")

    def rank(self, *keys: str) -> str:
        """From the paper to the receipt, which it answers."""
        page = self.visitor.page
        for key in ("bench", "garden", "lamps"):
            place = str(keys.index(key) + 1) if key in keys else ""
            page.locator(f"#option-{key}").select_option(place)
        page.locator("button[value=check]").click()
        expect(page.locator(".entries li").first).to_contain_text(f"案 {keys[0]}")
        page.locator("form[action$='/vote'] button").first.click()
        return page.locator("#receipt").input_value()


@on_sqlite
def test_ten_people_vote_in_secret_and_everybody_can_count_again(
        served: str, visit: Visit, scene: Scene, deliver: Any, tmp_path: Path) -> None:
    ballot = scene.ballot("runoff", needs=["resident"])
    booth = Booth(visit(served, width=PHONE, language="ja", javascript=False), scene.person, scene.desk)
    stranger = booth.sit_down(scene.person())
    expect(stranger.locator("main a[href='/me/verification']")).to_be_visible()
    assert stranger.locator("#slip").count() == 0
    receipts = []
    for voter, wish in zip(scene.voters(10, verifications=("resident",)), WISHES, strict=True):
        booth.sit_down(voter)
        receipts.append(booth.rank(*(("bench",) if len(receipts) == 9 else wish)))
    page = booth.sit_down(booth.who)  # the last of them thinks again
    assert page.locator("#option-bench").input_value() == "1"
    receipts.append(booth.rank(*WISHES[9]))
    scene.clock.advance(days=8)
    deliver(), deliver()
    assert receipts[0] not in booth.open("/ballots/park-1/receipts").content()
    scene.do(publish_ballot, scene.desk, ballot)
    look_up(booth, visit(served, width=PHONE, language="ja"), receipts)
    count_again(booth.visitor.page, tmp_path / "ballots.json")


def look_up(booth: Booth, visitor: Visitor, receipts: list[str]) -> None:
    """The changed vote is found under its new receipt only, however it is typed."""
    page = visitor.open("/ballots/park-1/receipts")
    for receipt, said in ((receipts[10], "この票は数えられました"), (receipts[9], "この番号の票は見つかりません")):
        page.locator("#receipt").fill(receipt.lower().replace("-", " "))
        page.locator("#receipt").press("Enter")
        expect(page.locator("#found")).to_contain_text(said)
        visitor.look(f"ballot-receipt-{receipts.index(receipt)}")
    assert page.locator("tbody tr").count() == 10


def count_again(page: Page, file: Path) -> None:
    """With the published file and nothing else."""
    file.write_text(page.request.get("/ballots/park-1/ballots.json").text(), encoding="utf-8")
    published = json.loads(file.read_text(encoding="utf-8"))["result"]
    assert published["winners"] == ["garden"]
    done = subprocess.run([*COMMAND, "tally", str(file), "--json"], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, json.loads(done.stdout)["winners"]) == (0, published["winners"]), done.stderr


@on_sqlite
def test_options_are_ranked_by_the_keyboard_alone(served: str, visit: Visit, scene: Scene) -> None:
    scene.ballot("runoff")
    booth = Booth(visit(served, width=PHONE, language="ja"), scene.person, scene.desk)
    page = booth.sit_down(scene.person())
    for key, place in (("lamps", 1), ("bench", 2)):
        up = page.locator(f"li:has(#option-{key}) [data-move='-1']")
        up.focus()
        page.keyboard.press("Enter")
        expect(page.locator("#status")).to_have_text(f"「案 {key}」はいま{place}位です")
    page.keyboard.press("Space")
    expect(page.locator("#status")).to_have_text("「案 bench」はいま1位です")
    assert page.evaluate("document.activeElement.closest('li').dataset.title") == "案 bench"
    assert page.locator("[data-option]").first.get_attribute("data-title") == "案 bench"
    booth.look("ranking")
    page.locator("button[value=check]").press("Enter")
    booth.look("check")
    page.locator("form[action$='/vote'] button").first.press("Enter")
    expect(page.locator("#receipt")).to_have_value(re.compile("^([0-9A-Z]{4}-){6}[0-9A-Z]{2}$"))
    booth.look("receipt")


@on_sqlite
def test_a_budget_says_what_is_left_with_and_without_a_script(served: str, visit: Visit, scene: Scene) -> None:
    scene.ballot("equal_shares", rules={"budget": 10_000_000, "max_cost": 8_000_000})
    voter = scene.person()
    booth = Booth(visit(served, width=PHONE, language="ja"), scene.person, voter)
    page = booth.open("/ballots/park-1")
    page.locator("#option-bench").press("Space")
    expect(page.locator("#status")).to_have_text("合計3,000,000円。残り5,000,000円")
    page.locator("#option-garden").press("Space")
    expect(page.locator(".slip-sum")).to_contain_text("残り1,000,000円")
    booth.look("budget")
    plain = Booth(visit(served, width=PHONE, language="ja", javascript=False), scene.person, voter)
    page = plain.open("/ballots/park-1")
    for key in ("bench", "garden", "lamps"):
        page.locator(f"#option-{key}").press("Space")
    page.locator("button[value=count]").click()
    expect(page.locator(".slip-sum")).to_contain_text("4,000,000円超えています")
    page.locator("button[value=check]").click()
    expect(page.locator("#paper-error")).to_contain_text("次をはずすと収まります: 案 garden")
    page.locator("#option-garden").press("Space")
    page.locator("button[value=check]").click()
    page.locator("form[action$='/vote'] button").first.click()
    expect(page.locator("#receipt")).to_be_visible()
