"""The record of a workshop: what it lacks, what becomes public with it, and what never does."""
import io
from typing import Any

import pytest
from PIL import Image

from participation.media import uploads
from participation.press import print_now
from participation.services import Services
from participation.subjects import Subject
from tests.proposals.doors import Doors
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.test_pictures import with_place
from tests.workshops.records.scene import HeldDay, anybody
from workshops.boards.models import Poster
from workshops.models import State, Workshop

PUBLISH = ("/workshops/park/record/publish", "/workshops/park/record/publication")
AGREED = {"alt": "坂でボードを囲む三人", "caption": "坂の上で", "consent": "everybody_agreed", "said_by": "進行役が当日に"}
ROLES = ("nobody", "citizen", "member", "facilitator", "secretariat", "auditor")


def photo(colour: str = "red") -> dict[str, Any]:
    buffer = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(buffer, "PNG")
    return {"picture": ("p.png", buffer.getvalue(), "image/png")}


@on_sqlite
@pytest.mark.parametrize("state", list(State))
def test_each_role_writes_and_publishes_in_each_state_what_the_table_says(
        day: HeldDay, doors: Doors, state: str) -> None:
    day.write()
    who, kept = anybody(day), state in ("confirmed", "held", "published")
    for role in ROLES:
        organises = role in ("facilitator", "secretariat")
        wanted = (401, 401) if role == "nobody" else (403, 403) if not organises else (
            (303 if kept else 409), (303 if state == "held" else 409))
        for door, publication in ((doors.form, PUBLISH[0]), (doors.api, PUBLISH[1])):
            day.do(lambda session, *, now: setattr(session.get_one(Workshop, day.id), "state", state))
            found = (door(who[role], "POST", "/workshops/park/record/lessons", {"text_ja": "聞くことから"}).status,
                     door(who[role], "POST", publication, {}).status)
            api = {303: 201} if door == doors.api else {}
            assert found == (api.get(wanted[0], wanted[0]), 200 if api and wanted[1] == 303 else wanted[1]), (
                role, state, door.__name__)


@on_sqlite
def test_a_record_says_what_it_lacks_and_is_not_published_before(day: HeldDay, client: Client) -> None:
    client.sign_in(day.facilitator)
    page = client.open(PUBLISH[0])
    assert "記録はまだ公開できません" in page.text and "あと2件足りません" in page.text
    assert client.another().get("/workshops/park/record").status == 403
    answer = client.api("POST", PUBLISH[1], {}, token=day.person.token(day.facilitator))
    assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, ["record"])
    day.write()
    assert "記録を公開しますか" in client.open(PUBLISH[0]).text
    assert client.post(PUBLISH[0], follow=True).path == "/workshops/park/record"


@on_sqlite
def test_everybody_reads_a_published_record_with_all_that_it_links(
        day: HeldDay, client: Client, deliver: Any) -> None:
    for path in (f"/posters/{day.poster}", f"/personas/{day.persona}"):
        assert client.get(path).status == 404
    assert client.another().sign_in(day.taro).get(f"/posters/{day.poster}").status == 200
    day.publish()
    page = client.open("/workshops/park/record")
    for words in ("坂を歩きました。", "見守りベンチ", "田中みつ", "座ると光るベンチ", "歩いてから考える。", "参加者3人",
                  "シール1枚"):
        assert words in page.text
    assert "Hana" in page.text and "Taro" not in page.text and "Guest" not in page.text  # who agreed to be named
    assert 'class="chart mood"' in client.open(f"/personas/{day.persona}").html
    assert "見守りベンチ" in client.open(day.path).text  # on the workshop's own page
    poster = client.another().sign_in(day.taro).open(f"/posters/{day.poster}")
    assert "座面のセンサー" in poster.text
    assert f"/subjects/{day.poster}/comments" in {form.action for form in poster.forms}
    assert poster.form("follow")
    assert f"/report/{day.poster}" in [target for _, target in poster.links]
    deliver()
    for person in (day.hana, day.taro):
        assert "「夜の公園」の記録が読めるようになりました。" in client.another().sign_in(person).open("/me/notices").text
    assert "見守りベンチ" in client.open("/search?q=見守りベンチ").text


