"""What everybody reads, and what the secretariat enters: page and API alike."""
import csv
import io
import re
from collections.abc import Callable

import pytest
from sqlalchemy import select

from participation.kpis.judging import Outcome
from participation.notifications.models import Notice
from tests.kpis.scene import SOURCE, Desk
from tests.proposals.doors import Doors
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

FIGURE = {"year": 2025, "value": 7, **SOURCE}


def visitors(desk: Desk) -> str:
    key = desk.kpi()
    desk.promise(key, {2024: 100, 2025: 120, 2030: 9000})
    desk.measure(key, {2024: "90.5", 2025: 130})
    return key


@on_sqlite
def test_the_table_says_the_same_numbers_as_the_drawing(desk: Desk, client: Client) -> None:
    visitors(desk)
    page = client.open("/kpis/visitors")
    drawing = page.html.partition('<svg class="chart')[2].partition("</svg>")[0]
    numbers = sorted(re.findall(r'<text class="v?" [^>]*>([^<]+)</text>', drawing))
    assert numbers == sorted(["100", "120", "9,000", "90.5", "130"])
    rows = page.html[page.html.index("<tbody>"):page.html.index("</tbody>")]
    cells = re.findall(r'<td class="num"[^>]*>([^<]+)</td>', rows)
    assert sorted(re.sub(r"[^0-9.,]", "", cell) for cell in cells if cell != "–") == numbers
    sentence = "来街者:2025年度は130人(2025年度の目標は120人以上)、2030年度の目標は9,000人以上です。"
    assert f'role="img" aria-label="{sentence}"' in page.html and f"<p>{sentence}</p>" in page.html


@on_sqlite
def test_filters_narrow_the_list_and_stay_in_the_address(desk: Desk, client: Client) -> None:
    visitors(desk)
    desk.kpi("trained", kind="outcome")
    queries = ("", "?kind=outcome", "?state=met", "?state=no_data", "?kind=nothing", "?kind=kgi")
    pages = {query: client.open(f"/kpis{query}").html for query in queries}
    found = {query: [key for key in ("visitors", "trained") if f'href="/kpis/{key}"' in html]
             for query, html in pages.items()}
    assert found == {"": ["visitors", "trained"], "?kind=outcome": ["trained"], "?state=met": ["visitors"],
                     "?state=no_data": ["trained"], "?kind=nothing": ["visitors", "trained"], "?kind=kgi": []}
    assert client.get("/kpis/nothing").status == 404 and client.api("GET", "/kpis/nothing").status == 404


