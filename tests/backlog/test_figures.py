"""Public figures of how voices are dealt with: what counts, and the list behind each figure."""
import csv
import io
from typing import Any

import pytest

from consortium.backlog.helping import say_helped
from consortium.backlog.models import Helped, ItemState
from rules.checks.port import State, SubjectKind
from tests.backlog.scene import Works
from tests.checks.scene import subject
from tests.checks.test_services import finding
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite


def table(page: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(page.html.lstrip("\ufeff"))))


def test_figures_count_what_their_lists_hold(works: Works, doors: Doors) -> None:
    path = f"/services/{works.service.slug}/backlog"
    nothing = doors.api(None, "GET", f"{path}/figures").json()
    assert (nothing["voices"], nothing["share_percent"], nothing["median_days_to_answer"]) == (0, None, None)
    person = works.catalogue.person()
    first, second, *_ = (works.said(works.catalogue.person(), f"声{n}") for n in range(4))
    works.clock.advance(days=2)
    item = works.item(voices=[first.subject_id])
    works.clock.advance(days=4)
    doors.form(works.owner, "POST", f"/services/{works.service.slug}/inbox/{second.subject_id}",
               {"kind": "aside", "text": "道が狭いためです。"})
    for to in (ItemState.TRIAGED, ItemState.PLANNED, ItemState.IN_PROGRESS):
        works.move(item, to)
    works.clock.advance(days=10)
    works.move(item, ItemState.RELEASED)
    works.do(lambda s: say_helped(s, person, item, Helped.YES, "", now=works.clock()) and None)
    wanted = {"voices": 4, "answered": 2, "share_percent": 50, "median_days_to_answer": 4.0, "releases": 1,
              "median_days_to_release": 16.0, "helped_yes": 1, "helped_no": 0, "helped_unsure": 0}
    assert doors.api(None, "GET", f"{path}/figures").json() == wanted
    assert doors.api(None, "GET", "/backlog/figures").json() == wanted
    rows = table(doors.client.sign_out().open(f"{path}/voices.csv"))
    assert sorted(row["days"] for row in rows) == ["", "", "2.0", "6.0"]
    assert [row["days"] for row in table(doors.client.open(f"{path}/releases.csv"))] == ["16.0"]
    page = doors.client.open(f"{path}/figures").text
    assert [words in page for words in ("50パーセント", "4.0日", "16.0日", "道が狭いためです。")] == [True] * 4
    assert "50パーセント" in doors.client.open(f"/services/{works.service.slug}").text
    assert works.service.slug in doors.client.open("/backlog").html


@on_sqlite
def test_voices_answered_in_time_keep_the_article(works: Works, doors: Doors) -> None:
    name, asked = "feedback_answered_within", {"days": 30, "share": 0.5}
    about = subject(works.service.id, SubjectKind.SERVICE)

    def state() -> State | None:
        found = finding(works.catalogue, name, about, **asked)
        return found and found.state
    assert state() is None
    first, second = works.said(), works.said()
    assert state() == State.DUE
    works.clock.advance(days=29)
    works.item(voices=[first.subject_id])
    assert state() == State.KEPT
    works.clock.advance(days=2)
    assert state() == State.KEPT  # one of two, and a half is asked for
    asked["share"] = 0.8
    assert state() == State.BROKEN
    works.item(voices=[second.subject_id])
    assert state() == State.BROKEN  # it came too late
    assert finding(works.catalogue, name, subject(works.mine.id), **asked).state == State.BROKEN


@on_sqlite
def test_a_list_that_stands_still_and_a_year_without_a_release_are_seen(works: Works) -> None:
    service, owner = subject(works.service.id, SubjectKind.SERVICE), subject(works.mine.id)

    def moves() -> State | None:
        found = finding(works.catalogue, "backlog_moves_within", service, days=90)
        return found and found.state

    def releases() -> State:
        return finding(works.catalogue, "services_release_improvements", owner, per_year=1).state
    assert (moves(), releases()) == (None, State.DUE)
    item = works.item()
    works.clock.advance(days=91)
    assert moves() == State.BROKEN
    works.move(item, ItemState.TRIAGED)
    assert moves() == State.KEPT
    works.clock.advance(days=300)
    assert releases() == State.BROKEN
    for to in (ItemState.PLANNED, ItemState.IN_PROGRESS, ItemState.RELEASED):
        works.move(item, to)
    assert (moves(), releases()) == (State.KEPT, State.KEPT)


@on_sqlite
@pytest.mark.parametrize("kind", [SubjectKind.SERVICE, SubjectKind.ORGANISATION])
def test_a_service_names_the_voices_that_it_came_from(works: Works, doors: Doors, kind: SubjectKind) -> None:
    about = subject(works.service.id if kind == SubjectKind.SERVICE else works.mine.id, kind)
    assert finding(works.catalogue, "service_names_its_voices", about).state == State.BROKEN
    source = str(works.said().subject_id)
    doors.form(works.owner, "POST", f"/linked-voices/{works.service.id}", {"source": source})
    assert finding(works.catalogue, "service_names_its_voices", about).state == State.KEPT
