"""Finds every form of the city by itself: pages by their routes, their links and the answers to other forms, as each
kind of person; forms by reading the pages. So a page that is added tomorrow is tried tomorrow, without a line here."""
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from tests.malformed.attempts import Attempt, good
from tests.malformed.controls import FORM, SentForm, forms_of
from tests.malformed.test_pages import OURS, fault
from tests.security.requests import address, has_states
from tests.security.world import ROUTES, STATES, World
from tests.support.page import Page

FILES = ("/static/", "/media/", "/api/")
ENCODED = {**OURS, "Content-Type": "application/x-www-form-urlencoded"}
LINK, VARYING = re.compile(r'<a\b[^>]*?\shref="([/?][^"]*)"'), re.compile(r' value="[^"]{9,}"|\d+')
NO_FORM = SentForm("", "", (), ())
DESK = ("/secretariat", "/admin", "/me")
OFFICERS = ("manager", "administrator", "auditor")  # what is public, they see like everybody
INSIDERS = ("author", "secretariat")  # who may open what is not public


@dataclass(frozen=True)
class Found:
    """A form, where and as whom it was found, and the form that was sent before it came, if one was."""

    role: str
    path: str
    form: SentForm
    after: "Found | None" = None

    def __str__(self) -> str:
        return f"{self.method} {self.form.action} (on {self.path} as {self.role})"

    @property
    def method(self) -> str:
        told = self.form.control("_method")
        return (told.values[0] if told else self.form.method).upper()

    @property
    def kind(self) -> tuple[str, ...]:
        """The same for forms that are alike."""
        asks = self.form.method == "get"  # what else such a form carries along are its page's filters
        names = (each.name for each in self.form.controls if not (asks and each.kind == "hidden"))
        return route_path(urlsplit(self.form.action).path, self.method), self.method, *sorted(names)


@dataclass
class Crawler:
    world: World
    forms: dict[tuple[str, ...], Found] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    _read: set[str] = field(default_factory=set)  # the source of forms, without what differs each time

    def walk(self, role: str) -> None:
        """Visit a page of each kind that this role can reach, and note the forms that are new."""
        waiting, seen = list(starts(self.world, role)), set()
        visited: set[str] = set()
        own = DESK if role in OFFICERS else ("/",)
        while waiting:
            path = waiting.pop(0).partition("#")[0]
            if path in visited or path.startswith(FILES):
                continue
            visited.add(path)
            page = self.world.browsers[role].get(path)
            self.wrong += fault(page, f"GET {path} as {role}")
            for target in self._note(Found(role, path, NO_FORM), page):
                if not kinds_of(target) <= seen and target.startswith(own):
                    seen |= kinds_of(target)
                    waiting.append(target)

    def _note(self, where: Found, page: Page) -> list[str]:
        """Keeps the forms of the page that are new; answers where the page leads."""
        if page.location or not page.headers.get("content-type", "").startswith("text/html"):
            return [urljoin(where.path, page.location)] if page.location else []
        for source in FORM.findall(page.html):
            if (kind := VARYING.sub("", source)) not in self._read:
                self._read.add(kind)
                for form in forms_of(source, where.path):
                    found = Found(where.role, where.path, form, where.after)
                    self.forms.setdefault(found.kind, found)
        return [urljoin(where.path, unescape(target)) for target in LINK.findall(page.html)]

    def follow(self) -> None:
        """Send every form as its page asks, and note the forms that come after it."""
        for found in [each for each in self.forms.values() if each.method != "GET"]:
            with self._undone(found.role):
                page = self._post(found, good(found.form))
                self._note(Found(found.role, page.path, found.form, found), page)
                if page.location.startswith("/"):
                    page = self.world.browsers[found.role].get(page.location, follow=True)
                    self._note(Found(found.role, page.path, found.form, found), page)

    def send(self, found: Found, attempt: Attempt) -> Page:
        """Send it as its page would, after what came before it, and undo what that changed."""
        with self._undone(found.role):
            if found.after:
                self._post(found.after, good(found.after.form))
            return self._post(found, attempt)

    def _post(self, found: Found, attempt: Attempt) -> Page:
        browser, sent = self.world.browsers[found.role], urlencode(attempt.pairs)
        if found.form.method == "get":
            return browser.get(found.form.action.partition("?")[0], params=sent)
        return browser.request("POST", found.form.action, content=sent, headers=ENCODED)

    @contextmanager
    def _undone(self, role: str) -> Iterator[None]:
        """Afterwards, the city and this role's cookies are as before."""
        browser, before = self.world.browsers[role], self.world.services.db.version()
        kept = [(cookie.name, cookie.value) for cookie in browser.cookies.jar]
        yield
        if self.world.services.db.version() != before:
            self.world.restore()
        browser.cookies.clear()
        for name, value in kept:
            browser.cookies.set(name, value or "", domain="sanpo.test", path="/")

    def reached(self) -> set[str]:
        """The routes that the forms lead to."""
        return {f"{found.method} {found.kind[0]}" for found in self.forms.values()}


@cache
def route_path(path: str, method: str) -> str:
    """The route that answers an address, or the address itself."""
    fits = (route.path for route in ROUTES if route.method == method and _pattern(route.path).fullmatch(path))
    return next(fits, path)


@cache
def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]+\})", path)
    return re.compile("".join(r"\d+" if part.endswith(":int}") else "[^/]+" if part[:1] == "{" else re.escape(part)
                              for part in parts))


@cache
def kinds_of(address: str) -> frozenset[str]:
    """The page that an address leads to, once for every word of its question."""
    parts = urlsplit(address)
    page = route_path(parts.path, "GET")
    return frozenset({page, *(f"{page}?{name}" for name, _ in parse_qsl(parts.query))})


def starts(world: World, role: str) -> Iterator[str]:
    """The address of every page; for those who see more than the public, of things in every state."""
    for route in ROUTES:
        if route.method == "GET" and not route.api:
            for state in STATES if has_states(route) and role in INSIDERS else ("published",):
                if role not in OFFICERS or route.path.startswith(DESK):
                    yield address(world, route, state)
