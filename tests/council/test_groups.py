"""A council of another city, entered by its file: people, steps, and meetings dated no more exactly than is known."""
from pathlib import Path

import pytest

from consortium.council.commands import load_into, told
from consortium.council.located import FileError
from consortium.council.shape import read_council
from consortium.groups.queries import whole_group
from participation.meetings.queries import meeting_lines, whole_meeting
from participation.paths import DEMO
from participation.policy import ANONYMOUS
from tests.support.databases import on_sqlite

YAMAGUCHI = DEMO / "yamaguchi-council.yaml"
DATES = ["2020-09-28", "2020-11-26", "2020-12-16", "2021-01-14", "2021-03-10", "2021-04", "2021-06", "2021-08"]


@pytest.fixture
def council(services):
    return read_council(YAMAGUCHI)


def held(services, session):
    return meeting_lines(session, services.registry, ANONYMOUS)[::-1]


def test_eight_meetings_each_of_which_confirms_the_minutes_of_the_last(services, db, council):
    changes = load_into(services, council)
    assert told(council, changes)[0].endswith("1 groups with 8 meetings; 20 of them new or changed.")
    with db.read() as session:
        lines = held(services, session)
        wholes = [whole_meeting(session, services.registry, ANONYMOUS, line.id) for line in lines]
    assert [line.number for line in lines] == list(range(1, 9))
    assert [[each.number for each in whole.confirmed_here] for whole in wholes] == [[], *[[n] for n in range(1, 8)]]
    assert [whole.minutes is not None for whole in wholes] == [*[True] * 7, False]  # nothing confirmed the last ones


@on_sqlite
def test_dates_are_shown_no_more_exactly_than_they_are_known(services, council, client):
    load_into(services, council)
    with services.db.read() as session:
        lines = held(services, session)
    english = client.another(language="en")
    for line, day, following in zip(lines, DATES, [*DATES[1:], ""], strict=True):
        page = english.open(line.path)  # it names the meeting that confirmed its minutes too
        month_only = 7 in (len(day), len(following))
        assert (f'datetime="{day}"' if len(day) == 7 else f'datetime="{day}T00:00') in page.html, day
        assert ("(only the month is known)" in page.text, "JST" in page.text) == (month_only, False), day
    seventh = english.open(lines[6].path)
    assert ("June 2021" in seventh.text, "Eighth council meeting" in seventh.text) == (True, True)
    assert client.get("/meetings.ics").html.count("BEGIN:VEVENT") == 0  # no hour is known of any of them


@on_sqlite
def test_the_page_of_the_council_shows_people_advisers_and_the_way_to_the_vision(services, council, client):
    load_into(services, council)
    with services.db.read() as session:
        line = whole_group(session, "council").line
    assert (len(line.chairs), len(line.members), len(line.advisers)) == (1, 2, 1)
    page = client.another(language="en").open("/working-groups/council")
    for words in ("Yamaguchi Smart City Promotion Council", "The council itself", "Expert on information technology",
                  "Vision adopted", "2021-11", "Eighth council meeting"):
        assert words in page.html, words


def test_loading_again_changes_nothing_and_a_meeting_more_adds_one(services, db, council, tmp_path: Path):
    load_into(services, council)
    assert load_into(services, council).total == 0
    more = tmp_path / "council.yaml"
    text = YAMAGUCHI.read_text(encoding="utf-8")
    ninth = "      - {number: 9, date: 2021-10-05, title: {ja: 第9回}, agenda: [{ja: 最終案}]}\n"
    more.write_text(text + ninth, encoding="utf-8")
    assert load_into(services, read_council(more)).groups == 1


@pytest.mark.parametrize(("old", "new", "line"), [
    ('date: "2021-04"', 'date: "2021-13"', "meetings[5].date: expected a day such as 2021-04-01 or a month"),
    ("number: 2\n", "number: 1\n", "meetings[0]: expected meetings whose numbers differ"),
    ("kind: council", "kind: choir", "groups[0].kind: expected one of council, steering")])
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, old: str, new: str, line: str):
    path = tmp_path / "council.yaml"
    path.write_text(YAMAGUCHI.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(FileError) as found:
        read_council(path)
    assert line in str(found.value)