@on_sqlite
def test_only_the_chart_alone_may_be_framed_by_others(desk: Desk, client: Client) -> None:
    visitors(desk)
    page = client.get("/kpis/visitors/embed?lang=en", headers={"Accept-Language": "ja"})
    policy = page.headers["content-security-policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "x-frame-options" not in page.headers
    assert page.set_cookies == [] and "<script" not in page.html and '<html lang="en">' in page.html
    assert "Visitors: 130 people in FY2025 against a target of 120 people or more for FY2025" in page.html
    for path in ("/kpis", "/kpis/visitors", "/kpis/nothing/embed"):
        answer = client.get(path)
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"], path
        assert answer.headers["x-frame-options"] == "DENY", path


def test_a_figure_is_entered_with_its_source_and_corrected_by_a_row_after_it(
        desk: Desk, office: Client, doors: Doors) -> None:
    desk.kpi()
    desk.promise("visitors", {2025: 8})
    first = office.post("/secretariat/kpis/visitors/measurements", FIGURE)
    assert (first.status, first.location) == (303, "/kpis/visitors")
    again = doors.api(desk.actor, "POST", "/kpis/visitors/measurements", {**FIGURE, "value": 8})
    assert (again.status, [each["field"] for each in again.json()["errors"]]) == (422, ["note"])
    fixed = doors.api(desk.actor, "POST", "/kpis/visitors/measurements", {**FIGURE, "value": 8, "note": "確報値"})
    assert (fixed.status, fixed.json()["number"], fixed.json()["value"]) == (201, 2, 8)
    view = desk.view("visitors")
    assert (view.year(2025).lines[0].actual, view.outcome) == (8, Outcome.MET)
    page = office.open("/kpis/visitors")
    assert "訂正1回目" in page.text and "確報値" in page.text and "7人" in page.text, "what stood there stays readable"


@on_sqlite
@pytest.mark.parametrize(("changed", "field"), [
    ({"citation": ""}, "citation"), ({"url": ""}, "url"), ({"url": "javascript:alert(1)"}, "url"),
    ({"year": 2099}, "year"), ({"year": ""}, "year"), ({"value": "viel"}, "value"), ({"value": "0.00001"}, "value"),
    ({"value": "nan"}, "value"), ({"part": "women"}, "part")])
def test_a_bad_entry_is_told_at_its_field_and_kept(desk: Desk, office: Client, changed: dict, field: str) -> None:
    desk.kpi()
    form = office.open("/secretariat/kpis/visitors/measurements")
    page = office.submit(form, {**FIGURE, **changed}, form="/secretariat/kpis/visitors/measurements")
    kept = SOURCE["url" if field == "citation" else "citation"]
    assert page.status == 422 and f'href="#{field}"' in page.html and f'value="{kept}"' in page.html
    assert desk.view("visitors").years == ()


@on_sqlite
def test_numbers_may_be_typed_as_offices_write_them(desk: Desk, office: Client) -> None:
    desk.kpi()
    for year, typed in {2023: "△１，２１５", 2024: "-3.5", 2025: "1,000"}.items():
        entry = {**FIGURE, "year": year, "value": typed}
        assert office.post("/secretariat/kpis/visitors/measurements", entry).status == 303
    lines = [year.lines[0].actual for year in desk.view("visitors").years]
    assert [float(each) for each in lines] == [-1215, -3.5, 1000]


@on_sqlite
def test_a_table_is_entered_whole_or_told_line_by_line(desk: Desk, office: Client) -> None:
    desk.kpi()
    desk.kpi("people", source="accounts")
    head, source = "key,year,part,value,citation,url,note\n", "統計書,https://example.jp/s,"
    wrong = (f"visitors,2024,,5,{source}\nvisitors,2024,,6,{source}\nnobody,2024,,5,{source}\n\n"
             f"people,2024,,5,{source}\nvisitors,2023,,x,{source}\n")
    page = send(office, head + wrong)
    assert page.status == 422 and desk.view("visitors").years == ()
    lines = re.findall(r'<tr><th scope="row">(\d+)</th>', page.html)
    assert lines == ["3", "4", "6", "7"]
    assert send(office, head + f"visitors,2024,,5,{source}\nvisitors,2025,,6,{source}\n").status == 303
    assert [each.lines[0].actual for each in desk.view("visitors").years] == [5, 6]
    for broken in ("a,b\n1,2\n", "", "\udcff", head):
        assert send(office, broken.encode("utf-8", "surrogateescape")).status == 422


def send(office: Client, table: str | bytes):
    form = office.open("/secretariat/kpis/upload")
    return office.submit(form, {}, form="/secretariat/kpis/upload", files={"file": ("figures.csv", table, "text/csv")})


@on_sqlite
def test_nobody_enters_what_is_computed(desk: Desk, office: Client, doors: Doors) -> None:
    desk.kpi("people", source="accounts")
    assert office.get("/secretariat/kpis/people/measurements").status == 409
    assert doors.api(desk.actor, "POST", "/kpis/people/measurements", FIGURE).status == 409


@on_sqlite
def test_a_source_whose_component_is_not_there_shows_no_data(desk: Desk, client: Client) -> None:
    desk.kpi("moonshots", source="moonshots")
    desk.promise("moonshots", {2024: 5})
    page, listed = client.open("/kpis/moonshots"), client.api("GET", "/kpis/moonshots").json()
    assert "「moonshots」から計算します" in page.text and listed["state"] == "no_data"
    assert [part["actual"] for year in listed["years"] for part in year["parts"]] == [None]


@on_sqlite
def test_the_desk_defines_promises_and_draws_the_tree(desk: Desk, office: Client) -> None:
    made = office.post("/secretariat/kpis", {
        "key": "health", "name_ja": "健康寿命", "name_en": "Healthy years", "comparator": "increase", "kind": "outcome",
        "split": "men: 男性 / Men\nwomen: 女性 / Women", "baseline": "men: 80.26\nwomen: 83.80",
        "baseline_year": "2016"}, on="/secretariat/kpis/new")
    assert made.location == "/secretariat/kpis/health"
    edit = office.open("/secretariat/kpis/health")
    for part in ("men", "women"):
        office.submit(edit, {"year": "2024", "part": part}, form="/secretariat/kpis/health/targets")
    desk.measure("health", {2024: "81"}, part="men")
    desk.measure("health", {2024: "84"}, part="women")
    assert desk.view("health").outcome == Outcome.MET
    for level, key, rest in (("issue", "old", {}), ("goal", "well", {"parents": ["old"]}),
                             ("measure", "walk", {"parents": ["well"], "kpis": ["health"]})):
        entry = {"level": level, "key": key, "name_ja": f"{key}名", **rest}
        assert office.submit(office.open("/secretariat/kpis/tree"), entry, form="name_ja").status == 303
    shown = office.another().open("/kpis").html
    assert shown.count('class="twig"') == 3 and "old名" in shown
    assert office.submit(office.open("/secretariat/kpis/tree"), form="/secretariat/kpis/tree/well").status == 409
    edit = office.open("/secretariat/kpis/health")
    again = office.submit(edit, {"baseline": "men: x"}, form="baseline")
    assert again.status == 422 and "men: x" in again.html


@on_sqlite
def test_only_the_secretariat_enters_figures(desk: Desk, client: Client, doors: Doors, person: People) -> None:
    desk.kpi()
    for role in ("administrator", "auditor"):
        actor = person(roles=(role,))
        assert doors.api(actor, "POST", "/kpis/visitors/measurements", FIGURE).status == 403
        assert client.another().sign_in(actor).get("/secretariat/kpis/visitors/measurements").status == 403
    assert client.api("POST", "/kpis/visitors/measurements", FIGURE).status == 401


@on_sqlite
def test_the_tables_hold_what_the_pages_show(desk: Desk, client: Client) -> None:
    visitors(desk)
    rows = list(csv.DictReader(io.StringIO(client.get("/kpis.csv").response.text.lstrip("\ufeff"))))
    found = [(row["year"], row["target"], row["actual"], row["kept"], row["state_of_year"]) for row in rows]
    assert found == [("2024", "100", "90.5", "no", "missed"), ("2025", "120", "130", "yes", "met"),
                     ("2030", "9000", "", "", "no_data")]
    assert rows[0]["url"] == SOURCE["url"]


def test_the_list_asks_as_often_for_ten_kpis_as_for_two(desk: Desk, client: Client, count_queries) -> None:
    counts = []
    client.open("/kpis")  # what is read once for all pages
    for number in range(10):
        source = ("", "accounts", "organisations_member")[number % 3]
        desk.kpi(f"k{number}", source=source)
        desk.promise(f"k{number}", {2024: 5, 2030: 9})
        if number in (2, 9):
            with count_queries(desk.db) as count:
                assert client.get(f"/kpis?state=&n={number}").status == 200
            counts.append(count.total)
    assert counts[0] == counts[1], counts


@on_sqlite
def test_whoever_follows_a_kpi_is_told_of_each_figure_and_target(
        desk: Desk, client: Client, person: People, deliver: Callable[[], int]) -> None:
    desk.kpi()
    reader = client.another().sign_in(person())
    assert reader.submit(reader.open("/kpis/visitors"), form="/follow").status == 303
    desk.promise("visitors", {2025: 8})
    desk.measure("visitors", {2025: 7})
    desk.measure("visitors", {2025: 9}, note="確報値")
    deliver()
    with desk.db.read() as session:
        types = session.scalars(select(Notice.type).order_by(Notice.id)).all()
    assert types == ["kpi.target_set", "kpi.measured", "kpi.measured"]
    assert "「来街者」に新しい数値が入りました。" in reader.open("/me/notices").text
    assert "来街者" in reader.open("/me").text
