"""The table of who may do what (matrix.txt), read, and the requests by which it is tried.

A line of the table is a route, the state of the thing that it is about (any: it is about none), and a letter for each
role: o done or shown, s sign in first, f forbidden, n not there, c conflict with the state of the thing, i refused for
what was sent, g gone (hidden with a reason), b not readable.
"""
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from participation.web.routing import Route
from tests.security.requests import class_of, has_states, send
from tests.security.world import ROLES, ROUTES, STATES, World, name_of

TABLE = Path(__file__).with_name("matrix.txt")
SAME_FOR_ALL = ("anonymous", "citizen", "auditor")  # enough where the table says the same of everybody


@dataclass(frozen=True)
class Line:
    route: str
    state: str
    expected: tuple[str, ...]

    @property
    def asked(self) -> list[tuple[str, str]]:
        """(role, expected class), each role whose answer could differ."""
        pairs = list(zip(ROLES, self.expected, strict=True))
        return pairs if len(set(self.expected)) > 1 else [pair for pair in pairs if pair[0] in SAME_FOR_ALL]


def read_table() -> dict[tuple[str, str], Line]:
    rows = [text.split() for text in TABLE.read_text(encoding="utf-8").splitlines() if text and text[0] != "#"]
    return {(f"{row[0]} {row[1]}", row[2]): Line(f"{row[0]} {row[1]}", row[2], tuple(row[3:])) for row in rows}


def wanted_lines() -> Iterator[tuple[str, str]]:
    """What the table must hold: every route, and every state where the route leads to something that has one."""
    for route in ROUTES:
        for state in STATES if has_states(route) else ("any",):
            yield name_of(route), state


def attempt(world: World, role: str, route: Route, state: str) -> tuple[str, bool]:
    """(class of the answer, whether the database changed); the world is as before afterwards."""
    browser, before = world.browsers[role], world.services.db.version()
    kept = [(cookie.name, cookie.value) for cookie in browser.cookies.jar]
    found = class_of(send(world, role, route, "published" if state == "any" else state))
    changed = world.services.db.version() != before
    if changed:
        world.restore()
    browser.cookies.clear()
    for name, value in kept:
        browser.cookies.set(name, value or "", domain="sanpo.test", path="/")
    return found, changed
