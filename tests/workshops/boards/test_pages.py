"""The board without a script, its live part, its API; what a field refuses stays in the field."""
import re
from typing import Any

from participation.services import Services
from tests.support.databases import on_sqlite
from tests.test_pictures import with_place
from tests.workshops.boards.scene import SLUG, Scene
from workshops.boards.models import Poster
from workshops.boards.news import stop_url
from workshops.boards.queries import board
from workshops.boards.teams import balance_teams, teams_of
from workshops.models import WorkshopApplication, WorkshopMember


@on_sqlite
def test_without_a_script_both_texts_are_on_the_page_and_the_next_save_decides(scene: Scene, client: Any) -> None:
    first, second = scene.people["A"]
    uid = scene.note(first, "A", "note-0001", "A bench")
    client.sign_in(second)
    page = client.open(scene.path("A"))
    scene.save(first, "A", uid, "A green bench", version=0)
    form = f"note-{uid}-text"
    refused = client.submit(page, {"value": "A red bench"}, form=form)
    assert refused.status == 409
    assert "A green bench" in refused.text and "A red bench" in refused.text
    saved = client.submit(refused, {}, form=form)
    assert saved.status == 303
    assert [note.value("text") for note in scene.ask(board, scene.case(first, "A")).ideas] == ["A red bench"]


@on_sqlite
def test_what_a_field_refuses_stays_in_it_with_the_reason(scene: Scene, client: Any) -> None:
    client.sign_in(scene.people["A"][0])
    page = client.open(scene.path("A"))
    refused = client.submit(page, {"text": "x" * 401}, form="add-idea")
    assert refused.status == 422
    assert "x" * 401 in refused.text
    page = client.submit(page, {"name": "Fumi"}, form="add-persona", follow=True)
    uid = scene.ask(board, scene.case(scene.desk, "A")).personas[0].uid
    typed = {("at", "half past seven"), ("activity", "Walks")}
    refused = client.submit(page, dict(typed), form=f"add-moment-{uid}")
    assert refused.status == 422
    assert typed <= set(refused.form(f"add-moment-{uid}").fields)
    for at in ("7:30", "12:00", ""):
        page = client.submit(page, {"at": at, "activity": "Walks"}, form=f"add-moment-{uid}", follow=True)
    assert page.html.count("/order/moment/") == 2 * 2  # not for the one whose neighbours have times of their own


@on_sqlite
def test_the_live_part_is_sent_again_only_when_something_has_changed(scene: Scene, client: Any) -> None:
    first = scene.people["A"][0]
    client.sign_in(first)
    scene.note(first, "A", "note-0001", "A bench")
    answer = client.get(f"{scene.path('A')}/live")
    same = client.get(f"{scene.path('A')}/live", headers={"if-none-match": answer.headers["etag"]})
    assert (answer.status, same.status, same.text) == (200, 304, "")
    scene.save(first, "A", "note-0001", "A long bench", version=0)
    later = client.get(f"{scene.path('A')}/live", headers={"if-none-match": answer.headers["etag"]})
    assert (later.status, "A long bench" in later.text) == (200, True)


@on_sqlite
def test_a_board_costs_the_same_queries_however_much_stands_on_it(
        scene: Scene, client: Any, count_queries: Any) -> None:
    first = scene.people["A"][0]
    client.sign_in(first)
    client.open(scene.path("A"))  # what a process learns once
    with count_queries(scene.db) as few:
        client.open(scene.path("A"))
    for number in range(12):
        scene.note(first, "A", f"note-{number:04}", "A bench")
        scene.poster(first, "A", f"poster-{number:04}", concept="A bench")
    with count_queries(scene.db) as many:
        client.open(scene.path("A"))
    assert many.total == few.total


@on_sqlite
def test_a_new_personal_link_ends_what_the_old_one_opened(scene: Scene, client: Any) -> None:
    guest = client.another()
    guest.get(f"/workshops/{SLUG}/join/{scene.guest_key}")
    assert guest.get(scene.path("A")).status == 200
    client.sign_in(scene.desk)
    page = client.open(f"/workshops/{SLUG}/desk/links")
    shown = client.submit(page, {}, form=f"/workshops/{SLUG}/desk/links")
    assert shown.text.count(f"/workshops/{SLUG}/join/") == 1
    assert guest.get(scene.path("A")).status == 303, "led to sign in"


@on_sqlite
def test_on_the_day_a_lost_link_is_made_anew_and_a_guest_taken_in_until_the_record_is_published(
        scene: Scene, client: Any) -> None:
    scene.state("held")
    present, links = f"/workshops/{SLUG}/desk/present", f"/workshops/{SLUG}/desk/links"
    client.sign_in(scene.desk)
    assert client.submit(client.open(present), {"name": ""}, form="kind").status == 422
    shown = client.submit(client.open(present), {"name": "Yui"}, form="kind")
    (link,) = set(re.findall(rf"/workshops/{SLUG}/join/[A-Za-z0-9_-]+", shown.html))
    guest = client.another()
    assert guest.get(f"/workshops/{SLUG}/board").status == 303, "led to sign in"
    guest.get(link, follow=True)
    assert guest.get(f"/workshops/{SLUG}/board").status == 200
    assert "に受付" in client.open(present).text.partition("Yui")[2]
    member = scene.member[scene.people["A"][0].id or 0]
    again = client.submit(client.open(links), {"member": member}, form=links)
    assert again.text.count(f"/workshops/{SLUG}/join/") == 1  # of somebody who has an account
    token = client.people.token(scene.desk)
    made = client.api("POST", f"/workshops/{SLUG}/members", {"name": "Sora", "kind": "guest"}, token=token)
    renewed = client.api("POST", f"/workshops/{SLUG}/members/{made.json()['id']}/link", token=token)
    assert made.json()["url"] != renewed.json()["url"]
    listed = client.api("GET", f"/workshops/{SLUG}/members", token=token).json()["items"]
    assert [each["name"] for each in listed][-2:] == ["Yui", "Sora"]
    scene.state("published")
    assert client.api("POST", f"/workshops/{SLUG}/members", {"name": "Ren", "kind": "guest"}, token=token).status == 409


