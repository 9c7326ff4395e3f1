"""What is published stays as it is, whoever asks: the actions, the pages, the database."""
import hashlib
import json
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from participation.policy import Refused
from rules.documents import actions, writing
from rules.documents.models import Stage

RAW = [
    "UPDATE document_section SET body = '{\"ja\": \"別の文\"}'",
    "UPDATE document_section SET position = 9",
    "DELETE FROM document_section",
    "INSERT INTO document_section (id, version_id, key, position, heading, body, revision)"
    " SELECT 99, id, 'x', 9, '{}', '{}', 0 FROM document_version WHERE published_at IS NOT NULL",
    "UPDATE document_section SET version_id = (SELECT id FROM document_version WHERE published_at IS NOT NULL)",
    "UPDATE document_version SET title = '{\"ja\": \"別の題\"}' WHERE published_at IS NOT NULL",
    "UPDATE document_version SET sha256 = 'x' WHERE published_at IS NOT NULL",
    "UPDATE document_version SET published_at = NULL, sha256 = NULL, working = 1",
    "UPDATE document_version SET in_force_from = '2030-01-01' WHERE published_at IS NOT NULL",
    "DELETE FROM document_version WHERE published_at IS NOT NULL",
    "UPDATE document SET slug = 'other'",
]
ONLY_SQLITE = [
    "INSERT OR REPLACE INTO document_version"
    " (id, document_id, number, working, stage, title, note, created_at, updated_at)"
    " SELECT id, document_id, number, 1, stage, title, note, created_at, updated_at FROM document_version"
    " WHERE published_at IS NOT NULL",
]


def test_the_hash_is_that_of_the_bytes_that_anybody_can_fetch(desk, client):
    desk.begin()
    named = desk.publish()
    data = client.get("/documents/vision/1/text.json").html
    assert hashlib.sha256(data.encode()).hexdigest() == named
    assert json.loads(data)["sections"] == [{"key": "s1", "heading": {"ja": "目的"}, "body": {"ja": "よいまちにする。"}}]
    assert named in client.get("/documents/vision/1").text


def test_the_database_refuses_every_statement_that_touches_a_published_text(desk):
    desk.vision()
    before = desk.text()
    for statement in RAW + (ONLY_SQLITE if desk.db.sqlite else []):
        with pytest.raises(DBAPIError), desk.db.engines.write.begin() as connection:
            connection.execute(text(statement.replace(":", r"\:")))
    assert desk.text() == before


def test_a_working_version_is_free_until_it_is_published(desk):
    desk.vision()
    assert desk.next() == 2
    desk.do(writing.save_section, "vision", "s1", heading={"ja": "目的"}, body={"ja": "もっとよいまちに。"}, seen=0)
    assert (desk.text(number=1), desk.text(number=2)) == (
        [("s1", "目的", "よいまちにする。")], [("s1", "目的", "もっとよいまちに。")])
    desk.do(actions.discard_version, "vision")
    assert (desk.text(number=1), desk.text(number=2)) == ([("s1", "目的", "よいまちにする。")], [])


def test_a_key_is_never_given_twice_even_after_its_section_is_gone(desk):
    desk.begin(texts=[("目的", "一"), ("方針", "二")])
    desk.publish()
    desk.next()
    desk.do(writing.remove_section, "vision", "s2")
    assert desk.add("vision", "指標", "三") == "s3"


def test_one_version_is_written_at_a_time(desk):
    desk.vision()
    desk.next()
    with pytest.raises(Refused):
        desk.next()


@pytest.mark.parametrize(("published", "to", "possible"), [
    ([], "outline", True), ([], "draft", True), ([], "adopted", False),
    (["outline"], "first_draft", True), (["outline"], "draft", False),
    (["first_draft"], "first_draft", True), (["first_draft"], "adopted", False),
    (["first_draft", "draft"], "adopted", True), (["first_draft", "draft"], "outline", False),
    (["first_draft", "draft", "adopted"], "outline", True),
])
def test_the_stages_of_a_vision_follow_one_another(desk, published, to, possible):
    desk.begin()
    for stage in published:
        desk.publish(stage=Stage(stage))
        desk.next()
    if possible:
        desk.publish(stage=Stage(to))
    else:
        with pytest.raises(Refused):
            desk.publish(stage=Stage(to))


def test_a_draft_is_adopted_as_it_stands_and_keeps_its_hash(desk, client):
    desk.vision(stages=("first_draft", "draft"))
    before = client.get("/documents/vision/2/text.json").html
    desk.do(actions.adopt, "vision", registry=desk.registry)
    assert client.get("/documents/vision/2/text.json").html == before
    with pytest.raises(Refused):
        desk.do(actions.adopt, "vision", registry=desk.registry)


def test_a_rule_binds_from_its_day_and_gives_way_on_that_of_the_next(desk, client, clock, deliver):
    desk.rule(days=(date(2026, 6, 1), date(2026, 6, 3)))
    assert "施行中市 まちの目指す姿" in client.open("/rules/participation").text
    deliver()
    clock.advance(days=2)
    deliver()
    assert "旧版市 まちの目指す姿" in client.open("/documents/participation/1").text
    with desk.db.read() as session:
        rows = session.execute(text("SELECT type, count(*) FROM event WHERE type LIKE 'rule.%' GROUP BY type"))
        assert dict(rows.all()) == {"rule.in_force": 2, "rule.superseded": 1}


def test_a_rule_cannot_begin_before_the_one_before_it(desk):
    desk.rule(days=(date(2026, 6, 3),))
    desk.next("participation")
    with pytest.raises(Refused):
        desk.publish("participation", day=date(2026, 6, 2))
