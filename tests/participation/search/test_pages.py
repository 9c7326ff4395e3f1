"""The search page and the API: without JavaScript, the address holds everything."""
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.client import Client
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


@pytest.fixture
def page(client: Client) -> Callable[..., Any]:
    return lambda **params: client.get("/search", params=params)


def test_the_count_is_announced_and_hits_lead_to_their_pages(
        write: Callable, deliver: Callable, page: Callable) -> None:
    note = write("図書館を夜まで\n仕事の帰りに寄りたい")
    deliver()
    found = page(q="図書館", lang="en")
    assert found.status == 200 and 'role="status"' in found.html and "1 result" in found.text
    assert f'<a href="/notes/{note}"><mark>図書館</mark>を夜まで</a>' in found.html
    assert "1件見つかりました" in page(q="図書館", lang="ja").text


def test_what_people_wrote_is_escaped_and_markdown_left_out(write: Callable, page: Callable) -> None:
    write("<script>alert(1)</script>図書館\n**[図書館](http://example.test)** <img src=x>")
    html = page(q="図書館 <b>").html
    assert "<script>alert" not in html and "<img src=x>" not in html and "<b>”" not in html
    assert "http://example.test" not in html


def test_removing_a_chip_changes_only_that_filter(write: Callable, page: Callable, client: Client) -> None:
    write("図書館を夜まで")
    found = page(q="図書館", type=["note", "comment"], sort="newest", lang="en")
    chip = found.link("Note")
    assert chip.endswith("/search?q=%E5%9B%B3%E6%9B%B8%E9%A4%A8&type=comment&sort=newest")
    assert client.open(chip).status == 200


def test_filters_are_a_form_that_works_without_javascript(write: Callable, client: Client, page: Callable) -> None:
    note = write("図書館を夜まで")
    write("図書館の日記", kind="diary")
    found = page(q="図書館", lang="en")
    narrowed = client.submit(found, {"type": "note"}, button="Show these")
    assert narrowed.path.startswith("/search?") and "type=note" in narrowed.path and "q=" in narrowed.path
    assert f"/notes/{note}" in narrowed.html and narrowed.form("Show these").action == "/search"


def test_an_order_keeps_words_and_filters(write: Callable, client: Client, page: Callable) -> None:
    for number in range(3):
        write(f"図書館{number}")
    sorted_page = client.submit(page(q="図書館", type="note", lang="en"), {"sort": "oldest"}, button="Sort")
    assert "type=note" in sorted_page.path and "sort=oldest" in sorted_page.path


def test_nothing_found_offers_two_actions(page: Callable) -> None:
    found = page(q="空飛ぶバス", lang="en")
    assert "0 results" in found.text and "Nothing was found for “空飛ぶバス”" in found.text
    assert found.link("Show all proposals") and found.link("Write a proposal about it")
    narrowed = page(q="bus", type="note", sort="newest", lang="en")
    assert narrowed.link("Search without filters") == "/search?q=bus&sort=newest"


def test_pages_keep_the_query(write: Callable, deliver: Callable, page: Callable) -> None:
    for number in range(25):
        write(f"図書館の提案{number}")
    deliver()
    first, second = page(q="図書館"), page(q="図書館", page=2)
    assert first.html.count("<article") == 20 and second.html.count("<article") == 5
    assert "page=2" in first.html and "The results end earlier." in page(q="図書館", page=9, lang="en").text


@pytest.mark.asvs("1.2.4")
@pytest.mark.parametrize("params", [
    {}, {"q": ""}, {"q": "。"}, {"q": "x" * 5000}, {"q": "図", "page": "-1"}, {"q": "図", "page": "9999999999"},
    {"q": "図", "type": "no", "process": "no", "area": "no", "sort": "no"}, {"q": "\x00'\"%_\\"}, {"q": "👩‍👩‍👧 a\u0300"},
])
def test_whatever_is_asked_the_page_answers(page: Callable, params: dict) -> None:
    assert page(**params).status == 200


def test_the_api_answers_the_same(write: Callable, client: Client, deliver: Callable) -> None:
    note = write("図書館を夜まで\n仕事の帰りに寄りたい")
    deliver()
    new = write("図書館の屋上")
    found = client.api("GET", "/search?q=図書館&type=note").json()
    assert found == {"total": 2, "next": None, "items": [
        {"type": "note", "id": new, "url": f"https://sanpo.test/notes/{new}", "title": "図書館の屋上", "excerpt": ""},
        {"type": "note", "id": note, "url": f"https://sanpo.test/notes/{note}", "title": "図書館を夜まで",
         "excerpt": "仕事の帰りに寄りたい"}]}


def test_the_api_pages_by_address(write: Callable, client: Client, deliver: Callable) -> None:
    for number in range(5):
        write(f"図書館の提案{number}")
    deliver()
    seen, path = [], "/search?q=図書館&per_page=2"
    while path:
        answer = client.api("GET", path).json()
        seen += [item["id"] for item in answer["items"]]
        path = (answer["next"] or "").removeprefix("https://sanpo.test/api/v1")
    assert len(seen) == len(set(seen)) == 5 and answer["total"] == 5


def test_the_api_names_a_type_that_does_not_exist(client: Client) -> None:
    answer = client.api("GET", "/search?q=bus&type=spaceship")
    assert answer.status == 422 and answer.json()["errors"][0]["field"] == "type"
    assert client.api("GET", "/search").json() == {"items": [], "total": 0, "next": None}
