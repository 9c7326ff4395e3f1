"""The board: everybody whom rules bind, by every article; the same on the page, in the table and over the API."""
import csv
import io
import re
from typing import Any

from participation.policy import Actor
from rules.checks.port import State, SubjectKind
from rules.checks.queries import board
from tests.checks.scene import Board
from tests.checks.test_judging import SIGNED
from tests.support.client import BASE_URL, Client

LATER = {"kind": "computed", "name": "a_check_of_later"}
CITY = {"kind": "computed", "name": "new_services_per_year", "at_least": 3, "scope": "city"}


def council_of_three(board: Board) -> list[tuple[int, Actor]]:
    """A member that signed, one that lapsed, and one that has not signed yet."""
    board.rule(SIGNED, LATER)
    lapsed, who = board.table.member()
    board.table.sign(lapsed, who)
    board.table.next_version(board.table.today)
    board.table.clock.advance(days=61)
    member, other = board.table.member()
    board.table.sign(member, other)
    waiting, third = board.table.member()
    return [(lapsed.id, who), (member.id, other), (waiting.id, third)]


def rows_of(client: Client, ask: str = "") -> list[dict[str, str]]:
    """The table as a spreadsheet program reads it."""
    return list(csv.DictReader(io.StringIO(client.get(f"/rules/board.csv{ask}").html.removeprefix("\ufeff"))))


def addresses(client: Client, ask: str = "") -> list[str]:
    """Where the cells of the page lead, in their order."""
    inside = client.get(f"/rules/board{ask}").html.partition("<tbody>")[2]
    return re.findall(r'href="(/rules/board/[^"]+)"', inside)


def states(board_: Board, kind: SubjectKind = SubjectKind.ORGANISATION) -> dict[int, list[State]]:
    found = board_.table.ask(board, board_.table.registry, kind, board_.table.clock())
    return {line.subject.id: [cell.state for cell in line.cells] for line in found.lines}


def test_the_board_holds_everybody_by_every_article(board: Board) -> None:
    (lapsed, _), (member, _), (waiting, _) = council_of_three(board)
    assert states(board) == {lapsed: ["broken", "no_data"], member: ["kept", "no_data"],
                             waiting: ["not_applicable", "not_applicable"]}


def test_an_article_asked_of_the_city_stands_with_the_city(board: Board) -> None:
    board.rule(SIGNED, CITY)
    assert states(board, SubjectKind.CITY) == {0: ["no_data"]}
    assert states(board, SubjectKind.SERVICE) == {}


def test_page_table_and_api_say_the_same(board: Board, client: Client) -> None:
    council_of_three(board)
    items = client.api("GET", "/rules/board?lang=en").json()["items"]
    table = [(row["article"], row["subject"], row["state"], row["finding"], row["url"])
             for row in rows_of(client, "?lang=en")]
    assert table == [(item["article"], item["subject"]["name"], item["state"], item["finding"], item["url"])
                     for item in items]
    assert [item["url"].removeprefix(BASE_URL) for item in items] == addresses(client)
    assert len(items) == 6


def test_filters_narrow_the_board_in_the_same_way(board: Board, client: Client) -> None:
    council_of_three(board)
    ask = "?state=broken&kind=organisation&rule=participation&group=company"
    found = client.api("GET", f"/rules/board{ask}").json()
    assert [row["state"] for row in rows_of(client, ask)] == [item["state"] for item in found["items"]] == ["broken"]
    broken = found["items"][0]["url"].removeprefix(BASE_URL)
    assert addresses(client, ask)[0] == addresses(client, "?sort=state")[0] == broken
    assert addresses(client, "?group=bank") == rows_of(client, "?group=bank") == []


def test_a_cell_leads_to_the_finding_with_its_evidence_and_parameters(board: Board, client: Client) -> None:
    (lapsed, _), _, _ = council_of_three(board)
    slug = board.table.council.view(lapsed).slug
    key = board.articles()[0].key
    page = client.get(f"/rules/board/participation/{key}/organisation/{slug}?lang=en")
    assert "The signature has lapsed" in page.text
    assert "of the rule “participation” is signed" in page.text
    assert ("Who has signed, and when", "/rules/participation/signatures") in page.links
    for wrong in (f"participation/s99/organisation/{slug}", f"participation/{key}/service/{slug}",
                  f"participation/{key}/nobody/{slug}",
                  f"participation/{key}/organisation/nobody", "nothing/s1/city/city"):
        assert client.get(f"/rules/board/{wrong}").status == 404


def test_the_rule_and_the_organisation_lead_to_the_board(board: Board, client: Client) -> None:
    (lapsed, _), _, _ = council_of_three(board)
    assert 'href="/rules/board?kind=organisation&amp;rule=participation"' in client.get("/rules/participation").html
    slug = board.table.council.view(lapsed).slug
    key = board.articles()[0].key
    assert f"/rules/board/participation/{key}/organisation/{slug}" in client.get(f"/organisations/{slug}").html


def test_the_board_asks_as_many_questions_for_ten_members_as_for_two(board: Board, count_queries: Any) -> None:
    board.rule(SIGNED, LATER, {"kind": "self_report", "per": "year"})
    counts = []
    for more in (2, 8):
        for _ in range(more):
            board.table.sign(*board.table.member())
        with count_queries(board.table.council.db) as count:
            states(board)
        counts.append(count.total)
    assert counts[0] == counts[1]


def test_wrong_filters_count_as_not_given(board: Board, client: Client) -> None:
    council_of_three(board)
    assert addresses(client, "?kind=x&state=y&sort=z&page=-1") == addresses(client)