@on_sqlite
def test_a_guest_puts_a_picture_on_their_own_teams_poster_and_sees_it(scene: Scene, client: Any) -> None:
    def number(uid: str) -> int:
        return scene.ask(lambda session: session.query(Poster.id).filter_by(uid=uid).scalar())
    (own, other) = (number(scene.poster(scene.people[name][0], name, f"poster-{name}-1", concept="A bench"))
                    for name in "AB")
    stranger, guest = client.another(), client.another()
    guest.get(f"/workshops/{SLUG}/join/{scene.guest_key}")
    path, sent = f"/posters/{own}/picture", {"picture": ("a.jpg", with_place(), "image/jpeg")}
    assert f'href="{path}"' in guest.open(scene.path("A")).html
    assert guest.submit(guest.open(path), {"alt": "A bench under a lamp"}, form=path, files=sent).status == 303
    assert f"{path}/file" in guest.open(f"/posters/{own}").html and f"{path}/file" in guest.open(scene.path("A")).html
    of_b = client.another().sign_in(scene.people["B"][0])
    assert [each.get(f"{path}/file").status for each in (guest, of_b, stranger)] == [200, 200, 404]
    refused = (guest.get(f"/posters/{other}/picture").location, of_b.get(path).status, stranger.get(path).status)
    assert refused == (f"/sign-in?next=/posters/{other}/picture", 403, 404)


@on_sqlite
def test_a_guest_whose_application_has_an_address_is_asked_for_news_and_stops_them_by_a_link(
        scene: Scene, client: Any, services: Services) -> None:
    guest, board, ask = client.another(), f"/workshops/{SLUG}/board", f"/members/{scene.guest}/news"
    guest.get(f"/workshops/{SLUG}/join/{scene.guest_key}")
    assert ask not in guest.open(board).html

    def apply(session: Any) -> None:
        now = scene.clock()
        row = WorkshopApplication(workshop_id=scene.id, email="guest@example.test", name="Guest", number="N000000001",
                                  email_confirmed_at=now, created_at=now, updated_at=now)
        session.add(row)
        session.flush()
        session.get_one(WorkshopMember, scene.guest).application_id = row.id
    scene.db.write(apply)
    page = guest.submit(guest.open(board), form=ask, follow=True)
    kept = scene.ask(lambda session: session.get_one(WorkshopMember, scene.guest))
    assert (kept.news_to, kept.news_locale, "メールで受け取る" in page.text) == ("guest@example.test", "ja", True)
    link = stop_url(services, scene.guest, SLUG, scene.clock()).partition("/workshops")
    assert client.submit(client.open(link[1] + link[2]), form="/news/").status == 200
    assert scene.ask(lambda session: session.get_one(WorkshopMember, scene.guest).news_to) is None


@on_sqlite
def test_teams_change_places(scene: Scene, client: Any) -> None:
    page = client.sign_in(scene.desk).open(f"/workshops/{SLUG}/desk/teams")
    page = client.submit(page, form=f"/desk/teams/{scene.team['B']}/order", button="前へ", follow=True)
    assert [each.name for each in scene.ask(teams_of, scene.id)] == ["B", "A"]


@on_sqlite
def test_teams_are_balanced_over_answers_that_nobody_is_shown(scene: Scene, client: Any) -> None:
    def answer(session: Any) -> None:
        """Both of A are young, both of B old."""
        for place, member in enumerate(session.query(WorkshopMember).filter_by(kind="participant").order_by("id")):
            row = WorkshopApplication(
                workshop_id=scene.id, email=f"m{place}@example.test", name=member.name, number=f"N{place:09}",
                answers={"age": "young" if member.team_id == scene.team["A"] else "old"}, created_at=scene.clock(),
                updated_at=scene.clock())
            session.add(row)
            session.flush()
            member.application_id = row.id
    scene.db.write(answer)
    parting = scene.on(scene.desk, lambda session, actor, case, now: balance_teams(session, actor, case, 2, now=now))
    assert parting.proved
    with scene.db.read() as session:
        young = {member.team_id for member in session.query(WorkshopMember).join(
            WorkshopApplication, WorkshopApplication.id == WorkshopMember.application_id)
            if session.get(WorkshopApplication, member.application_id).answers == {"age": "young"}}
    assert young == set(scene.team.values())
    client.sign_in(scene.desk)
    assert "young" not in client.open(f"/workshops/{SLUG}/desk/teams").text
