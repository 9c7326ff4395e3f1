"""Supporting, answering, suggesting other words: on a phone and at a desk, with and without a script."""
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor

Visit = Callable[..., Visitor]


def open_one(visitor: Visitor, show: str = "published") -> Page:
    """A proposal that can be supported now."""
    visitor.open(f"/proposals?state={show}")
    return visitor.open(visitor.page.locator("main h3 a, main h2 a").first.get_attribute("href") or "")


def count(page: Page) -> int:
    return int(page.locator("#support .big").inner_text().replace(",", ""))


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_a_support_is_given_and_taken_back_in_place(city: DemoCity, visit: Visit, width: int) -> None:
    visitor = visit(city.url, width=width, language="ja")
    city.sign_in(visitor, "citizen")
    page = open_one(visitor)
    before, button = count(page), page.locator("#support-dock-button" if width == PHONE else "#support-button")
    button.dblclick()
    expect(page.locator("#support .big")).to_have_text(f"{before + 1:,}")
    expect(page.locator("#status")).not_to_be_empty()
    assert page.evaluate("document.activeElement.id") == button.get_attribute("id")
    visitor.look("support-given")
    page.reload()
    assert count(page) == before + 1
    button.click()
    expect(page.locator("#support .big")).to_have_text(f"{before:,}")


def test_without_a_script_the_same_form_does_the_same(city: DemoCity, visit: Visit) -> None:
    visitor = visit(city.url, width=PHONE, language="ja", javascript=False)
    city.sign_in(visitor, "citizen")
    page = open_one(visitor)
    address, before = page.url, count(page)
    for step in (1, 0):
        page.locator("#support-button").click()
        assert (page.url, count(page)) == (address, before + step)


def test_the_secretariat_answers_after_a_preview(city: DemoCity, visit: Visit) -> None:
    visitor = visit(city.url, language="ja")
    city.sign_in(visitor, "secretariat")
    page = visitor.open("/secretariat/proposals")
    visitor.look("desk-proposals")
    page.locator("tbody tr").first.locator("td a").click()
    page.get_by_label("一部採用").check()
    page.locator("#reasons").fill("まず二つの路線で半年間ためします。")
    page.locator("button[value=preview]").click()
    assert page.title().startswith("エラー")
    visitor.look("answer-refused")
    page.locator("#department").fill("交通政策課 078-000-0001")
    page.locator("#next_report_on").fill("2099-04-01")
    page.locator("button[value=preview]").click()
    visitor.look("answer-preview")
    page.locator("button[value=publish]").click()
    expect(page.locator("#answer")).to_contain_text("まず二つの路線で半年間ためします。")
    visitor.look("answer-published")


def test_other_words_are_compared_and_readable_without_colour(city: DemoCity, visit: Visit) -> None:
    visitor = visit(city.url, width=PHONE, language="ja")
    city.sign_in(visitor, "citizen2")
    page = open_one(visitor)
    page.locator("#amendments a.btn").click()
    page.locator("#title").fill("もっと長い題名に変えてみました")
    page.locator("#reason").fill("このほうがわかりやすいです。")
    page.locator("main form button").last.click()
    lines = page.locator("ins, del").evaluate_all("all => all.map(one => getComputedStyle(one).textDecorationLine)")
    assert {"underline", "line-through"} <= set(lines)
    visitor.look("amendment")
