"""Writing a proposal in a real browser: nothing typed is lost, nothing stands in the way."""
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor

TEXT = "The way from the station is steep, and there is nowhere to sit down on it."
pytestmark = pytest.mark.parametrize("width", [PHONE, DESK])


def test_a_near_duplicate_is_shown_while_typing(
    city: DemoCity, visit: Callable[..., Visitor], width: int
) -> None:
    visitor = visit(city.url, width=width, language="ja")
    city.sign_in(visitor)
    page = visitor.open("/proposals/new")
    page.locator("#title").press_sequentially("坂の団地と店をつなぐ電動カート", delay=20)
    similar = page.locator("#similar a", has_text="坂の団地と店をつなぐ、乗り合いの電動カート")
    expect(similar).to_be_visible()
    expect(page.locator("#title")).to_be_focused()
    visitor.look(f"proposal-similar-{width}")


def test_what_was_typed_comes_back_on_another_device(
    city: DemoCity, visit: Callable[..., Visitor], width: int
) -> None:
    first = visit(city.url, width=width, language="en")
    city.sign_in(first, "citizen2")
    page = first.open("/proposals/new")
    page.locator("#title").fill(f"Benches on the hill {width}")
    page.locator("#body").fill(TEXT)
    with page.expect_response(lambda answer: "The+way+from" in (answer.request.post_data or "")):
        page.locator("#category").focus()  # leaving a field saves
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saved")
    expect(page).to_have_url(re.compile(r"/proposals/\d+/edit$"))
    other = visit(city.url, width=width, language="en")
    city.sign_in(other, "citizen2")
    page = other.open("/proposals/new")
    page.get_by_role("link", name=f"Benches on the hill {width}").click()
    expect(page.locator("#body")).to_have_value(TEXT)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your proposal")
    other.look(f"proposal-check-{width}")
    other.open("/proposals/new")
    expect(page.get_by_role("link", name=f"Benches on the hill {width}")).to_have_count(1)
    page.go_back()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Benches on the hill {width}")
    other.look(f"proposal-published-{width}")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_refused_form_leads_to_its_mistakes(
    city: DemoCity, visit: Callable[..., Visitor], width: int, javascript: bool
) -> None:
    visitor = visit(city.url, width=width, language="ja", javascript=javascript)
    city.sign_in(visitor)
    page = visitor.open("/proposals/new")
    page.locator("#title").fill("短い")
    page.locator("#body").fill("あ" * 5_004)
    if javascript:
        expect(page.locator("#body-left")).to_contain_text("4")
    page.locator("button[value=check]").click()
    expect(page).to_have_title(re.compile("^エラー"))
    if javascript:
        expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator("#body")).to_have_value("あ" * 5_004)
    page.locator(".error-summary a").first.click()
    expect(page.locator("#title")).to_be_in_viewport()
    visitor.look(f"proposal-refused-{width}")
