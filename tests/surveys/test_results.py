"""What a survey tells: figures, crossed figures without small numbers, words without people, tables, and erasure."""
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from consortium.voices.queries import voice
from participation.db import Localized
from participation.surveys.actions import show_words
from participation.surveys.answering import save_typed
from participation.surveys.figures import _conceal, crossed, tallies
from participation.surveys.models import Kind, SurveyAnswer, SurveyQuestion
from participation.surveys.personal import erase_account, export_account
from participation.surveys.questions import Option, Question
from participation.subjects import Subject
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.surveys.scene import Polls

FEWEST = 5


def question(number: int, kind: Kind, *options: str, **more: Any) -> Question:
    empty = Localized()
    given_ = {"title": empty, "hint": empty, "section": empty, "low": empty, "high": empty, "required": False,
              "breaks": False, "rows": (), "other": False, "least": None, "most": None, "steps": 5,
              "shown_by_id": None, "shown_if": ()}
    listed = tuple(Option(str(place), Localized({"ja": text})) for place, text in enumerate(options, 1))
    return Question(id=number, number=number, kind=kind, options=listed, **{**given_, **more})


def test_figures_count_what_was_asked_and_answered_by_hand() -> None:
    first = question(1, Kind.SINGLE, "a", "b", other=True)
    second = question(2, Kind.SCALE, shown_by_id=1, shown_if=("2",))
    third = question(3, Kind.MULTIPLE, "x", "y")
    answers = [{"1": "1", "3": ["1", "2"]}, {"1": "2", "2": 4}, {"1": "2", "2": 1, "3": ["2"]},
               {"1": {"other": "c"}}, {"1": "2"}]
    found = tallies([first, second, third], answers, "ja", str)
    assert [(each.asked, each.answered, each.mean) for each in found] == [(5, 5, ""), (3, 2, "2.5"), (5, 2, "")]
    assert [[(bar.key, bar.count, bar.percent) for bar in each.bars] for each in found] == [
        [("1", 1, 20), ("2", 3, 60), ("other", 1, 20)],
        [("1", 1, 50), ("2", 0, 0), ("3", 0, 0), ("4", 1, 50), ("5", 0, 0)], [("1", 1, 50), ("2", 2, 100)]]


def test_crossed_figures_leave_small_groups_out_and_hide_small_cells() -> None:
    first, second = question(1, Kind.SINGLE, "a", "b"), question(2, Kind.SINGLE, "x", "y", "z")
    counts = {("1", "1"): 20, ("1", "2"): 6, ("1", "3"): 2, ("2", "1"): 9, ("2", "2"): 1, ("2", "3"): 1}
    answers = [{"1": one, "2": two} for (one, two), count in counts.items() for _ in range(count)]
    found = crossed(first, second, answers, "ja", str)
    assert (found.groups, found.left_out) == ((("x", 29), ("y", 7)), 1)
    assert found.rows == (("a", (None, None)), ("b", (None, None)))


@settings(max_examples=60, deadline=None, database=None, derandomize=True)
@given(some.lists(some.lists(some.integers(0, 12), min_size=2, max_size=3), min_size=2, max_size=3)
       .filter(lambda rows: len({len(row) for row in rows}) == 1))
def test_no_hidden_number_follows_from_its_row_or_column(table: list[list[int]]) -> None:
    shown = _conceal(table)
    for cells, told in (*zip(table, shown, strict=True), *zip(zip(*table, strict=True), zip(*shown, strict=True),
                                                             strict=True)):
        hidden = [count for count, seen in zip(cells, told, strict=True) if seen is None]
        assert all(not 0 < count < FEWEST for count, seen in zip(cells, told, strict=True) if seen is not None)
        assert len(hidden) != 1 or len(cells) == 1
        assert not hidden or sum(hidden) >= FEWEST or len(hidden) == len(cells)


@on_sqlite
def test_words_are_the_desks_alone_until_it_opens_them_and_can_then_be_linked_as_a_voice(
        polls: Polls, doors: Doors) -> None:
    slug = polls.survey("open", results="close")
    number = int(next(iter(doors.api(polls.desk, "GET", f"/surveys/{slug}").json()["questions"]))["id"])
    people = [polls.scene.person() for _ in range(6)]
    sheets = [polls.answer(slug, {f"q{number}": f"=川沿いの道 {place}"}, who) for place, who in enumerate(people)]
    polls.turn(slug, "closed")
    told = doors.api(None, "GET", f"/surveys/{slug}/results").json()
    assert (told["answers"], told["questions"][0]["words"]) == (6, [])
    opened = polls.scene.do(show_words, polls.desk, polls.numbered[slug], sheets[0], number)
    assert polls.scene.do(show_words, polls.desk, polls.numbered[slug], sheets[0], number) is None, "once each"
    assert doors.api(None, "GET", f"/surveys/{slug}/results").json()["questions"][0]["words"] == ["=川沿いの道 0"]
    found = polls.scene.ask(voice, opened)
    assert (found.words, found.author, found.author_id) == ("=川沿いの道 0", "", people[0].id)
    there = doors.client.another().get(f"/surveys/words/by-id/{opened}")
    assert there.location == f"/surveys/{slug}/results#voice-{opened}"
    doors.client.another().open(f"/surveys/{slug}/results.csv")
    rows = doors.client.another().sign_in(polls.desk).get(
        f"/surveys/{slug}/answers.csv").response.text.splitlines()
    assert rows[1:] == [f'"\'=川沿いの道 {place}"' for place in range(6)]
    polls.scene.set(Subject, opened, hidden_at=polls.scene.clock())
    assert doors.api(None, "GET", f"/surveys/{slug}/results").json()["questions"][0]["words"] == []


@on_sqlite
def test_fewer_than_five_answers_tell_their_number_only(polls: Polls, client: Client, doors: Doors) -> None:
    slug = polls.survey("open", access="everybody", results="close")
    number = doors.api(None, "GET", f"/surveys/{slug}").json()["questions"][0]["id"]
    for _ in range(4):
        assert doors.api(None, "POST", f"/surveys/{slug}/answers", {"answers": {str(number): "川"}}).status == 201
    polls.turn(slug, "closed")
    assert doors.api(None, "GET", f"/surveys/{slug}/results").json() == {"survey": slug, "answers": 4, "questions": []}
    assert "登録なしでだれでも答えられた" in client.open(f"/surveys/{slug}/results").text


@pytest.mark.parametrize("sent", [True, False])
def test_a_person_takes_their_answers_along_and_erasure_keeps_what_was_sent_under_nobodys_name(
        polls: Polls, sent: bool) -> None:
    slug, someone = polls.survey("open"), polls.scene.person()
    field = f"q{polls.scene.ask(lambda s: s.query(SurveyQuestion.id).scalar())}"
    if sent:
        polls.answer(slug, {field: "川沿い"}, someone)
    else:
        polls.scene.db.write(lambda s: save_typed(s, someone, polls.numbered[slug], {field: "川"}, locale="ja",
                                                  now=polls.scene.clock()) and None)
    told = polls.scene.ask(export_account, someone.id)["survey_answers"]
    assert [(each["slug"], each["said"] is not None) for each in told] == [(slug, sent)]
    polls.scene.db.write(lambda s: erase_account(s, someone.id, polls.scene.clock()))
    rows = polls.scene.ask(lambda s: [(row.account_id, row.typed) for row in s.query(SurveyAnswer)])
    assert rows == ([(None, {})] if sent else [])

