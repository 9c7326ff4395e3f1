"""Documents over the API."""
import hashlib
from datetime import date

from rules.documents.models import Stage


def api(client, path, token=""):
    headers = {"Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    return client.get(f"/api/v1{path}", headers=headers)


def test_the_list_holds_what_is_published(desk, client):
    desk.vision()
    desk.rule(days=(date(2026, 6, 1),))
    desk.begin("plan")
    found = api(client, "/documents").json()
    assert (found["total"], [(item["slug"], item["stage"], item["version"]) for item in found["items"]]) == (
        2, [("vision", "first_draft", 1), ("participation", "in_force", 1)])
    assert [item["slug"] for item in api(client, "/documents?kind=rule").json()["items"]] == ["participation"]


def test_a_version_holds_sections_with_keys_and_the_hash_of_its_text(desk, client):
    desk.begin()
    named = desk.publish(stage=Stage.DRAFT)
    found = api(client, "/documents/vision/versions/1").json()
    assert [(each["key"], each["heading"], each["body"]) for each in found["sections"]] == [
        ("s1", "目的", "よいまちにする。")]
    data = client.get(found["text_url"].removeprefix("https://sanpo.test")).html.encode()
    assert found["sha256"] == named == hashlib.sha256(data).hexdigest()
    assert [each["number"] for each in api(client, "/documents/vision").json()["versions"]] == [1]


def test_what_is_being_written_is_nobodys_to_fetch(desk, client, person):
    desk.vision()
    desk.next()
    token = person.token(desk.secretary)
    for path in ("/documents/vision/versions/2", "/documents/none", "/documents/vision/versions/99999999999999999999"):
        assert api(client, path).status == api(client, path, token).status == 404
