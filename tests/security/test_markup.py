"""What people write stays words: on every page that shows it, whatever they write."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from sqlalchemy import String, Text, update
from sqlalchemy import text as text_of

from participation.db import Base, Translated
from participation.web.markdown import ATTRIBUTES, TAGS, render_markdown
from tests.security.payloads import MARK, PAYLOADS
from tests.security.requests import address
from tests.security.shapes import tags_of, wrong_in
from tests.security.world import ROUTES, World, name_of

# Columns that hold what the product itself chose, never what somebody typed.
OURS = {"state", "kind", "role", "scope_kind", "locale", "method", "ref", "slug", "key", "email", "type", "purpose",
    "step",
        "ground", "alignment", "party", "name_hash", "password_hash", "age_band", "direct", "followed", "origin",
        "decided",
        "subscriber", "issuer", "sub", "provider", "nonce", "verifier", "route", "media_type", "location"}
FILES = {"workshop_photo", "poster_file"}  # their names are those of files, chosen by the product
TYPED = ("title", "body", "name", "reason", "reasons", "text", "words", "note", "hidden_reason", "blocked_reason",
    "tagline",
         "summary", "department", "cost", "alt", "decision_note", "user_agent", "council", "contact",
         "starts_text", "purpose", "address", "website", "description", "wording", "view", "organisation")
QUERY = ("q", "title", "process", "area", "category", "state", "status", "type", "sort", "view", "page", "per_page",
    "comments",
         "comments_page", "reply", "edit", "show", "next", "from", "to", "about", "lang", "theme", "size", "into",
         "version",
         "living_area", "days", "id", "per", "before", "after", "utm")
SHOWN = [route for route in ROUTES if route.method == "GET" and not route.api and not route.foreign]


def poison(world: World, text: str) -> None:
    """Every text column that a person can have filled holds `text`, whatever the forms would have said to it."""
    def write(session) -> None:
        # What is frozen once it is public was typed too: the triggers that keep it go first.
        frozen = text_of("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name NOT LIKE 'audit%' "
                         "AND tbl_name NOT LIKE 'event%'")
        for name in session.scalars(frozen).all():
            session.execute(text_of(f"DROP TRIGGER {name}"))
        for table in Base.metadata.sorted_tables:
            if table.name.startswith(("audit", "event")):
                continue  # the log refuses it, and what a page shows of it stands in the other tables
            values = {}
            for column in table.columns:
                if column.name not in TYPED or column.name in OURS or column.unique or column.primary_key:
                    continue
                if column.name == "name" and table.name in FILES:
                    continue
                if isinstance(column.type, Translated):
                    values[column.name] = {"ja": text, "en": text}
                elif isinstance(column.type, String | Text):
                    values[column.name] = text[:column.type.length or 10_000]
            if values:
                session.execute(update(table).values(values))
    world.services.db.write(write)


READERS = ("author", "secretariat", "administrator")
PARTS = {f"{number}": "\n\n".join(PAYLOADS[number::4]) for number in range(4)}


@pytest.mark.asvs("1.2.1", "1.2.2", "1.3.1")
@pytest.mark.parametrize("part", PARTS)
def test_no_stored_text_becomes_a_tag_or_an_attribute_on_any_page(world: World, part: str) -> None:
    poison(world, PARTS[part].replace("\x00", ""))
    """Over the parts each page is opened by each of three readers."""
    wrong, seen = [], 0
    for number, route in enumerate(SHOWN):
        role = READERS[(number + int(part)) % len(READERS)]
        for state in ("published", "hidden") if "{id" in route.path and role == "author" else ("published",):
            page = world.browsers[role].get(address(world, route, state))
            assert page.status < 500, (name_of(route), page.status)
            if page.headers.get("content-type", "").startswith("text/html"):
                seen += MARK in page.html
                wrong += [f"{role} {name_of(route)}: {what}" for what in wrong_in(page.html)]
    assert sorted(set(wrong)) == []
    assert seen > 60, "the payloads stand on the pages"


@pytest.mark.asvs("1.2.1", "1.2.2")
def test_no_word_of_an_address_becomes_a_tag_or_an_attribute(world: World) -> None:
    wrong = []
    browser = world.browsers["secretariat"]
    for number, route in enumerate(SHOWN):
        some_payloads = [PAYLOADS[(number + at) % len(PAYLOADS)] for at in range(len(QUERY))]
        page = browser.get(address(world, route, "published").partition("?")[0],
                           params=list(zip(QUERY, some_payloads, strict=True)))
        assert page.status < 500, (name_of(route), page.status)
        if page.headers.get("content-type", "").startswith("text/html"):
            wrong += [f"{name_of(route)}: {what}" for what in wrong_in(page.html)]
    assert sorted(set(wrong)) == []


@pytest.mark.asvs("1.2.1")
def test_a_search_for_a_payload_shows_it_as_words(world: World) -> None:
    plain = tags_of(world.browsers["anonymous"].get("/search", params={"q": "plain words"}).html)
    for payload in PAYLOADS:
        page = world.browsers["anonymous"].get("/search", params={"q": payload})
        assert page.status == 200 and wrong_in(page.html) == [], payload
    assert plain


PIECES = some.lists(some.one_of(some.sampled_from(PAYLOADS), some.text(max_size=20),
                                some.sampled_from(["# ", "> ", "- ", "`", "**", "[", "](", ")", "![", "\n", "|",
                                    "<b>", "&#x"])),
                    max_size=12).map("".join)
ALLOWED = {tag: ATTRIBUTES.get(tag, set()) | ({"rel"} if tag == "a" else set()) for tag in TAGS}


@pytest.mark.asvs("1.3.1", "1.3.5")
@settings(max_examples=300, deadline=None, database=None, derandomize=True)
@given(PIECES)
def test_markdown_gives_allowed_tags_and_attributes_only(text: str) -> None:
    html = str(render_markdown(text.encode("utf-8", "ignore").decode()))
    found = {(tag, name) for tag, names in tags_of(html) for name in (*names, "")}
    assert {(tag, name) for tag, name in found if tag not in ALLOWED or name and name not in ALLOWED[tag]} == set()
    assert wrong_in(html) == []


def test_the_corpus_has_sixty_texts_and_more() -> None:
    assert len(set(PAYLOADS)) >= 60 and all(MARK in payload for payload in PAYLOADS)
