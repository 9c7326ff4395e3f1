"""A service names the voices that it came from: who may name them, which words can be named, and who is told."""
from typing import Any

from sqlalchemy import select

from consortium.feedback.actions import Words, give_feedback, withdraw_feedback
from consortium.services.queries import whole_service
from consortium.voices.pages import source_number
from consortium.voices.queries import people_behind, voice, voices_of
from participation.comments.actions import write_comment
from participation.events import Event
from participation.notifications.models import Notice
from participation.policy import Actor
from participation.subjects import Subject
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene
from tests.services.scene import Catalogue
from tests.support.databases import on_sqlite

# who -> what comes of linking by page and by API, and of taking it away by API
MAY = {None: (303, 401, 401), "citizen": (403, 403, 403), "other member": (403, 403, 403), "owner": (303, 201, 200),
       "secretariat": (303, 201, 200), "auditor": (403, 403, 403)}


def said(catalogue: Catalogue, slug: str, by: Actor, body: str = "坂の上まで来てほしい") -> Any:
    def work(session: Any) -> Any:
        line = whole_service(session, slug).line
        row = give_feedback(session, by, line, 2, Words(body=body), locale="ja", now=catalogue.clock())
        session.flush()
        session.expunge(row)
        return row
    return catalogue.db.write(work)


def remark(catalogue: Catalogue, registry: Any, by: Actor, about: int, body: str = "雨の日が大変") -> int:
    more = {"body": body, "alignment": None, "parent_id": None, "registry": registry, "now": catalogue.clock()}
    return catalogue.db.write(lambda s: write_comment(s, by, s.get_one(Subject, about), **more).id)


@on_sqlite
def test_whoever_may_change_a_service_names_its_voices(catalogue: Catalogue, doors: Doors) -> None:
    mine, owner = catalogue.member()
    _, other = catalogue.member()
    who = {None: None, "citizen": catalogue.person(), "other member": other, "owner": owner,
           "secretariat": catalogue.desk, "auditor": catalogue.person(roles=("auditor",))}
    for role, actor in who.items():
        service = catalogue.service(mine)
        source = said(catalogue, service.slug, catalogue.person()).subject_id
        path = f"/linked-voices/{service.id}"
        by_page = doors.form(actor, "POST", path, {"source": f"https://x.test/feedback/by-id/{source}"})
        by_api = doors.api(actor, "POST", path, {"source": source})
        gone = doors.api(actor, "DELETE", f"{path}/{source}")
        found = (303 if role is None and by_page.status == 401 else by_page.status, by_api.status, gone.status)
        assert found == MAY[role], role
    assert doors.api(owner, "DELETE", f"{path}/{source}").status == 404
    assert doors.api(owner, "POST", path, {"source": service.id}).status == 409
    assert doors.api(owner, "POST", path, {"source": "x"}).status == 422
    assert doors.form(owner, "POST", path, {"source": "nowhere"}).status == 409
    assert doors.form(owner, "POST", f"/linked-voices/{mine.id}", {"source": str(source)}).status == 404


def test_words_of_every_kind_are_named_once_and_whoever_spoke_is_told(
        catalogue: Catalogue, doors: Doors, scene: Scene, deliver: Any, services: Any) -> None:
    mine, owner = catalogue.member()
    service, hanako, taro, ken = catalogue.service(mine), *(catalogue.person(name) for name in ("花子", "太郎", "健"))
    proposal = scene.proposal(hanako, title="坂にカートを", co_authors=[ken])
    spoken = said(catalogue, service.slug, taro)

    comment = remark(catalogue, services.registry, taro, proposal)
    for source in (proposal, comment, spoken.subject_id, proposal):
        catalogue.clock.advance(minutes=1)
        assert doors.form(owner, "POST", f"/linked-voices/{service.id}", {"source": str(source)}).status == 303
    deliver()
    with catalogue.db.read() as session:
        views = voices_of(session, [service.id])[service.id]
        people = people_behind(session, service.id)
        told = session.scalars(select(Notice.account_id).where(Notice.type == "voice.linked")).all()
        facts = session.scalars(select(Event.leaf_hash).where(Event.type == "voice.linked")).all()
    assert [(view.kind, view.words, view.author, view.path) for view in views] == [
        ("proposal", "坂にカートを", "花子", f"/proposals/{proposal}"),
        ("comment", "雨の日が大変", "太郎", f"/comments/{comment}"),
        ("feedback", "坂の上まで来てほしい", "", f"/feedback/by-id/{spoken.subject_id}")]
    assert people == tuple(sorted((hanako.id, taro.id, ken.id)))
    assert sorted(told) == sorted((hanako.id, ken.id, taro.id, taro.id))
    assert (len(facts), None in facts) == (3, False)
    page = doors.client.sign_out().open(f"/services/{service.slug}").text
    assert [words in page for words in ("もとになった声", "坂にカートを", "声を結び付ける")] == [True, True, False]
    catalogue.db.write(lambda s: withdraw_feedback(s, taro, spoken.id, now=catalogue.clock()))
    catalogue.db.write(lambda s: setattr(s.get_one(Subject, comment), "hidden_at", catalogue.clock()))
    with catalogue.db.read() as session:
        assert [view.id for view in voices_of(session, [service.id])[service.id]] == [proposal]
        assert (voice(session, comment), voice(session, spoken.subject_id)) == (None, None)


@on_sqlite
def test_voices_are_found_by_words_or_by_address(catalogue: Catalogue, doors: Doors, deliver: Any) -> None:
    mine, owner = catalogue.member()
    service = catalogue.service(mine)
    source = said(catalogue, service.slug, catalogue.person()).subject_id
    deliver()
    path = f"/linked-voices/{service.id}/new"
    for q in ("坂の上", str(source), f"https://sanpo.test/feedback/by-id/{source}"):
        assert "この声を結び付ける" in doors.client.sign_in(owner).get(path, params={"q": q}).text, q
    assert "この声を結び付ける" not in doors.client.get(path, params={"q": "駅のベンチ"}).text
    doors.form(owner, "POST", f"/linked-voices/{service.id}", {"source": str(source)})
    page = doors.client.sign_in(owner).get(path, params={"q": "坂の上"}).text
    assert ("この声を結び付ける" in page, "外す" in page) == (False, True)


def test_an_address_says_which_words_it_leads_to() -> None:
    given = ("12", "/proposals/12?lang=en", "https://x.test/comments/12", "/proposals/7#comment-12",
             "/services/cart/feedback?page=2#voice-12", "/voices/12", "/feedback/by-id/12", "/services/12", "x12", "")
    assert [source_number(text) for text in given] == [12] * 7 + [None] * 3
