"""A survey on a telephone: what depends on an answer is asked only then, what is typed is saved, figures at the end."""
import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.test_membership import Screen, environment, served
from tests.proposals.scene import scene
from tests.support.browser import PHONE, Visitor
from tests.support.databases import on_sqlite
from tests.surveys.scene import Polls, polls

__all__ = ["environment", "polls", "scene", "served"]


def tick(page: Page, *fields: tuple[str, str]) -> None:
    for name, value in fields:
        page.locator(f"[name={name}][value='{value}']").check()


@on_sqlite
def test_a_survey_is_answered_page_by_page_and_read_as_figures(
        served: str, visit: Callable[..., Visitor], polls: Polls) -> None:
    slug, (first, words, several, scale, table) = polls.every_kind()
    polls.turn(slug, "open")
    path, next_page = f"/surveys/{slug}/answer", "button[value=next]"
    screen = Screen(visit(served, width=PHONE, language="ja"), polls.scene.person, polls.scene.person())
    page = screen.open(path)
    tick(page, (f"q{first}", "2"))
    page.locator(next_page).click()
    expect(page.locator(f"#q{words}-error")).to_be_visible()  # asked of those who gave the second answer
    page.locator(f"#q{words}").fill("川沿いの道です")
    page.locator(f"#q{words}").blur()
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("保存"))
    expect(screen.open(path).locator(f"#q{words}")).to_have_value("川沿いの道です")
    screen.visitor.look("survey-saved")
    tick(page, (f"q{first}", "1"))
    page.locator(f"#q{words}").fill("")
    page.locator(next_page).click()  # the first answer asks for no words
    tick(page, (f"q{several}", "1"), (f"q{scale}", "4"), (f"q{table}_1", "1"), (f"q{table}_2", "2"))
    page.locator(next_page).click()
    send = page.locator("form[action$='/answers'] button").last
    expect(send).to_be_visible()
    screen.visitor.look("survey-check")
    send.click()
    others = {f"q{first}": "1", f"q{several}": ["2"], f"q{scale}": "2", f"q{table}_1": "1", f"q{table}_2": "1"}
    for _ in range(4):
        polls.answer(slug, others, polls.scene.person())
    polls.turn(slug, "closed", "published")
    page = screen.open(f"/surveys/{slug}/results")
    page.locator(f"section[aria-labelledby=question-{several}] summary").click()
    counted = page.locator(f"section[aria-labelledby=question-{several}] tbody tr")
    assert [re.findall(r"\d+", row)[0] for row in counted.all_inner_texts()[:3]] == ["1", "4", "0"]
    screen.visitor.look("survey-results")