@on_sqlite
def test_a_photo_is_public_only_with_its_mark_and_for_as_long_as_it_has_one(day: HeldDay, client: Client) -> None:
    client.sign_in(day.facilitator)
    edit = client.open("/workshops/park/record/edit")
    refused = client.submit(edit, {**AGREED, "said_by": ""}, button="写真を加える", files=photo())
    assert refused.status == 422 and "だれが確かめたか" in refused.text and refused.form("photos").value("alt") == AGREED["alt"]
    for colour, mark in (("red", AGREED), ("blue", {**AGREED, "consent": ""}),
                         ("green", {**AGREED, "consent": "not_published"})):
        assert client.submit(edit, mark, button="写真を加える", files=photo(colour)).status == 303
    anybody_else = client.another()
    files = {path.name for path in uploads(day.services.settings).glob("*.webp")}
    seen = lambda: sum(anybody_else.get(f"/media/{name}").status == 200 for name in files)  # noqa: E731
    assert (len(files), seen()) == (3, 0)
    assert all(client.get(f"/media/{name}").status == 200 for name in files)
    assert all(client.another().sign_in(day.hana).get(f"/media/{name}").status == 404 for name in files)
    day.publish()
    page = anybody_else.open("/workshops/park/record")
    assert (seen(), page.html.count("<figure")) == (1, 1) and "進行役が当日に" not in page.text
    number = page.html.partition('id="photo-')[2].partition('"')[0]
    assert anybody_else.open(f"/workshop-photos/{number}").path == "/workshops/park/record"
    client.post(f"/workshop-photos/{number}", {"consent": "not_published"}, on=f"/workshop-photos/{number}/edit")
    assert (seen(), anybody_else.get(f"/workshop-photos/{number}").status) == (0, 404)
    client.submit(client.open(f"/workshop-photos/{number}/edit"), button="写真を消す")
    assert len(client.open("/workshops/park/record/edit").html.split("/workshop-photos/")) == 3


@on_sqlite
@pytest.mark.usefixtures("press")
def test_a_poster_with_its_picture_is_printed_on_both_papers(day: HeldDay, client: Client, services: Services) -> None:
    path = f"/posters/{day.poster}/picture"
    client.sign_in(day.hana)
    sent = {"picture": ("a.jpg", with_place(), "image/jpeg")}
    nothing = client.submit(client.open(path), {"alt": ""}, form=path, files=sent)
    assert nothing.status == 422 and "何が写っているか" in nothing.text
    assert client.submit(client.open(path), {"alt": "灯りのともるベンチ"}, form=path, files=sent).status == 303
    name = day.ask(lambda session: session.get_one(Poster, day.poster).picture)
    assert b"CameraOfHanako" not in (uploads(services.settings) / name).read_bytes()
    assert client.another().get(f"/media/{name}").status == 404
    assert print_now(services, day.clock()) is False  # only what is public
    day.publish()
    while print_now(services, day.clock()):
        continue
    page = client.another().open(f"/posters/{day.poster}")
    sizes = {}
    for paper in ("a4", "a3"):
        answer = client.get(page.link(f"PDF({paper.upper()})"))
        assert answer.response.content[:5] == b"%PDF-"
        sizes[paper] = len(answer.response.content)
        sheet = client.open(f"/posters/{day.poster}/print?paper={paper}")
        assert f"sheet poster {paper}" in sheet.html and "灯りのともるベンチ" in sheet.html
    assert client.another().get(f"/media/{name}").status == 200
    assert client.get(path).status == 403  # the team's part is over
    assert client.sign_in(day.facilitator).submit(client.open(path), button="絵を外す").status == 303
    assert "PDF(A4)" not in client.another().open(f"/posters/{day.poster}").text  # to be printed anew


@on_sqlite
def test_the_gallery_is_searched_by_words_workshop_and_year(day: HeldDay, client: Client) -> None:
    assert "まだポスターがありません" in client.open("/posters").text
    day.publish()
    year = day.clock().year
    for query, count in (("", 1), ("?q=センサー 知らせる", 1), ("?q=鉄道", 0), ("?workshop=park", 1), ("?workshop=none", 1),
                         (f"?year={year}", 1), ("?year=1999&page=x", 1)):
        assert f"ポスター{count}枚" in client.open(f"/posters{query}").text, query
    found = client.api("GET", "/posters?q=ベンチ").json()
    assert (found["total"], found["items"][0]["concept"], found["items"][0]["dots"]) == (1, "見守りベンチ", 1)
    record = client.api("GET", "/workshops/park/record").json()
    assert (record["teams"][0]["named"], record["teams"][0]["personas"][0]["day"][2]["feeling"]) == (["Hana"], -2)
    day.do(lambda session, *, now: setattr(session.get_one(Subject, day.poster), "hidden_at", now))
    assert "ポスター0枚" in client.open("/posters").text
    assert client.get(f"/posters/{day.poster}").status == 404
