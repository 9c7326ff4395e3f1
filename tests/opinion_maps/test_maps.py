"""The live map: computed in the background, small groups hidden, letters that stay; its tables out and in again."""
import csv
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from proposals.opinion_maps import importing
from proposals.opinion_maps.figures import lettered, outline
from proposals.opinion_maps.mapping import Matrix, map_opinions, matrix_of
from proposals.opinion_maps.models import OpinionParticipant, OpinionResult, OpinionStatement, OpinionVote
from proposals.opinion_maps.places import pack, place_of
from proposals.opinion_maps.reading import Unreadable, read_votes
from proposals.opinion_maps.renewing import renew_now
from tests.opinion_maps.scene import Doors, Opinions
from tests.opinion_maps.test_mapping import SEATTLE, planted
from tests.support.client import Client
from tests.support.databases import on_sqlite


def two_camps(opinions: Opinions, people: int = 14, statements: int = 8) -> tuple[str, list[Any]]:
    """Halves that say the opposite of everything but the first statement, with which both agree."""
    slug, voters = opinions.map(statements=statements), [opinions.scene.person() for _ in range(people)]
    for place, person in enumerate(voters):
        for number in range(statements):
            opinions.vote(person, slug, number, 1 if number == 0 or (place + number) % 2 else -1)
    return slug, voters


@on_sqlite
def test_the_page_shows_groups_what_they_share_what_sets_them_apart_and_where_one_stands(
        opinions: Opinions, deliver: Any, client: Client) -> None:
    slug, voters = two_camps(opinions)
    assert "svg class=\"opinion-map\"" not in client.get(f"/opinion-maps/{slug}?lang=en").html
    deliver()
    client.sign_in(voters[0])
    shown = client.get(f"/opinion-maps/{slug}?lang=en")
    assert "Map of 14 people in 2 groups; the table below says the same in words." in shown.html
    assert "You are in group " in shown.text and "Group A, 7 people" in shown.text
    shared = shown.html.split('id="shared"')[1].split('id="apart"')[0]
    assert "Opinion 0" in shared and "Opinion 1" not in shared
    with opinions.scene.db.read() as session:
        assert session.scalar(select(OpinionResult.number)) == 1
    opinions.scene.clock.advance(minutes=1)
    deliver()
    with opinions.scene.db.read() as session:
        assert session.scalar(select(OpinionResult.number)) == 1, "nothing came since"


@on_sqlite
def test_a_group_of_fewer_than_five_has_no_figures_anywhere(opinions: Opinions, doors: Doors, deliver: Any) -> None:
    slug, _ = two_camps(opinions, people=10)
    for person in [opinions.scene.person() for _ in range(9)]:
        for number in range(8):
            opinions.vote(person, slug, number, 1)
    deliver()
    result = doors.api(None, "GET", f"/opinion-maps/{slug}").json()["result"]
    letters = {group["letter"] for group in result["groups"]}
    assert all(group["size"] >= 5 for group in result["groups"])
    assert all(set(line["groups"]) == letters for line in result["statements"])
    slug, _ = two_camps(opinions, people=8)
    opinions.scene.clock.advance(minutes=1)
    deliver()
    assert doors.api(None, "GET", f"/opinion-maps/{slug}").json()["result"]["groups"] == []
    maps = doors.api(None, "GET", "/opinion-maps?state=open&sort=participants").json()["items"]
    assert [each["participants"] for each in maps] == [19, 8]
    assert doors.api(None, "GET", "/opinion-maps?q=zeppelin").json()["total"] == 0


def test_a_map_is_computed_by_a_process_of_its_own_from_either_database(
        opinions: Opinions, services: Any, tmp_path: Path) -> None:
    slug, _ = two_camps(opinions, people=10)
    file = tmp_path / "map.json"
    done = subprocess.run([sys.executable, "-m", "proposals.opinion_maps.computing", str(opinions.row(slug).id), file],
                          env={"SANPO_DATABASE_URL": services.settings.database_url, "PATH": ""}, cwd=Path.cwd(),
                          capture_output=True, text=True)  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert '"placed": 10' in file.read_text()


def test_letters_stay_with_the_people_when_sizes_and_numbers_change() -> None:
    votes, member = planted(3, 90, 30, 1.0, seed=8)
    found = map_opinions(votes)
    before = {int(who): (member[int(who)] + 1, 0.0, 0.0) for who in found.groups}
    letters = lettered(found, before)
    assert {(letters[group], member[int(who)] + 1) for who, group in found.groups.items()} == {(1, 1), (2, 2), (3, 3)}


def test_places_are_found_and_outlines_hold_all_points() -> None:
    places = {who: (who % 3, who / 2, -1.0) for who in (3, 9, 12, 40)}
    assert [place_of(pack(places), who) for who in (3, 9, 12, 40, 4, 99)] == [*places.values(), None, None]
    corners = [[0, 0], [10, 0], [10, 10], [0, 10]]
    assert sorted(outline([(x, y) for x, y in [*corners, [5, 5], [3, 8], [5, 0]]])) == sorted(corners)


