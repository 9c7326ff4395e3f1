"""Every form that a page of the city holds, found by itself, with whatever no form asks for: refused clearly."""
import pytest

from tests.malformed.attempts import attempts, faults_of, good
from tests.malformed.crawler import Crawler
from tests.malformed.test_pages import fault
from tests.security.world import ROLES, ROUTES, World, name_of
from tests.support.databases import on_sqlite

CHANGES = {name_of(route) for route in ROUTES if route.method != "GET" and not route.api}


@pytest.mark.asvs("2.2.1", "2.2.2")
@on_sqlite
def test_every_form_says_at_the_field_what_is_wrong_and_keeps_what_was_typed(world: World) -> None:
    crawler, refused = Crawler(world), 0
    for role in ROLES:
        crawler.walk(role)
    crawler.follow()
    wrong = crawler.wrong
    for found in crawler.forms.values():
        usable = crawler.send(found, good(found.form)).status
        for attempt in attempts(found.form):
            page, where = crawler.send(found, attempt), f"{found}: {attempt.at} {attempt.what}"
            wrong += fault(page, where)
            wrong += [f"{where}: {each}" for each in faults_of(found.form, attempt, page, usable)]
            refused += page.status == 422
    assert not wrong, "\n".join(wrong)
    # It was looked at: most forms were found, though to some no link leads, and hundreds of answers were refusals.
    missed = sorted(CHANGES - crawler.reached())
    assert (len(missed) <= len(CHANGES) // 4, refused > 400) == (True, True), (missed, refused)
