"""Statements one at a time under the thumb, with and without a script; then the map and its table."""
from collections.abc import Callable

from playwright.sync_api import expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import PHONE, Visitor
from tests.support.waiting import wait_for

PATH = "/opinion-maps/sensors-in-town"


def test_statements_are_answered_one_by_one_and_the_map_says_who_stands_where(
        city: DemoCity, visit: Callable[..., Visitor]) -> None:
    visitor = visit(city.url, width=PHONE, language="ja")
    city.sign_in(visitor, "citizen")
    page = visitor.open(PATH)
    statement, buttons = page.locator("#statement"), page.locator("button.vote")
    assert buttons.all_inner_texts() == ["賛成", "反対", "パス"]
    assert min(buttons.evaluate_all("all => all.map(one => one.getBoundingClientRect().height)")) >= 44
    first = statement.inner_text()
    page.locator("button.vote.agree").press("Enter")
    expect(statement).not_to_have_text(first)
    expect(statement).to_be_focused()
    visitor.look("opinion-map-voted")
    page.locator("#voting a.act").first.click()
    expect(statement).to_have_text(first)
    expect(page.locator("button.vote.agree")).to_have_attribute("aria-pressed", "true")
    plain = visit(city.url, width=PHONE, language="ja", javascript=False)
    city.sign_in(plain, "citizen")
    other = plain.open(PATH).locator("#statement").inner_text()
    plain.page.locator("button.vote.disagree").click()
    assert other not in (first, plain.page.locator("#statement").inner_text())
    wait_for(lambda: visitor.open(PATH).locator("svg.opinion-map").count() == 1, "the map", seconds=60)
    letters = page.locator("svg.opinion-map .letter text").all_text_contents()
    rows = page.locator("section[aria-labelledby=map-title] tbody tr")
    assert letters == ["A", "B", "C"] and rows.count() == len(letters)
    visitor.look("opinion-map-drawn")
