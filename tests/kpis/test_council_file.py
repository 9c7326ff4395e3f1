"""Another council's KPIs come in by a file alone, and each is judged as its plan says."""
import pytest
from sqlalchemy import func, select

from consortium.council.commands import load_into
from consortium.council.located import FileError
from consortium.council.shape import read_council
from participation.events import Event
from participation.kpis.judging import Outcome
from participation.kpis.models import GoalLink, GoalNode, Kpi, KpiTarget
from participation.paths import DEMO
from tests.kpis.scene import Desk

YEARS = (2020, 2021, 2022, 2023, 2024)
# key: (what was measured in fiscal 2024, the verdict); the plan asks sums of five years for some
PLAN = {
    "women-at-work": (("70", Outcome.MET), ("69.9", Outcome.MISSED)),
    "elderly-at-work": (("26.5", Outcome.MET), ("26.4", Outcome.MISSED)),
    "employees": (("86027", Outcome.MET), ("86026", Outcome.MISSED)),
    "visitors": (("600", Outcome.MET), ("599", Outcome.MISSED)),
    "rural-change": (("-99", Outcome.MET), ("-101", Outcome.MISSED)),
    "known-rank": (("100", Outcome.MET), ("101", Outcome.MISSED)),
    "birth-rate": (("1.60", Outcome.MET), ("1.59", Outcome.MISSED)),
    "satisfied": (("82", Outcome.MET), ("81.9", Outcome.MISSED)),
    "future-burden": (("99.9", Outcome.MET), ("100", Outcome.MISSED)),
    "new-technology": (("3", Outcome.NO_DATA), ("9", Outcome.NO_DATA)),  # more than a baseline that nobody knows
}
SUMS = {"jobs": (200, 1000, 199), "companies": (5, 25, 4), "young-people-kept": (150, 750, 149)}


@pytest.fixture
def yamaguchi(desk: Desk) -> Desk:
    load_into(desk.services, read_council(DEMO / "yamaguchi-kpis.yaml"))
    return desk


@pytest.mark.parametrize("place", [0, 1])
def test_every_kpi_of_yamaguchi_is_judged_as_the_plan_says(yamaguchi: Desk, place: int) -> None:
    for key, cases in PLAN.items():
        yamaguchi.measure(key, {2024: cases[place][0]})
    found = {key: yamaguchi.view(key).year(2024).outcome for key in PLAN}
    assert found == {key: cases[place][1] for key, cases in PLAN.items()}


def test_sums_over_five_years_are_counted_from_2020_to_2024(yamaguchi: Desk) -> None:
    for key, (each, _, less) in SUMS.items():
        yamaguchi.measure(key, {2019: 10_000, **dict.fromkeys(YEARS, each)})
    assert {key: yamaguchi.view(key).year(2024).lines[0].counted for key in SUMS} == {
        key: total for key, (_, total, _) in SUMS.items()}
    assert {yamaguchi.view(key).outcome for key in SUMS} == {Outcome.MET}
    for key, (_, _, less) in SUMS.items():
        yamaguchi.measure(key, {2022: less}, note="one was counted twice")
    assert {yamaguchi.view(key).outcome for key in SUMS} == {Outcome.MISSED}


def test_a_baseline_by_sex_asks_for_both(yamaguchi: Desk) -> None:
    yamaguchi.measure("healthy-years", {2024: "80.30"}, part="men")
    assert yamaguchi.view("healthy-years").outcome == Outcome.NO_DATA, "women's figure is missing"
    yamaguchi.measure("healthy-years", {2024: "83.80"}, part="women")
    assert yamaguchi.view("healthy-years").outcome == Outcome.MISSED, "as before is no increase"
    yamaguchi.measure("healthy-years", {2024: "83.81"}, part="women", note="the final figure")
    assert yamaguchi.view("healthy-years").outcome == Outcome.MET


def test_the_demo_has_seven_kpis_with_their_targets_and_the_tree(desk: Desk) -> None:
    council = read_council(DEMO / "kobe.yaml")
    load_into(desk.services, council)
    participants = desk.view("participants")
    assert {year: int(aim.value) for (year, _), aim in participants.terms.targets.items()} == {
        2021: 500, 2022: 1500, 2023: 3500, 2024: 7500, 2030: 460_000}
    promised = {year for year, _ in desk.view("visitors").terms.targets}
    assert promised == {2022, 2023, 2024, 2030}, "null promises nothing"
    with desk.db.read() as session:
        tables = (Kpi, KpiTarget, GoalNode, GoalLink)
        counts = [session.scalar(select(func.count()).select_from(table)) for table in tables]
    assert counts == [7, 32, 15, 14]


def test_loading_twice_changes_and_records_nothing(yamaguchi: Desk) -> None:
    with yamaguchi.db.read() as session:
        before = session.scalar(select(func.count()).select_from(Event))
    assert load_into(yamaguchi.services, read_council(DEMO / "yamaguchi-kpis.yaml")).total == 0
    with yamaguchi.db.read() as session:
        assert session.scalar(select(func.count()).select_from(Event)) == before


@pytest.mark.parametrize(("line", "words"), [
    ("comparator: higher", "kpis[0].comparator: expected one of at_least"),
    ("targets: {soon: 3}", "kpis[0].targets.soon: expected a year from 1950 to 2150"),
    ("targets: {2024: many}", "kpis[0].targets.2024: expected a number"),
    ("comparator: range, targets: {2024: [1]}", "kpis[0].targets.2024: expected [lower end, upper end]"),
    ("split: [{key: men, ja: 男}, {key: women, ja: 女}], baseline: {men: 1}",
     "expected a number for each of men, women")])
def test_a_wrong_file_is_refused_with_line_and_key(tmp_path, line: str, words: str) -> None:
    path = tmp_path / "council.yaml"
    path.write_text("city: {ja: 例市}\nkpis:\n  - {key: one, ja: 一, " + line + "}\n", encoding="utf-8")
    with pytest.raises(FileError, match=":3: ") as refused:
        read_council(path)
    assert words in str(refused.value)


def test_a_tree_that_names_what_is_not_there_is_refused(tmp_path) -> None:
    path = tmp_path / "council.yaml"
    path.write_text("city: {ja: 例市}\ngoal_tree:\n  measures:\n    - {key: m, ja: 施策, goal: g9}\n", encoding="utf-8")
    with pytest.raises(FileError, match=r":4: goal_tree.measures\[0\].goal: there is no 'g9'"):
        read_council(path)
