"""The secretariat writes the next version of the vision in a real browser; citizens see what changed."""
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor

WORDS = {"ja": {"next": "次の版を書き始める", "publish": "公開して凍結する", "up": "上へ", "add": "節を加える",
                "saved": "に保存", "save": "保存する", "more": "どこでも、いつでもそうです。"},
         "en": {"next": "Begin the next version", "publish": "Publish and freeze", "up": "Move up",
                "add": "Add a section", "saved": "Saved", "save": "Save", "more": " This holds everywhere."}}
FILE = "# Plan\n\n## 目的\n\nよいまちにする。\n\n## 進め方\n\n声を聞く。\n"


@pytest.mark.parametrize(("width", "language"), [(PHONE, "ja"), (DESK, "en")])
def test_the_next_version_is_written_published_and_compared(
    city: DemoCity, visit: Callable[..., Visitor], width: int, language: str,
) -> None:
    desk, said = visit(city.url, width=width, language=language), WORDS[language]
    city.sign_in(desk, "secretariat")
    page = desk.open(f"/documents/vision?lang={language}")
    page.get_by_role("button", name=said["next"]).click()
    desk.look("document-edit")
    write_a_section(desk, page, said)
    move_a_section_up(page, said)
    page.locator("#heading_ja").fill("進め方")
    page.get_by_role("button", name=said["add"]).click()
    expect(page).to_have_url(re.compile(r"/edit/sections/s\d+$"))
    page.goto("/documents/vision/edit/publication")
    desk.look("document-publication")
    page.get_by_role("button", name=said["publish"]).click()
    expect(page.locator(".verbar")).to_be_visible()
    number = int(page.url.rsplit("/", 1)[1])
    reader = visit(city.url, width=width, language=language)
    page = reader.open(f"/documents/vision/{number}")
    reader.look("document")
    page = reader.open(f"/documents/vision/compare?from={number - 1}&to={number}")
    expect(page.locator("#policy-1 ins").first).to_contain_text(said["more"].strip())
    reader.look("document-comparison")


def write_a_section(desk: Visitor, page: Page, said: dict[str, str]) -> None:
    """Typed words are saved by leaving the field, and are there when the page is opened again."""
    page.goto("/documents/vision/edit/sections/policy-1")
    desk.look("document-section")
    body = page.locator(f"#body_{desk.language}")
    body.fill(body.input_value() + said["more"])
    with page.expect_response(lambda answer: answer.url.endswith("/draft")):
        page.locator("#heading_ja").focus()
    expect(page.locator("[data-autosave-status]")).to_contain_text(said["saved"])
    typed = body.input_value()
    page.reload()
    expect(body).to_have_value(typed)
    page.get_by_role("button", name=said["save"], exact=True).click()


def move_a_section_up(page: Page, said: dict[str, str]) -> None:
    page.goto("/documents/vision/edit")
    rows = page.locator("li[id^=row-]")
    second = rows.nth(1).get_attribute("id")
    rows.nth(1).get_by_role("button", name=said["up"]).click()
    expect(rows.first).to_have_attribute("id", second or "")


def test_a_document_is_begun_from_a_file(city: DemoCity, visit: Callable[..., Visitor], tmp_path: Path) -> None:
    desk = visit(city.url, width=PHONE, language="ja")
    city.sign_in(desk, "secretariat")
    page = desk.open("/documents/new")
    desk.look("document-new")
    page.locator("#title_ja").fill("推進計画")
    page.locator("#slug").fill("plan-2030")
    page.get_by_role("radio", name="計画").check()
    page.locator("form.stack button.kaki").click()
    page.goto("/documents/plan-2030/edit/import")
    desk.look("document-import")
    (file := tmp_path / "plan.md").write_text(FILE, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="取り込む").click()
    expect(page.locator("li[id^=row-] b")).to_have_text(["目的", "進め方"])


def test_the_text_prints_without_menus_and_forms(city: DemoCity, visit: Callable[..., Visitor]) -> None:
    reader = visit(city.url, width=DESK, language="ja")
    page = reader.open("/documents/vision")
    page.emulate_media(media="print")
    for hidden in (".util", "nav.toc", "form", ".btn"):
        assert page.locator(hidden).evaluate_all("all => all.filter(each => each.offsetParent !== null).length") == 0
    assert page.locator(".doc .para").count() == page.locator(".doc .para:visible").count() > 0
