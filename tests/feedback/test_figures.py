"""Figures are counted from rows; no table gives away a group in which a person could be found."""
from collections import Counter
from itertools import product
from typing import Any

from consortium.feedback.drawing import chart
from consortium.feedback.figures import FEWEST, Group, groups, too_small
from tests.proposals.doors import Doors
from tests.services.scene import Catalogue
from tests.support.client import Client
from tests.support.databases import on_sqlite


def test_what_is_hidden_cannot_be_computed_from_what_is_shown() -> None:
    for sizes in product(range(1, 9), repeat=4):
        named = dict(zip("abcd", sizes, strict=True))
        hidden = set(too_small(named))
        assert all(named[key] >= FEWEST for key in named if key not in hidden)
        left = sum(named[key] for key in hidden)
        assert not hidden or left >= FEWEST or len(hidden) == len(named), named


def test_averages_are_those_of_the_rows() -> None:
    counted = {"a": Counter({5: 3, 2: 3}), "b": Counter({1: 5})}
    assert groups(counted) == (Group("a", 6, 3.5, (0, 3, 0, 0, 3)), Group("b", 5, 1.0, (5, 0, 0, 0, 0)))


def test_the_line_breaks_where_a_month_is_hidden() -> None:
    months = [Group("2026-01", 9, 5.0, None), Group("2026-02", None, None, None), Group("2026-03", 9, 1.0, None)]
    drawn = chart(months)
    assert drawn is not None
    assert [[point.month for point in line] for line in drawn.lines] == [["2026-01"], ["2026-03"]]
    assert chart(months[:2]) is None


@on_sqlite
def test_page_table_and_api_show_the_same_and_hide_small_groups(catalogue: Catalogue, doors: Doors) -> None:
    catalogue.frame()
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    path = f"/services/{service.slug}/feedback"
    for number in range(12):
        doors.form(None, "POST", path, {"satisfaction": "5" if number < 6 else "2", "body": "" if number else "一言",
                                        "area": "nada" if number < 9 else "suma"})
        if number == 3:
            few = doors.client.open(path).text
    assert "5人から表示" in few
    page, table = doors.client.open(path).text, doors.client.get(f"{path}.csv").text
    said = doors.api(None, "GET", path).json()
    assert said["satisfaction"] == {"key": "", "people": 12, "average": 3.5}
    assert ("3.5" in page, '"all","","12","3.5"' in table) == (True, True)
    # three of one area would be found by subtraction, so the other one is hidden too
    assert ('"living_area","nada","",""' in table, '"living_area","suma","",""' in table) == (True, True)
    assert "少ないため表示しません" in page


def test_pages_ask_the_same_number_of_queries_however_much_was_said(
        catalogue: Catalogue, client: Client, doors: Doors, count_queries: Any) -> None:
    mine, _ = catalogue.member()
    service = catalogue.service(mine)
    path = f"/services/{service.slug}"
    client.open(path)
    asked = []
    for _ in range(2):
        for number in range(6):
            doors.form(None, "POST", f"{path}/feedback", {"satisfaction": "3", "body": f"声 {number}"})
        for page in (path, f"{path}/feedback"):
            doors.form(None, "POST", f"{path}/feedback", {"satisfaction": "4"})  # so that nothing is kept from before
            with count_queries(catalogue.db) as counted:
                client.open(page)
            asked.append(counted.total)
    assert asked[:2] == asked[2:]
