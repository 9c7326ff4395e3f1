"""What a resident does, step by step, in the words of the pages' forms; the language of the page does not matter."""
import re

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import PASSWORD, DemoCity
from tests.support.browser import PHONE, Visitor


class Resident:
    """Somebody with an e-mail address at a screen."""

    def __init__(self, city: DemoCity, visitor: Visitor, email: str, story: str) -> None:
        self.city, self.visitor, self.email, self.story = city, visitor, email, story
        self._step = 0

    @property
    def page(self) -> Page:
        return self.visitor.page

    def look(self, name: str) -> None:
        """A numbered picture of the step, and the checks that every page must pass."""
        self._step += 1
        self.visitor.look(f"{self.story}-{self._step:02}-{name}")

    def find(self, words: str, title: str) -> None:
        """From the home page to the list, and by a search to the proposal."""
        self.visitor.open("/")
        self.page.locator("main a[href='/proposals']").first.click()
        box = self.page.locator("main input[name=q]")
        box.fill(words)
        box.press("Enter")
        link = self.page.locator("main").get_by_role("link", name=title)
        expect(link).to_be_visible()
        self.look("found")
        link.click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)

    def open_mailed_link(self, part: str) -> None:
        """Wait for the mail and follow its link that holds `part`."""
        mail = self.city.mailbox.wait_for(self.email, seconds=30)
        assert mail.language == self.visitor.language
        self.page.goto(mail.link(part))

    def join(self, name: str) -> None:
        """Sign up: the address, the mailed link, a name and a password."""
        self.visitor.open("/sign-up")
        self.page.locator("input[name=email]").fill(self.email)
        self.look("join")
        self.submit("/sign-up")
        expect(self.page).to_have_url(re.compile("/check-your-mail"))
        self.look("check-your-mail")
        self.open_mailed_link("/sign-up/")
        self.page.locator("input[name=name]").fill(name)
        self.page.locator("input[name=password]").fill(PASSWORD)
        self.look("welcome")
        self.submit("/sign-up/")
        expect(self.page.locator("a.me").first).to_contain_text(name)

    def submit(self, action: str) -> None:
        """Press the button of the form in the page's main part that leads to `action`."""
        self.page.locator(f"main form[action*='{action}'] button[type=submit]").first.click()

    def support_button(self) -> Locator:
        """On a phone the one in reach of the thumb."""
        return self.page.locator("#support-dock-button" if self.visitor.width == PHONE else "#support-button")

    def supports(self) -> int:
        return int(re.sub(r"\D", "", self.page.locator("#support .big").inner_text()))

    def comment(self, words: str) -> None:
        self.page.locator("#comment-form textarea[name=body]").fill(words)
        self.page.locator("#comment-form input[name=alignment][value=for]").check()
        self.page.locator("#comment-form button[type=submit]").click()
        expect(self.page.locator("#comments").get_by_text(words)).to_be_visible()

    def propose(self, title: str, body: str, *, similar: str) -> str:
        """Write, be shown what is similar, check, publish; returns the address of the proposal."""
        self.visitor.open("/proposals/new")
        box = self.page.locator("input[name=title]")
        box.press_sequentially(title)
        if self.visitor.javascript:
            expect(self.page.locator("#similar").get_by_text(similar)).to_be_visible()
            self.look("similar-while-writing")
        self.page.locator("textarea[name=body]").fill(body)
        self.page.locator("button[name=step][value=check]").click()
        expect(self.page.locator("main article").get_by_text(body)).to_be_visible()
        expect(self.page.locator("#similar").get_by_text(similar)).to_be_visible()
        self.look("check")
        self.submit("/publish")
        expect(self.page.get_by_role("heading", level=1)).to_have_text(title)
        self.look("published")
        return self.page.url.removeprefix(self.city.url).partition("?")[0]
