"""What the rest of the platform makes of documents: search, notices, and other packages that have a say."""
from datetime import date

import pytest

from participation.component import Component, compose
from participation.notifications.following import follow
from participation.policy import ALLOWED, Refused, Verdict
from participation.spaces.models import Process
from participation.subjects import Subject, create_subject
from rules.documents import actions, writing
from rules.documents.models import Document, Stage
from rules.documents.port import GUARD, StageChange


def test_the_newest_public_text_is_found_and_the_one_being_written_is_not(desk, client, deliver):
    desk.begin(texts=[("目的", "みかんの木を植える。")])
    desk.publish()
    desk.next()
    desk.do(writing.save_section, "vision", "s1", heading={"ja": "目的"}, body={"ja": "りんごの木を植える。"}, seen=0)
    deliver()
    found = [(hit["type"], hit["url"]) for hit in client.api("GET", "/search?q=みかんの木").json()["items"]]
    assert len(found) == 1 and found[0][0] == "document"
    assert client.get(found[0][1].removeprefix("https://sanpo.test")).location == "/documents/vision"
    assert client.api("GET", "/search?q=りんごの木").json()["items"] == []
    desk.publish(stage=Stage.DRAFT)
    deliver()
    assert client.api("GET", "/search?q=みかんの木").json()["items"] == []


def test_followers_are_told_of_each_step(desk, person, client, deliver, clock):
    citizen = person("Hanako")
    desk.vision(stages=("first_draft",))
    desk.db.write(lambda s: follow(s, citizen, s.query(Subject).filter_by(kind="document").one(), now=clock()))
    deliver()
    desk.next()
    desk.publish(stage=Stage.DRAFT)
    desk.do(actions.adopt, "vision", registry=desk.registry)
    deliver()
    text = client.sign_in(citizen).open("/me/notices").text
    assert "「まちの目指す姿」の新しい版が公開されました。" in text and "「まちの目指す姿」が策定されました。" in text


def test_another_package_may_refuse_a_step_with_its_reason(desk, client):
    from asgi import COMPONENTS
    asked: list[StageChange] = []

    def not_yet(session, change, now) -> Verdict:
        asked.append(change)
        return Verdict("conflict", "An opinion has no response yet.") if change.to == Stage.ADOPTED else ALLOWED

    desk.registry = compose([*COMPONENTS, Component(name="guarding", hooks={GUARD: not_yet})])
    desk.vision(stages=("first_draft", "draft"))
    with pytest.raises(Refused, match="An opinion has no response yet"):
        desk.do(actions.adopt, "vision", registry=desk.registry)
    desk.next()
    with pytest.raises(Refused, match="An opinion has no response yet"):
        desk.publish(stage=Stage.ADOPTED)
    assert [(change.number, str(change.to)) for change in asked] == [
        (1, "first_draft"), (2, "draft"), (2, "adopted"), (3, "adopted")]


def test_pages_ask_the_database_the_same_number_of_times_however_long_the_text_is(desk, client, count_queries):
    for slug, length in (("short", 1), ("long", 60)):
        desk.begin(slug, texts=[(f"節{number}", "文。") for number in range(length)])
        desk.publish(slug)
    client.open("/documents")  # what every page needs is known from here on
    counts = []
    for slug in ("short", "long"):
        with count_queries(desk.db) as count:
            client.open(f"/documents/{slug}")
        counts.append(count.total)
    assert counts[0] == counts[1] <= 12


def test_a_hidden_document_is_shown_to_the_secretariat_only(desk, client, clock):
    desk.vision()
    desk.db.write(lambda s: setattr(s.get(Subject, s.query(Document).one().id), "hidden_at", clock()))
    for path in ("/documents/vision", "/documents/vision/1/text.json", "/api/v1/documents/vision/versions/1"):
        assert client.get(path).status == 404
    assert client.sign_in(desk.secretary).get("/documents/vision").status == 200


def test_a_rule_has_its_own_address_which_a_vision_has_not(desk, client):
    desk.vision()
    desk.rule(days=(date(2026, 6, 1),))
    assert client.get("/documents/participation").location == "/rules/participation"
    assert client.get("/rules/vision").status == 404
    assert "まちの目指す姿" in client.open("/rules").text


def test_a_process_shows_its_documents(desk, client, clock):
    def process(session) -> int:
        subject = create_subject(session, "process", title="Vision", now=clock(), published=True)
        session.add(Process(id=subject.id, slug="kobe", title={"ja": "神戸の話"}, state="published", updated_at=clock()))
        return subject.id

    desk.db.write(process)
    client.sign_in(desk.secretary).open("/documents/new")
    client.submit(client.page, {"kind": "plan", "title_ja": "推進計画", "slug": "plan", "process": "kobe"}, form="slug")
    desk.add("plan", "一", "文")
    assert "推進計画" not in client.sign_out().open("/processes/kobe").text
    desk.publish("plan")
    assert client.open("/processes/kobe").link("推進計画") == "/documents/plan"
    assert client.get(client.open("/documents/plan").link("参加プロセス")).status in (200, 303)
