"""The record of a workshop in a browser: a poster gets its picture, is published, printed, and becomes a proposal."""
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from tests.journeys.test_membership import Screen, environment, served
from tests.support.application import People
from tests.support.browser import PHONE, Visitor
from tests.support.databases import on_sqlite
from tests.workshops.records.scene import HeldDay, day

__all__ = ["day", "environment", "served"]
TITLE = "坂の途中に見守りベンチを置いてほしい"
POINTS = {"a4": (595, 842), "a3": (842, 1191)}  # PostScript points of the papers, ISO 216


class Person(Screen):
    def look(self, name: str) -> None:
        self.step += 1
        self.visitor.look(f"record-{self.step:02}-{name}")


@pytest.fixture
def bench(tmp_path: Path) -> Path:
    """A drawing of a bench under a lamp."""
    picture = Image.new("RGB", (900, 600), "#e3eaf5")
    draw = ImageDraw.Draw(picture)
    draw.ellipse((380, 60, 520, 200), fill="#ffd84a")
    draw.rectangle((200, 380, 700, 420), fill="#ab3f1b")
    picture.save(tmp_path / "bench.png")
    return tmp_path / "bench.png"


def put_picture(team: Person, path: str, file: Path) -> None:
    page = team.open(f"{path}/picture")
    page.locator("input[type=file]").set_input_files(file)
    page.locator("#alt").fill("灯りの下のベンチ")
    page.get_by_role("button", name="ポスターに載せる").click()
    expect(page.locator(".poster img")).to_have_attribute("alt", "灯りの下のベンチ")


def publish(organiser: Person) -> None:
    """Not before the list of what is missing is empty."""
    page = organiser.open("/workshops/park/record/publish")
    expect(page.locator("h1")).to_have_text("記録はまだ公開できません")
    organiser.look("missing")
    page.get_by_role("link", name="当日のようすが書かれている").click()
    page.locator("#story_ja").fill("坂を歩いて、休む所を数えました。")
    page.locator("form[action$=story]").get_by_role("button", name="保存").click()
    page.locator("#text_ja").fill("歩いてから考える。")
    page.get_by_role("button", name="学びを加える").click()
    organiser.look("written")
    page.get_by_role("link", name="記録を公開する").first.click()
    page.get_by_role("button", name="記録を公開する").click()
    expect(page.locator("h1")).to_contain_text("記録: 夜の公園")
    organiser.look("published")


def printed(page: Page) -> tuple[int, tuple[int, int], bool]:
    """(pages, size in points, whether a picture is on it) of the page as the browser prints it."""
    pdf = page.pdf(prefer_css_page_size=True, print_background=True)
    boxes = re.findall(rb"/MediaBox\s*\[\s*0\s+0\s+([0-9.]+)\s+([0-9.]+)", pdf)
    width, height = (round(float(number)) for number in boxes[0])
    return len(re.findall(rb"/Type\s*/Page\b", pdf)), (width, height), b"/Subtype /Image" in pdf


@on_sqlite
def test_a_poster_is_printed_with_its_picture_and_becomes_a_proposal(
        served: str, day: HeldDay, person: People, deliver: Any, visit: Callable[..., Visitor], bench: Path) -> None:
    path = f"/posters/{day.poster}"
    team, organiser = (Person(visit(served, width=width), person, who)
                       for width, who in ((PHONE, day.hana), (1280, day.facilitator)))
    put_picture(team, path, bench)
    publish(organiser)
    page = team.open(path)
    team.look("poster")
    for paper, size in POINTS.items():
        sheet = team.open(f"{path}/print?paper={paper}")
        pages, found, picture = printed(sheet)
        assert (pages, picture) == (1, True), paper
        assert all(abs(a - b) <= 1 for a, b in zip(found, size, strict=True)), (paper, found)
    page = team.open(path)
    page.get_by_role("link", name="提案にする").click()
    page.locator("#title").fill(TITLE)
    page.locator("#publish").check()
    team.look("turning")
    page.get_by_role("button", name="提案にする").click()
    expect(page.locator("h1")).to_have_text(TITLE)
    expect(page.locator("main")).to_contain_text("ワークショップから")
    expect(page.locator("main img").first).to_have_attribute("alt", "灯りの下のベンチ")
    team.look("proposal")
    page.get_by_role("link", name="見守りベンチ").click()
    expect(page.locator("main")).to_contain_text(TITLE)
    organiser.open(f"/personas/{day.persona}")
    organiser.look("persona")
    team.open("/posters")
    team.look("gallery")
