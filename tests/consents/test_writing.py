"""From the words of a representative to a published purpose, on the pages."""
from tests.consents.scene import Centre
from tests.security.requests import PURPOSE
from tests.support.client import Client
from tests.support.databases import on_sqlite

pytestmark = on_sqlite


def test_a_representative_writes_and_the_secretariat_publishes(centre: Centre, client: Client) -> None:
    founder = centre.person()
    organisation = centre.council.organisation(founder)
    own, desk = client.sign_in(founder), client.another().sign_in(centre.desk)
    entered = {"key": "walks", "name_ja": "散歩", "controller": organisation.id}
    own.submit(own.open("/consents/services/new"), entered, form="/consents/services")
    own.submit(own.open("/consents/services/walks/purposes/new"), PURPOSE, form="/consents/services/walks/purposes")
    own.submit(own.open("/consents/purposes/walk/work"), button="公開を申し込む")
    refused = desk.submit(desk.open("/consents/purposes/walk/work"), button="差し戻す")
    assert (refused.status, "どこを直すか" in refused.text) == (422, True)
    desk.submit(desk.open("/consents/purposes/walk/work"), {"note": "理由を短く"}, button="差し戻す")
    assert "理由を短く" in own.open("/consents/purposes/walk/work").text
    own.submit(own.open("/consents/purposes/walk/words"), {"reason_ja": "道のため。"}, form="/consents/purposes/walk/words")
    own.submit(own.open("/consents/purposes/walk/work"), button="公開を申し込む")
    desk.submit(desk.open("/consents/purposes/walk/work"), button="公開")
    assert "道のため。" in client.another().open("/consents/purposes/walk").text


def test_bad_words_are_named_at_the_field_and_what_was_typed_stays(centre: Centre, client: Client) -> None:
    centre.service("walks")
    page = client.sign_in(centre.desk).open("/consents/services/walks/purposes/new")
    refused = client.submit(page, {**PURPOSE, "key": "Not A Key", "categories": None},
                            form="/consents/services/walks/purposes")
    form = refused.form("/consents/services/walks/purposes")
    assert (refused.status, form.value("key"), form.value("title_ja")) == (422, "Not A Key", "散歩")
    assert "半角の英小文字" in refused.text or "一つ以上" in refused.text


def test_a_taken_key_is_said_at_the_field(centre: Centre, client: Client) -> None:
    centre.purpose("walk", centre.service("walks"))
    page = client.sign_in(centre.desk).open("/consents/services/walks/purposes/new")
    refused = client.submit(page, PURPOSE, form="/consents/services/walks/purposes")
    assert (refused.status, "すでに使われています" in refused.text) == (422, True)
