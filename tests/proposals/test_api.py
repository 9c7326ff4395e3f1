"""Proposals for programs: the API, the feed, the table, the points of a map."""
from xml.etree import ElementTree

from participation.spaces.models import Process
from proposals.models import Proposal
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

TEXT = "The way to the shops is steep, and there is nowhere to sit down on it."


def slug_of(scene: Scene) -> str:
    number = scene.process()
    return scene.ask(lambda session: session.get(Process, number).slug)


def test_a_program_publishes_and_reads_a_proposal(scene: Scene, doors: Doors, person: People) -> None:
    slug, hanako = slug_of(scene), person("Hanako")
    body = {"title": "Benches on the hill", "body": TEXT, "lat": 34.7, "lng": 135.1, "publish": True}
    answer = doors.api(hanako, "POST", f"/processes/{slug}/proposals", body)
    assert answer.status == 201
    made = answer.json()
    assert (made["title"], made["state"], made["author"]["name"]) == ("Benches on the hill", "published", "Hanako")
    assert made["published_at"] is not None and made["answer"] is None
    found = doors.api(None, "GET", "/proposals").json()
    assert (found["total"], found["next"], found["items"]) == (1, None, [made])
    assert doors.api(None, "GET", f"/proposals/{made['id']}").json() == made


def test_a_draft_is_its_authors_alone_until_it_is_published(scene: Scene, doors: Doors, person: People) -> None:
    slug, hanako = slug_of(scene), person("Hanako")
    made = doors.api(hanako, "POST", f"/processes/{slug}/proposals", {"title": "Ben", "publish": False}).json()
    path = f"/proposals/{made['id']}"
    assert doors.api(None, "GET", path).status == 404
    assert doors.api(person(), "PATCH", path, {"title": "Mine now"}).status == 404
    refused = doors.api(hanako, "PATCH", path, {"publish": True})
    assert refused.status == 422
    assert [error["field"] for error in refused.json()["errors"]] == ["title", "body"]
    changed = doors.api(hanako, "PATCH", path, {"title": "Benches on the hill", "body": TEXT, "publish": True})
    assert (changed.status, changed.json()["state"], changed.json()["version"]) == (200, "published", 1)
    edited = doors.api(hanako, "PATCH", path, {"body": TEXT + " Truly.", "reason": "Stronger"})
    assert (edited.json()["version"], edited.json()["title"]) == (2, "Benches on the hill")


@on_sqlite
def test_what_a_phase_does_not_open_is_refused(scene: Scene, doors: Doors, person: People) -> None:
    number = scene.process(features=("support",))
    slug = scene.ask(lambda session: session.get(Process, number).slug)
    body = {"title": "Benches on the hill", "body": TEXT, "publish": True}
    assert doors.api(person(), "POST", f"/processes/{slug}/proposals", body).status == 403
    assert doors.api(None, "POST", f"/processes/{slug}/proposals", body).status == 401


@on_sqlite
def test_bad_bodies_are_named_by_field(scene: Scene, doors: Doors, person: People) -> None:
    slug, hanako = slug_of(scene), person()
    path = f"/processes/{slug}/proposals"
    for body, fields in (
        ([], ["body"]),
        ({"title": 7, "body": TEXT, "publish": True}, ["title"]),
        ({"title": "Benches on the hill", "body": TEXT, "lat": 34.7, "publish": True}, ["lng"]),
        ({"title": "Benches on the hill", "body": TEXT, "category": "no-such", "publish": True}, ["category"]),
        ({"title": "x" * 201, "body": "short", "lat": "north", "publish": True}, ["title", "body", "lat"]),
    ):
        answer = doors.api(hanako, "POST", path, body)
        assert answer.status == 422
        assert sorted(error["field"] for error in answer.json()["errors"]) == sorted(fields)


def test_long_lists_come_in_pages(scene: Scene, doors: Doors) -> None:
    for _ in range(5):
        scene.proposal()
    first = doors.api(None, "GET", "/proposals?per_page=2").json()
    assert (len(first["items"]), first["total"]) == (2, 5)
    seen, following = [*first["items"]], first["next"]
    while following:
        page = doors.api(None, "GET", following.split("/api/v1")[1]).json()
        seen, following = [*seen, *page["items"]], page["next"]
    assert len({item["id"] for item in seen}) == 5


def test_the_feed_is_well_formed_and_keeps_markup_as_text(scene: Scene, client: Client) -> None:
    scene.proposal(title="Benches & <b>seats</b>", body="**Now** <script>alert(1)</script>")
    answer = client.get("/proposals.atom")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entry = ElementTree.fromstring(answer.html).find("{*}entry")
    assert entry.findtext("{*}title") == "Benches & <b>seats</b>"
    assert "<strong>Now</strong>" in entry.findtext("{*}content")
    assert "<script>" not in entry.findtext("{*}content")


def test_the_table_does_nothing_in_a_spreadsheet_program(scene: Scene, client: Client) -> None:
    scene.proposal(title="=HYPERLINK(\"http://evil.example\")")
    answer = client.get("/proposals.csv")
    assert answer.response.content.startswith(b"\xef\xbb\xbf")
    assert '"\'=HYPERLINK(""http://evil.example"")"' in answer.html


@on_sqlite
def test_the_map_holds_what_has_a_point(scene: Scene, client: Client) -> None:
    scene.proposal()
    here = scene.proposal(title="Benches on the hill")
    scene.set(Proposal, here, lat=34.7, lng=135.1)
    features = client.get("/proposals/map.json").json()["features"]
    assert [(one["geometry"]["coordinates"], one["properties"]["title"]) for one in features] == [
        ([135.1, 34.7], "Benches on the hill")]
    assert "Benches on the hill" in client.open("/proposals?view=map").text
