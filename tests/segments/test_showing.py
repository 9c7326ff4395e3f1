"""What everybody sees: no small group, shown or calculable; reports beside feedback; reminders and the rule."""
from collections import defaultdict
from collections.abc import Callable
from itertools import product
from typing import Any

from consortium.segments.drawing import over_time
from consortium.segments.hiding import conceal
from consortium.segments.reminding import due, remind
from participation.services import Services
from rules.checks.port import State, SubjectKind
from tests.checks.scene import subject
from tests.checks.test_services import finding
from tests.proposals.doors import Doors
from tests.segments.scene import Reporting, figures
from tests.support.client import Client
from tests.support.databases import on_sqlite


def test_nobody_can_tell_a_small_group_from_what_is_shown_even_knowing_how_it_is_hidden() -> None:
    could_be: dict[Any, list[tuple[int, ...]]] = defaultdict(list)
    for sizes in product(range(12), repeat=3):
        if sum(sizes) >= 5:
            marks = conceal(dict(zip("abc", sizes, strict=True)))
            public = tuple(marks.get(key, size) for key, size in zip("abc", sizes, strict=True))
            could_be[sum(sizes), public].append(sizes)
    for (together, public), causes in could_be.items():
        for place, mark in enumerate(public):
            assert isinstance(mark, str) or not 0 < mark < 5
            if isinstance(mark, str) and any(0 < sizes[place] < 5 for sizes in causes):
                assert len({sizes[place] for sizes in causes}) > 1, (together, public)


@on_sqlite
def test_page_table_and_api_hide_the_same_groups_but_not_from_the_owner(reporting: Reporting, doors: Doors) -> None:
    reporting.hand_in("2025-Q4", figures(40, gender={"female": 33, "male": 3}, age_band={"65+": 3, "50-64": 31}))
    path = f"{reporting.path}/reports"
    told = doors.api(None, "GET", f"{path}/2025-Q4").json()
    seen = [(row["dimension"], row["segment"], row["users"], row["hidden"]) for row in told["figures"]]
    assert sorted(seen, key=str) == sorted([
        ("total", "", 40, None), ("gender", "female", 33, None), ("gender", "male", None, "few"),
        ("gender", "", None, "few"), ("age_band", "50-64", 31, None), ("age_band", "65+", None, "withheld"),
        ("age_band", "", None, "withheld")], key=str)
    page, table = doors.client.open(f"{path}/2025-Q4").html, doors.client.get(f"{path}.csv").response.text
    assert (page.count(">&lt;5</td>"), page.count(">&lt;5*</td>")) == (2, 2)
    assert (table.count('"<5"'), table.count('"<5*"'), '"gender","female","33"' in table) == (2, 2, True)
    own = doors.api(reporting.owner, "GET", f"{path}/2025-Q4").json()["figures"]
    assert {row["segment"]: row["users"] for row in own if row["dimension"] == "gender"} == {"female": 33, "male": 3}


@on_sqlite
def test_a_service_that_almost_nobody_used_shows_no_segment(reporting: Reporting, doors: Doors) -> None:
    reporting.hand_in("2025-Q4", figures(4, gender={"female": 2}))
    told = doors.api(None, "GET", f"{reporting.path}/reports/2025-Q4").json()["figures"]
    assert told == [{"dimension": "total", "segment": "", "users": None, "satisfaction": None, "hidden": "few"}]


@on_sqlite
def test_reported_satisfaction_stands_beside_what_users_said_here(reporting: Reporting, doors: Doors) -> None:
    reporting.go(2026, 2, 3)
    for _ in range(6):
        doors.form(None, "POST", f"{reporting.path}/feedback", {"satisfaction": "2"})
    reporting.go(2026, 5, 1)
    reporting.hand_in("2025-Q3", figures(20, 3.9, gender={"female": 9}))
    assert "報告された満足度" in doors.client.open(reporting.path).text
    reporting.hand_in("2025-Q4", figures(1234, 4.4, gender={"female": 700}))
    page = doors.client.open(reporting.path)
    for said in ("1,234", "4.4", "このサイトの声の満足度", "四半期を表で見る"):
        assert said in page.text
    assert '"2025-Q4","1","total","","1234","4.4","6","2.0"' in doors.client.get(
        f"{reporting.path}/reports.csv").response.text


def test_the_line_breaks_where_a_quarter_is_missing() -> None:
    drawn = over_time(["a", "b", "c", "d"], [("actual", "", [1, None, 2, 4])])
    assert drawn is not None
    assert [[point.value for point in run] for run in drawn.lines[0].runs] == [[1], [2, 4]]
    assert over_time(["a", "b"], [("actual", "", [1, None])]) is None


def test_pages_ask_the_same_number_of_queries_however_much_was_reported(
        reporting: Reporting, client: Client, count_queries: Any) -> None:
    client.open(reporting.path)
    asked = []
    for quarters in (["2025-Q4"], ["2025-Q3", "2025-Q2", "2025-Q1"]):
        for quarter in quarters:
            reporting.hand_in(quarter, figures(40, gender={"female": 30}))
            reporting.hand_in(quarter, figures(41, gender={"female": 31}), "again")
        with count_queries(reporting.catalogue.db) as shown:
            client.open(reporting.path)
        with count_queries(reporting.catalogue.db) as listed:
            client.open(f"{reporting.path}/reports")
        asked.append((shown.total, listed.total))
    assert asked[0] == asked[1]


def test_owners_are_reminded_at_each_mark_until_the_report_is_there(
        reporting: Reporting, services: Services, deliver: Callable[[], int], client: Client) -> None:
    def marks(*days: tuple[int, int]) -> list[int | None]:
        found = []
        for month, day in days:
            reporting.go(2026, month, day)
            with reporting.catalogue.db.read() as session:
                found.append(next((mark for _, _, mark in due(session, reporting.catalogue.clock())), None))
        return found
    assert marks((4, 1), (4, 22), (4, 23), (4, 24), (4, 29), (4, 30), (5, 1), (6, 30)) == [
        None, None, None, 7, 7, 1, 0, 0]
    reporting.go(2026, 4, 24)
    for _ in range(2):
        remind(services, services.clock())
        deliver()
    assert client.sign_in(reporting.owner).open("/me/notices").html.count("残り7日です。</p>") == 1
    reporting.hand_in("2025-Q4", figures(40, gender={"female": 30}))
    assert marks((4, 29), (5, 1)) == [None, None]


@on_sqlite
def test_the_rule_asks_for_every_quarter_of_the_last_year(reporting: Reporting) -> None:
    about = (subject(reporting.service.id, SubjectKind.SERVICE), subject(reporting.organisation.id))

    def states() -> list[State]:
        found = (finding(reporting.catalogue, "segments_reported", each, per="quarter") for each in about)
        return [each.state for each in found if each]
    assert states() == [State.BROKEN, State.BROKEN]
    reporting.go(2026, 4, 15)
    assert states() == [State.DUE, State.DUE]
    reporting.hand_in("2025-Q4", figures(40, gender={"female": 30}))
    assert states() == [State.KEPT, State.KEPT]
    second = reporting.catalogue.service(reporting.organisation)
    newer = finding(reporting.catalogue, "segments_reported", subject(second.id, SubjectKind.SERVICE), per="quarter")
    assert newer is not None and newer.state == State.NOT_APPLICABLE
