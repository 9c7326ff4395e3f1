"""The shell of every page in a real browser: readable for machine and eye, usable by keyboard and without scripts."""
import pytest
from playwright.sync_api import expect

from participation.portal.texts import KEYS
from tests.support.browser import DESK, PHONE

NARROW = 320
PAGES = ["/", *(f"/{key}" for key in KEYS), "/styleguide"]


@pytest.fixture
def site(standing):
    return standing(SANPO_DEBUG="1").url


@pytest.mark.parametrize(("width", "language", "theme"), [
    (PHONE, "ja", "light"), (DESK, "en", "light"), (PHONE, "en", "dark"), (DESK, "ja", "dark")])
def test_every_page_passes_the_accessibility_rules(site, visit, width, language, theme):
    visitor = visit(site, width=width, language=language)
    for path in ("/", "/help", "/privacy", "/styleguide"):
        visitor.open(f"{path}?theme={theme}")
        visitor.look(f"portal-{path.strip('/') or 'home'}-{theme}")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_sticks_out_on_a_very_narrow_screen_even_with_larger_text(site, visit, language):
    visitor = visit(site, width=NARROW, language=language)
    for path in PAGES:
        visitor.open(f"{path}?size=large")
        visitor.check_width()


def test_the_first_tab_stop_leads_to_the_content(site, visit):
    page = visit(site, language="en").open("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_stop_of_the_keyboard_shows_where_one_is(site, visit):
    page = visit(site, language="en").open("/styleguide")
    for _ in range(40):
        page.keyboard.press("Tab")
        outline = page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert outline >= 3, page.evaluate("document.activeElement.outerHTML")


def test_nothing_is_written_smaller_than_14_pixels(site, visit):
    page = visit(site).open("/styleguide")
    small = page.evaluate("""[...document.querySelectorAll('body *')].filter(element =>
        !element.closest('svg, rt') && parseFloat(getComputedStyle(element).fontSize) < 14
        && [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()))
        .map(element => element.outerHTML)""")
    assert small == []


@pytest.mark.parametrize("javascript", [True, False])
def test_the_menu_of_the_phone_opens_without_a_script(site, visit, javascript):
    page = visit(site, width=PHONE, language="en", javascript=javascript).open("/about")
    page.get_by_text("Menu", exact=True).click()
    menu = page.get_by_role("navigation", name="Menu")
    assert menu.get_by_role("link", name="Sign in or join").is_visible()
    menu.get_by_role("link", name="Home").click()
    assert page.url == f"{site}/"


def test_no_cookie_is_set_before_somebody_chooses_something(site, visit):
    visitor = visit(site)
    visitor.open("/")
    assert visitor.context.cookies() == []


def test_the_counter_says_what_is_left_and_what_is_too_much(site, visit):
    page = visit(site, language="en").open("/styleguide")
    field, left = page.locator("#title"), page.locator("#title-left")
    field.fill("x" * 58)
    assert left.text_content() == "Characters left: 2"
    field.fill("x" * 63)
    assert left.text_content() == "Too long by 3 characters"
    assert "over" in left.get_attribute("class")


def test_passing_twenty_left_is_announced_once(site, visit):
    page = visit(site, language="en").open("/styleguide")
    status = page.locator("#status")
    page.locator("#title").fill("x" * 41)
    expect(page.locator("#status")).to_have_text("Characters left: 19")
    page.locator("#title").fill("x" * 45)
    assert status.text_content() == "Characters left: 19"


def test_a_refused_form_has_the_focus_on_its_summary_and_links_to_its_fields(site, visit):
    page = visit(site, language="en").open("/styleguide")
    assert page.title().startswith("Error: ")
    assert "error-summary" in page.evaluate("document.activeElement.className")
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "email"
    assert page.locator("#email").get_attribute("aria-describedby") == "email-hint email-error"


def test_pages_print_without_menus_and_forms(site, visit):
    page = visit(site).open("/styleguide")
    page.emulate_media(media="print")
    shown = page.evaluate("""[...document.querySelectorAll('nav.util, .nav, form, .btn, .pager')]
        .filter(element => element.offsetParent !== null).map(element => element.className)""")
    assert shown == []


def test_words_typed_signed_out_come_back_in_the_same_tab(site, visit):
    page = visit(site, language="en").open("/styleguide")
    body = page.locator("form[data-keep] textarea")
    body.fill("A bench at the station")
    page.reload()
    assert body.input_value() == "A bench at the station"
    expect(page.locator("#status")).to_contain_text("We put back")


def test_typed_words_are_saved_by_the_server_and_the_form_says_so(site, visit):
    page = visit(site, language="en").open("/styleguide")
    form = page.locator("form[data-autosave]")
    page.route("**/styleguide/saved", lambda route: route.fulfill(
        body='<p data-draft-url="/drafts/7">Saved</p>', content_type="text/html"))
    form.locator("textarea").fill("A bench at the station")
    form.locator("textarea").blur()
    expect(page.locator("[data-autosave-status]").first).to_have_text("Saved")
    assert form.get_attribute("data-autosave") == "/drafts/7"


def test_a_saving_that_fails_says_that_nothing_is_saved_yet(site, visit):
    page = visit(site, language="en").open("/styleguide")
    page.route("**/styleguide/saved", lambda route: route.abort())
    page.locator("form[data-autosave] textarea").fill("A bench at the station")
    page.locator("form[data-autosave] textarea").blur()
    expect(page.locator("[data-autosave-status]").first).to_contain_text("Not saved yet")


def test_a_refusal_during_a_swap_is_said_and_leaves_the_page_as_it_is(site, visit):
    page = visit(site, language="en").open("/styleguide")
    page.route("**/styleguide/region", lambda route: route.fulfill(
        status=403, body="<main><p data-problem>You may not do this.</p></main>", content_type="text/html"))
    page.get_by_role("button", name="Support").first.click()
    expect(page.locator("#trouble")).to_have_text("You may not do this.")
    assert page.locator("#region").count() == 1
