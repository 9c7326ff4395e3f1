"""The main job, from end to end: a resident finds, reads, joins, supports, comments and proposes; the city answers and
the resident is told of it. In both languages, on a phone and at a desk, with and without JavaScript.
"""
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DemoCity
from tests.journeys.resident import Resident
from tests.support.browser import DESK, PHONE, Visitor

WAYS = [
    pytest.param(PHONE, "ja", True, id="phone, Japanese"),
    pytest.param(PHONE, "en", False, id="phone, English, no JavaScript"),
    pytest.param(DESK, "ja", False, id="desk, Japanese, no JavaScript"),
    pytest.param(DESK, "en", True, id="desk, English"),
]
FOUND = "エコ活動ポイントを、学校や自治会でも集められるように"
TITLES = {"ja": "エコ活動ポイントを、学校の部活でも集めたい", "en": "エコ活動ポイントを、町内の学校や自治会で集めたい"}
REASONS = "Schools weigh their cans already, so points for them cost little; we begin with ten schools in April."


def answer_as_the_city(city: DemoCity, visitor: Visitor, path: str, story: str) -> None:
    """The secretariat accepts the proposal with reasons: preview, then publish."""
    city.sign_in(visitor, "secretariat")
    page = visitor.open(f"{path}/answer")
    page.locator("input[name=state][value=accepted]").check()
    page.locator("textarea[name=reasons]").fill(REASONS)
    page.locator("input[name=department]").fill("Environment Bureau")
    page.locator("input[name=next_report_on]").fill("2027-04-01")
    page.locator("button[name=do][value=preview]").click()
    visitor.look(f"{story}-city-preview")
    page.locator("button[name=do][value=publish]").click()
    expect(page.locator("main").get_by_text(REASONS)).to_be_visible()


@pytest.mark.parametrize(("width", "language", "javascript"), WAYS)
def test_a_voice_finds_its_way(
    city: DemoCity, visit: Callable[..., Visitor], width: int, language: str, javascript: bool,
) -> None:
    name = f"voice{width}{language}"
    resident = Resident(city, visit(city.url, width=width, language=language, javascript=javascript),
                        f"{name}@example.test", "voice")
    resident.find("エコ活動", FOUND)
    resident.look("read")
    read = resident.page.url

    resident.join(f"Walker {width} {language}")
    resident.visitor.open(read.removeprefix(city.url))
    before = resident.supports()
    resident.support_button().click()
    expect(resident.page.locator("#support input[name=_method][value=DELETE]").first).to_be_attached()
    assert resident.supports() == before + 1
    resident.comment(f"My class would join at once ({name}).")
    resident.look("supported-and-commented")

    path = resident.propose(TITLES[language], f"Our club collects cans each week ({name}).", similar=FOUND)
    answer_as_the_city(city, visit(city.url, width=DESK, language=language), path, "voice")

    mail = city.mailbox.wait_for(resident.email, TITLES[language], seconds=30)
    assert (REASONS in mail.text, mail.language) == (True, language)
    page = resident.visitor.open(path)
    expect(page.locator("main").get_by_text(REASONS)).to_be_visible()
    resident.look("answered")
    resident.visitor.open("/me/notices")
    expect(page.locator("main").get_by_text(TITLES[language]).first).to_be_visible()
    resident.look("told")


@pytest.mark.parametrize(("width", "language", "javascript"), WAYS)
def test_a_support_begun_signed_out_is_kept_and_carried_out(
    city: DemoCity, visit: Callable[..., Visitor], width: int, language: str, javascript: bool,
) -> None:
    resident = Resident(city, visit(city.url, width=width, language=language, javascript=javascript),
                        f"begun{width}{language}@example.test", "begun")
    resident.find("エコ活動", FOUND)
    before = resident.supports()
    resident.support_button().click()
    resident.page.locator("main input[name=email]").fill(resident.email)
    resident.look("address")
    resident.page.locator("main form[action='/take-part'] button[type=submit]").click()
    resident.open_mailed_link("/take-part/")
    resident.look("one-press")
    resident.submit("/take-part/")
    expect(resident.page.get_by_role("heading", level=1)).to_have_text(FOUND)
    assert resident.supports() == before + 1
    resident.look("done")
