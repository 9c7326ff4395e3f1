"""A real browser: Chromium as the distribution ships it, driven by Playwright."""
import os
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.support.required import missing
from tests.support.source import ROOT

CANDIDATES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HINT = ("no Chromium: apt-get install chromium fonts-noto-cjk, or name one in SANPO_TEST_CHROMIUM "
        "(the browser tests are skipped)")
ARGUMENTS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage")
PHONE, DESK = 375, 1280
HEIGHTS = {PHONE: 812, DESK: 900}
PICTURES = os.environ.get("SANPO_TEST_PICTURES")  # a folder; without it nobody looks at pictures, so none are taken
AXE = ROOT / "tests" / "vendor" / "axe.min.js"
# Only what is wrong leaves the browser: to hand over all that was looked at takes longer than looking.
FIND_VIOLATIONS = """async rules => {
    const found = await axe.run({runOnly: {type: 'tag', values: rules}, resultTypes: ['violations']});
    return found.violations.flatMap(each =>
        each.nodes.map(node => `${each.id}: ${each.help} ${node.html.slice(0, 160)}`));
}"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@cache
def chromium() -> str | None:
    given = os.environ.get("SANPO_TEST_CHROMIUM")
    return given or next((found for name in CANDIDATES if (found := shutil.which(name))), None)


class Visitor:
    """Somebody at a screen. Notes whatever a page must never do; `check_manners` holds it against the page."""

    def __init__(self, engine: Browser, url: str, *, width: int, language: str, javascript: bool) -> None:
        self.url, self.width, self.language, self.javascript = url, width, language, javascript
        self.context = engine.new_context(
            base_url=url, viewport={"width": width, "height": HEIGHTS.get(width, 900)}, java_script_enabled=javascript,
            locale={"ja": "ja-JP", "en": "en-GB"}[language], timezone_id="Asia/Tokyo", reduced_motion="reduce")
        self.context.set_default_timeout(10_000)
        self.bad_manners: list[str] = []
        self.page: Page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.bad_manners.append(f"script error: {error}"))
        self.page.on("request", self._requested)
        self.page.on("response", self._answered)

    def _heard(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Refused to" in message.text:
            self.bad_manners.append(f"policy violation on {self.page.url}: {message.text}")

    def _requested(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme in {"http", "https"} and target.hostname != urlsplit(self.url).hostname:
            self.bad_manners.append(f"third party asked from {self.page.url}: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 500:
            self.bad_manners.append(f"{response.status} from {response.request.method} {response.url}")

    def open(self, path: str) -> Page:
        """Go to an address of the site; the page must be found."""
        answer = self.page.goto(path)
        assert answer is not None and answer.status < 400, f"{path}: {answer and answer.status}"
        return self.page

    def shoot(self, name: str) -> None:
        """Where SANPO_TEST_PICTURES names a folder, a picture of the whole page: NAME-375-ja.png (with -nojs where
        JavaScript is off)."""
        if PICTURES:
            name = f"{name}-{self.width}-{self.language}{'' if self.javascript else '-nojs'}.png"
            self.page.screenshot(path=ROOT / PICTURES / name, full_page=True)

    def accessibility_violations(self) -> list[str]:
        """What axe-core finds on the page once all of it is there (WCAG 2.2 A and AA, best practice)."""
        self.page.wait_for_load_state()
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe())
        return [f"{self.page.url} {line}" for line in self.page.evaluate(FIND_VIOLATIONS, RULES)]

    def check_accessibility(self) -> None:
        found = self.accessibility_violations()
        assert not found, "\n".join(found)

    def excess_width(self) -> list[str]:
        """Says so when something sticks out sideways."""
        excess = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        return [f"{self.page.url} is {excess} px wider than its window of {self.width} px"] if excess else []

    def check_width(self) -> None:
        assert self.excess_width() == []

    def look(self, name: str) -> None:
        """A picture, and what can be checked of any page: no violation, nothing sticking out.

        The checks are scripts, so without JavaScript there is only the picture; the same pages are checked with it.
        """
        self.shoot(name)
        if self.javascript:
            self.check_accessibility()
            self.check_width()

    def check_manners(self) -> None:
        assert not self.bad_manners, "\n".join(self.bad_manners)

    def close(self) -> None:
        self.context.close()


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def chromium_engine() -> Iterator[Browser]:
    """One browser per worker; every visitor has a context of its own."""
    path = chromium()
    if path is None:
        missing("browser", HINT)
    with sync_playwright() as playwright:
        engine = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield engine
        engine.close()


@pytest.fixture
def visit(chromium_engine: Browser) -> Iterator[Callable[..., Visitor]]:
    """`visit(url, width=PHONE, language="en", javascript=False)` -> a Visitor; manners are checked at the end."""
    visitors: list[Visitor] = []

    def come(url: str, *, width: int = DESK, language: str = "ja", javascript: bool = True) -> Visitor:
        visitors.append(Visitor(chromium_engine, url, width=width, language=language, javascript=javascript))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.close()
    for visitor in visitors:
        visitor.check_manners()


def pytest_collection_modifyitems(items: list[Any]) -> None:
    """Whatever uses the browser can be chosen with -m browser."""
    for item in items:
        if "chromium_engine" in item.fixturenames:
            item.add_marker(pytest.mark.browser)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Says once how to get what was skipped."""
    reasons = {report.longrepr[2] for report in terminalreporter.stats.get("skipped", ())
               if isinstance(report.longrepr, tuple)}
    for reason in sorted(reasons):
        terminalreporter.write_line(f"SKIPPED TESTS: {reason.removeprefix('Skipped: ')}", yellow=True)
