"""People who write on one board at the same time lose nothing and double nothing; dots are counted once."""
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from participation.policy import Refused
from participation.subjects import Subject
from tests.workshops.boards.scene import Scene
from workshops.boards.dots import give_dot, take_dot
from workshops.boards.models import Dot, Note, Poster
from workshops.boards.queries import board
from workshops.boards.saving import Differs, add_card, move_card, remove_card


def texts(scene: Scene, team: str = "A") -> list[str]:
    view = scene.ask(board, scene.case(scene.desk, team))
    return [note.value("text") for note in view.ideas]


def test_many_at_once_lose_no_note_double_none_and_give_no_dot_too_many(scene: Scene) -> None:
    first, second = scene.people["A"]
    for number in range(6):
        scene.note(first, "A", f"idea-{number:04}", f"Idea {number}")

    def write(number: int) -> str:
        """Each note is sent twice, by two windows; each dot too."""
        who, text = (first, second)[number % 2], f"Text {number % 24}"
        scene.note(who, "A", f"note-{number % 24:04}", text)
        try:
            scene.on(first, give_dot, "note", f"idea-{number % 6:04}")
        except Refused as refused:
            return refused.verdict.kind
        return "given"

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(write, range(48)))
    assert sorted(texts(scene)) == sorted([*(f"Text {n}" for n in range(24)), *(f"Idea {n}" for n in range(6))])
    assert set(said) == {"given", "conflict"}
    assert scene.ask(lambda s: s.scalar(select(func.count()).select_from(Dot))) == 3

    def save(number: int) -> str:
        """All upon the same version, each from a window of its own: one is first, the others are told."""
        try:
            who = (first, second)[number % 2]
            scene.save(who, "A", "idea-0000", f"Changed {number}", version=0, window=f"w{number}")
        except Differs as differs:
            return differs.theirs
        return "saved"

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(save, range(8)))
    kept = scene.ask(lambda s: s.scalar(select(Note.text).where(Note.uid == "idea-0000")))
    assert sorted(answers) == sorted(["saved", *[kept] * 7])


def test_a_save_upon_an_older_version_keeps_both_texts(scene: Scene) -> None:
    first, second = scene.people["A"]
    uid = scene.note(first, "A", "note-0001", "A bench")
    assert scene.save(first, "A", uid, "A long bench", version=0, window="one") == 1
    with pytest.raises(Differs) as found:
        scene.save(second, "A", uid, "A red bench", version=0, window="two")
    assert (found.value.theirs, found.value.version) == ("A long bench", 1)
    assert scene.save(second, "A", uid, "A long red bench", version=1, window="two") == 2
    assert scene.save(second, "A", uid, "A long red bench", version=1, window="two") == 2, "its answer was lost"
    assert scene.save(second, "A", uid, "A long red bench of wood", version=1, window="two") == 3, "and it typed on"


def test_what_is_taken_away_can_be_put_back_and_who_still_writes_in_it_brings_it_back(scene: Scene) -> None:
    first, second = scene.people["A"]
    uid = scene.note(first, "A", "note-0001", "A bench")
    scene.on(first, remove_card, "note", uid)
    assert texts(scene) == []
    scene.on(second, remove_card, "note", uid, back=True)
    assert texts(scene) == ["A bench"]
    scene.on(first, remove_card, "note", uid)
    scene.save(second, "A", uid, "A bench by the sea", version=0)
    assert texts(scene) == ["A bench by the sea"]


def test_cards_change_places_and_stay_at_the_ends(scene: Scene) -> None:
    first = scene.people["A"][0]
    for letter in "abc":
        scene.note(first, "A", f"note-000{letter}", letter)
        scene.poster(first, "A", f"poster-000{letter}", concept=letter)
        scene.on(first, add_card, "persona", f"persona-{letter}", {"name": letter})
    for kind in ("note-000", "poster-000", "persona-"):
        for letter in "ca":
            scene.on(first, move_card, kind.split("-")[0], kind + letter, -1)
    view = scene.ask(board, scene.case(first, "A"))
    rows = ([card.title for card in cards] for cards in (view.ideas, view.posters, view.personas))
    assert list(rows) == [["a", "c", "b"]] * 3


def test_moments_stand_by_the_clock_and_those_without_a_time_where_they_are_put(scene: Scene) -> None:
    first = scene.people["A"][0]
    scene.on(first, add_card, "persona", "persona-a", {"name": "Fumi"})
    for name, at in (("wakes", "07:00"), ("naps", ""), ("sleeps", "22:00"), ("eats", "12:00"), ("cooks", "12:00")):
        scene.on(first, add_card, "moment", f"moment-{name}", {"activity": name, "at": at}, belongs_to="persona-a")

    def day() -> list[str]:
        return [each.value("activity") for each in scene.ask(board, scene.case(first, "A")).personas[0].moments]
    assert day() == ["wakes", "naps", "eats", "cooks", "sleeps"]
    for name, by in (("naps", 1), ("cooks", -1), ("cooks", -1), ("wakes", 1)):
        scene.on(first, move_card, "moment", f"moment-{name}", by)
    assert day() == ["wakes", "cooks", "eats", "naps", "sleeps"]


def test_an_idea_becomes_one_poster_whose_subject_is_not_public(scene: Scene) -> None:
    first = scene.people["A"][0]
    scene.note(first, "A", "note-0001", "A bench at each stop")
    for _ in range(2):
        scene.on(first, add_card, "poster", "note-0001-p", {"concept": "", "big_idea": ""}, belongs_to="note-0001")

    def found(session: Any) -> list[Any]:
        rows = select(Poster.big_idea, Subject.kind, Subject.published_at).join(Subject, Subject.id == Poster.id)
        return [tuple(row) for row in session.execute(rows)]
    assert scene.ask(found) == [("A bench at each stop", "poster", None)]


def test_a_dot_is_taken_back_and_given_elsewhere(scene: Scene) -> None:
    first, of_b = scene.people["A"][0], scene.people["B"][0]
    for number in range(4):
        scene.poster(of_b, "B", f"poster-{number:04}", concept=f"Concept {number}")
    assert [scene.on(first, give_dot, "poster", f"poster-{n:04}") for n in (0, 0, 1, 2)] == [2, 2, 1, 0]
    with pytest.raises(Refused):
        scene.on(first, give_dot, "poster", "poster-0003")
    assert scene.on(first, take_dot, "poster", "poster-0000") == 1
    assert scene.on(first, give_dot, "poster", "poster-0003") == 0
