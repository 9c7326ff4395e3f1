"""The first page, the pages of text, the style guide, the pages for errors."""
import gzip
from datetime import timedelta
from html.parser import HTMLParser

import pytest

from participation.portal.texts import CONTENT, KEYS
from participation.spaces.models import Phase, Process
from participation.subjects import create_subject
from participation.web.templating import render_alone
from tests.support.databases import on_sqlite

FIRST_PAGE = 60_000  # bytes over the wire, PERFORMANCE.md


def add_process(db, now, slug="vision", title="A vision for the city", ends_in=timedelta(days=9, hours=1)):
    def work(session):
        subject = create_subject(session, "process", title=title, now=now, published=True)
        session.add(Process(id=subject.id, slug=slug, title={"en": title}, summary={"en": "Say what you think."},
                            state="published", updated_at=now))
        session.flush()
        session.add(Phase(process_id=subject.id, title={"en": "Comments"}, starts_at=now - timedelta(days=1),
                          ends_at=now + ends_in, features=["propose"]))
    db.write(work)


def test_home_shows_what_is_open_with_its_deadline(db, client, now):
    add_process(db, now)
    page = client.another(language="en").get("/")
    assert page.heading == "A voice becomes the way a city works."
    assert page.link("A vision for the city") == "/processes/vision"
    assert "9 days left" in page.text


def test_home_leaves_out_what_is_over(db, client, clock, now):
    add_process(db, now)
    clock.advance(days=10)
    page = client.another(language="en").get("/")
    assert "A vision for the city" not in page.text
    assert "Nothing is open today" in page.text


@on_sqlite
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_each_page_of_text_has_its_title_in_both_languages(client, key, language):
    title = (CONTENT / f"{key}.{language}.md").read_text(encoding="utf-8").split("\n")[0].removeprefix("# ")
    page = client.another(language=language).get(f"/{key}")
    assert (page.status, page.heading) == (200, title)


@on_sqlite
def test_the_language_follows_the_link_and_stays_chosen(client):
    page = client.another(language="ja").get("/about", params={"lang": "en"})
    assert page.heading == "About this site"
    assert 'lang="en"' in page.html


@on_sqlite
def test_display_choices_are_links_that_work_without_a_script(client):
    page = client.another(language="en").get("/about")
    assert 'data-size="large"' in client.get("/about" + page.link("Larger text")).html
    assert 'data-theme="dark"' in client.get("/about" + page.link("Dark colours")).html


@on_sqlite
def test_an_unknown_address_offers_a_search_and_the_way_home(client):
    page = client.another(language="en").get("/no-such-page")
    assert (page.status, page.heading) == (404, "There is nothing here")
    assert page.form("/search").names() == {"q"}
    assert page.link("Go to the home page") == "/"


@pytest.mark.parametrize(("locale", "word"), [("en", "It is not your fault."), ("ja", "あなたのせいではありません。")])
def test_the_page_for_our_own_errors_needs_no_database_and_names_the_error(locale, word):
    html = render_alone("errors/500.html", locale, error_id="4f2a")
    assert word in html and "4f2a" in html


@on_sqlite
def test_the_style_guide_is_for_builders_only(client):
    assert client.get("/styleguide").status == 404


class Assets(HTMLParser):
    """The addresses of what a page loads before it is complete."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "script" or tag == "link" and given.get("rel") in ("stylesheet", "icon"):
            self.found.append(given.get("src") or given["href"])
        elif tag == "use":
            self.found.append(given["href"].split("#")[0])


@on_sqlite
def test_the_first_visit_weighs_at_most_60_kilobytes(db, client, now):
    add_process(db, now)
    page = client.get("/")
    assets = Assets()
    assets.feed(page.html)
    texts = [page.html, *(client.get(address).response.text for address in sorted(set(assets.found)))]
    assert sum(len(gzip.compress(text.encode(), 6)) for text in texts) <= FIRST_PAGE


@on_sqlite
def test_static_texts_travel_packed_and_are_kept_for_a_year(client):
    page = client.get("/")
    assets = Assets()
    assets.feed(page.html)
    for address in assets.found:
        answer = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.status == 200
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