@on_sqlite
def test_the_export_reads_back_to_the_same_map_and_names_nobody(
        opinions: Opinions, doors: Doors, deliver: Any, tmp_path: Path) -> None:
    slug, voters = two_camps(opinions)
    path = f"/secretariat/opinion-maps/{slug}/state"
    doors.client.cookies.clear()
    assert doors.client.get(f"/opinion-maps/{slug}/votes.csv").status == 403, "not while it is open"
    assert doors.form(opinions.desk, "POST", path, {"to": "closed"}).status == 303
    deliver()
    for name in ("votes", "comments", "participants-votes", "summary"):
        (tmp_path / f"{name}.csv").write_text(doors.client.get(f"/opinion-maps/{slug}/{name}.csv").html)
    with (tmp_path / "participants-votes.csv").open(encoding="utf-8-sig") as file:
        people = list(csv.DictReader(file))
    assert len(people) == 14 and {person["group-id"] for person in people} == {"0", "1"}
    one_by_one, table = (map_opinions(_matrix(tmp_path / f"{name}.csv")) for name in ("votes", "participants-votes"))
    assert one_by_one == table and one_by_one.k == 2
    brought = opinions.scene.db.write(lambda session: importing.bring_in(
        session, None, opinions.scene.current, "again", "もう一度",
        importing.read_export(tmp_path / "comments.csv", tmp_path / "votes.csv"), locale="ja",
        now=opinions.scene.clock()))
    assert (brought.participants, brought.statements, brought.votes) == (14, 8, 14 * 8)


def _matrix(path: Path) -> Matrix:
    read = read_votes(path)
    return matrix_of(list(read.voters), list(read.statements), read.who, read.what, read.votes, read.times)


def test_polis_files_come_in_as_a_closed_map_with_exact_counters(opinions: Opinions, services: Any) -> None:
    def bring(session: Any) -> Any:
        export = importing.read_export(SEATTLE / "comments.csv", SEATTLE / "votes.csv")
        return importing.bring_in(session, None, opinions.scene.current, "seattle", "15 dollars?", export, locale="en",
                                  now=opinions.scene.clock())
    brought = opinions.scene.db.write(bring)
    assert (brought.participants, brought.statements, brought.votes) == (339, 54, 2995 - 123)
    with opinions.scene.db.read() as session:
        own = (OpinionStatement.agree, OpinionStatement.disagree, OpinionStatement.passed)
        counted = session.execute(select(*map(func.sum, own))).one()
        kept = [session.scalar(select(func.count()).where(OpinionVote.vote == vote)) for vote in (1, -1, 0)]
    assert list(counted) == kept
    renew_now(services, opinions.scene.clock())
    with opinions.scene.db.read() as session:
        assert [group["size"] for group in session.scalar(select(OpinionResult.figures))["groups"]] == [91, 47]


@pytest.mark.parametrize(("file", "old", "new", "said"), [
    ("comments.csv", ",1,Not sure", ",7,Not sure", "line 2: moderated must be -1, 0 or 1"),
    ("comments.csv", "comment-id,", "id,", "the column comment-id is missing"),
    ("votes.csv", ",0,0,0\n", ",999,0,0\n", "statement 999 is not in comments.csv")])
def test_what_is_wrong_in_the_files_is_said_with_its_place(
        tmp_path: Path, file: str, old: str, new: str, said: str) -> None:
    for name in ("comments.csv", "votes.csv"):
        text = (SEATTLE / name).read_text(encoding="utf-8").replace("1,0,0,Not sure", "1,0,1,Not sure")
        (tmp_path / name).write_text(text.replace(old, new, 1) if name == file else text, encoding="utf-8")
    with pytest.raises(Unreadable, match=said):
        importing.read_export(tmp_path / "comments.csv", tmp_path / "votes.csv")


@on_sqlite
def test_the_desk_brings_in_a_map_or_says_every_wrong_line_and_keeps_what_was_typed(
        opinions: Opinions, client: Client) -> None:
    files = {name: (SEATTLE / f"{name}.csv").read_text(encoding="utf-8") for name in ("comments", "votes")}
    typed = {"process": "process-1", "slug": "seattle", "question": "15 dollars?", "language": "en"}
    client.sign_in(opinions.desk)
    client.open("/?lang=en")

    def bring(**changed: str) -> Any:
        sent = {name: (f"{name}.csv", text.encode()) for name, text in {**files, **changed}.items()}
        return client.post("/secretariat/opinion-maps/import", typed, files=sent)
    refused = bring(votes=files["votes"].replace(",0,0,", ",0,7,", 1).replace("\n", "\nx,y\n", 1))
    assert (refused.status, refused.form("question").value("question")) == (422, "15 dollars?")
    assert "line 2 2 columns instead of 5" in refused.text
    assert bring().status == 303
    row = opinions.row("seattle")
    assert (row.state, row.participants_count) == ("closed", 339)


@on_sqlite
def test_who_leaves_takes_the_thread_to_their_votes_along_and_may_take_a_copy(
        opinions: Opinions, services: Any, now: Any) -> None:
    slug, person = opinions.map(), opinions.scene.person()
    opinions.vote(person, slug, 1, -1)
    export, erase = (next(component.hooks[name] for component in services.registry.components
                          if component.name == "opinion_maps") for name in ("export_account", "erase_account"))
    with services.db.read() as session:
        told = export(session, person.id)["opinion_votes"]
    assert [(vote["slug"], vote["number"], vote["vote"]) for vote in told] == [(slug, 1, -1)]
    services.db.write(lambda session: erase(session, person.id, now))
    with services.db.read() as session:
        assert list(session.execute(select(OpinionParticipant.account_id))) == [(None,)]
        assert list(session.scalars(select(OpinionVote.vote))) == [-1]
