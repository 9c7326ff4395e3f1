"""The secretariat writes a version on the pages, without JavaScript."""
from dataclasses import replace

import pytest

from rules.documents.models import Stage
from tests.rules.conftest import Desk


@pytest.fixture
def writer(desk: Desk, client):
    return client.sign_in(desk.secretary)


def fill(client, form, **values):
    """Send the form of the open page whose address, field or button holds `form`; returns the answer."""
    return client.submit(client.page, values, form=form)


def test_a_document_is_begun_written_and_published(desk, writer):
    writer.open("/documents/new")
    fill(writer, "slug", kind="vision", title_ja="目指す姿", slug="aim")
    writer.open("/documents/aim/edit")
    answer = fill(writer, "heading_ja", heading_ja="目的")
    assert answer.location == "/documents/aim/edit/sections/s1"
    writer.open(answer.location)
    fill(writer, "body_ja", body_ja="**よい**まち。", body_en="A *good* city.")
    page = writer.open("/documents/aim/1")
    assert "<strong>よい</strong>" in page.html
    writer.open("/documents/aim/edit/publication")
    assert fill(writer, "stage", stage="first_draft").location == "/documents/aim/1"
    assert writer.sign_out().get("/documents/aim/1").status == 200


def test_what_was_typed_stays_on_the_page_when_it_is_refused(desk, writer):
    desk.begin()
    writer.open("/documents/vision/edit/sections/s1")
    page = fill(writer, "body_ja", heading_ja="", body_ja="長く書いた文")
    assert (page.status, "長く書いた文" in page.html) == (422, True)
    writer.open("/documents/new")
    page = fill(writer, "slug", kind="rule", title_ja="ルール", slug="Not An Address")
    assert (page.status, "Not An Address" in page.html) == (422, True)


def test_two_who_write_the_same_section_lose_no_words(desk, writer, person):
    desk.begin()
    other = writer.another().sign_in(person("Other", roles=("secretariat",)))
    for client in (writer, other):
        client.open("/documents/vision/edit/sections/s1")
    assert fill(writer, "body_ja", body_ja="一人目の文").status == 303
    page = fill(other, "body_ja", body_ja="二人目の文")
    assert page.status == 422
    assert "二人目の文" in page.form("body_ja").value("body_ja") and "一人目の文" in page.text
    assert fill(other, "body_ja").status == 303  # seen now, so it may be replaced knowingly
    assert desk.text() == [("s1", "目的", "二人目の文")]


def test_autosaving_keeps_what_can_be_kept(desk, writer):
    desk.begin()
    page = writer.open("/documents/vision/edit/sections/s1")
    form = replace(page.form("body_ja"), action="/documents/vision/edit/sections/s1/draft")
    answer = writer.submit(page, {"body_ja": "途中の"}, form=form)
    assert (answer.status, desk.text()) == (200, [("s1", "目的", "途中の")])
    writer.submit(page, {"heading_ja": "", "body_ja": "途中の文"}, form=form)
    assert desk.text() == [("s1", "目的", "途中の")]


def test_sections_are_moved_and_taken_out_with_buttons(desk, writer):
    desk.begin(texts=[("一", ""), ("二", ""), ("三", "")])
    writer.open("/documents/vision/edit")
    fill(writer, "s3/position", to="up")
    assert [key for key, _, _ in desk.text()] == ["s1", "s3", "s2"]
    writer.open("/documents/vision/edit/sections/s1/removal")
    fill(writer, "sections/s1")
    assert [key for key, _, _ in desk.text()] == ["s3", "s2"]


def test_publishing_asks_first_and_says_why_not(desk, writer):
    desk.vision()
    desk.next()
    page = writer.open("/documents/vision/edit/publication")
    assert "変えたところと理由がまだ書かれていません" in page.text
    assert [value for name, value in page.form("stage").fields if name == "stage"] == ["draft"]
    page = fill(writer, "stage", stage="adopted")
    assert page.status == 422
    assert desk.text(number=2) == desk.text(number=1)


def test_a_rule_is_published_from_a_day_on(desk, writer, clock):
    desk.rule()
    desk.next("participation")
    writer.open("/documents/participation/edit/publication")
    page = fill(writer, "in_force_from", in_force_from="2026-03-01")
    assert (page.status, "前の版の施行日より前" in page.text) == (409, True)
    assert fill(writer, "in_force_from", in_force_from="2026-07-01").status == 303
    assert "公開済み・施行前" in writer.open("/documents/participation/2").text
    assert "施行中市 まちの目指す姿" in writer.open("/rules/participation").text


def test_an_adoption_that_is_not_possible_says_why(desk, writer):
    desk.vision(stages=("first_draft",))
    assert "まだ策定できません" in writer.open("/documents/vision/adoption").text
    desk.next()
    desk.publish(stage=Stage.DRAFT)
    writer.open("/documents/vision/adoption")
    assert fill(writer, "adoption").status == 303
    assert "策定" in writer.open("/documents/vision").text


def test_a_check_of_an_article_must_be_an_object(desk, writer):
    desk.rule()
    desk.next("participation")
    short = '{"kind": "computed", "name": "rule_signed"}'  # a check that is there, without the value that it needs
    for wrong in ("{", "[1]", '{"share": 1e999}', '{"a": "\\ud800"}', short):
        writer.open("/documents/participation/edit/sections/a1")
        assert fill(writer, "body_ja", kept_by=wrong).status == 422
    writer.open("/documents/participation/edit/sections/a1")
    assert fill(writer, "body_ja", kept_by='{"kind": "computed", "name": "later", "share": 1.0}').status == 303
    desk.publish("participation", day=desk.clock().date())
    frozen = writer.get("/documents/participation/2/text.json").html
    assert '"check":{"kind":"computed","name":"later","share":1}' in frozen
