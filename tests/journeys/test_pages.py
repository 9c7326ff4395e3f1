"""Every public page of the demo city, looked at in both languages on a phone and at a desk.

A picture is taken where one is asked for; nothing sticks out sideways; in either language axe-core finds nothing.
"""
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import DemoCity
from tests.support.browser import DESK, PHONE, Visitor

SCREENS = [pytest.param(width, language, id=f"{width} {language}")
           for width in (PHONE, DESK) for language in ("ja", "en")]
EXAMINED = {(PHONE, "ja"), (DESK, "en")}  # by axe-core, which asks twice as long as the page takes: each page, each way


def pages_of_the_menu(visitor: Visitor) -> list[str]:
    """Where the links of the home page lead within the site; of addresses that differ in a number the first one."""
    links = visitor.open("/").locator("a[href]").evaluate_all("links => links.map(link => link.href)")
    paths = [urlsplit(link).path for link in links if urlsplit(link).hostname == urlsplit(visitor.url).hostname]
    return list({re.sub(r"\d+", "N", path): path for path in reversed(["/", *paths])}.values())[::-1]


@pytest.mark.parametrize(("width", "language"), SCREENS)
def test_every_page_that_the_home_page_leads_to(
    city: DemoCity, visit: Callable[..., Visitor], width: int, language: str,
) -> None:
    visitor = visit(city.url, width=width, language=language)
    wrong = []
    for path in pages_of_the_menu(visitor):
        answer = visitor.page.goto(path)
        name = path.strip("/").replace("/", "-") or "home"
        if answer is None or answer.status != 200:
            wrong.append(f"{path}: {answer and answer.status}")
        elif "html" in (answer.header_value("content-type") or ""):
            visitor.shoot(name)
            wrong += visitor.excess_width()
            if (width, language) in EXAMINED:
                wrong += visitor.accessibility_violations()
    assert not wrong, "\n".join(wrong)
