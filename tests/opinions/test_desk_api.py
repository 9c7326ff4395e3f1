"""The desk over the API does what its pages do, for the same people."""

FOR_REFERENCE = {"outcome": "for_reference", "view_ja": "参考にします。"}
LIST = "/documents/vision/versions/1/opinion-groups"


def test_opinions_are_put_together_apart_and_answered_over_the_api(room, client, person):
    room.call()
    first, second = (room.send(person(), text, section="s1") for text in ("例外が見えません。", "例外はどこですか。"))
    token, place = person.token(room.secretary), f"/opinion-groups/{first.group_id}"
    joined = client.api("POST", f"{place}/groups", {"groups": [second.group_id]}, token=token)
    assert (joined.status, joined.json()["moved"]) == (200, 1)
    apart = client.api("POST", f"{place}/parts", {"opinion": second.id}, token=token)
    given = client.api("POST", f"{place}/responses", FOR_REFERENCE, token=token)
    assert (apart.status, given.status, given.json()["number"]) == (201, 201, 1)
    items = client.api("GET", LIST, token=token).json()["items"]
    assert [(each["id"], each["outcome"], len(each["opinions"])) for each in items] == [
        (first.group_id, "for_reference", 1), (apart.json()["group"], None, 1)]


def test_the_desk_is_the_secretariats_and_says_what_cannot_be_used(room, client, person):
    room.call()
    sent = room.send(person())
    place, token = f"/opinion-groups/{sent.group_id}", person.token(room.secretary)
    citizen, auditor = person.token(person()), person.token(person(roles=("auditor",)))
    assert [client.api("GET", LIST, token=each).status for each in (citizen, auditor, token)] == [403, 200, 200]
    assert [client.api("POST", f"{place}/responses", FOR_REFERENCE, token=each).status
            for each in (citizen, auditor)] == [403, 403]
    for path, body, field in (("responses", {"outcome": "will_change", "view_ja": "直す"}, "sections"),
                              ("groups", {"groups": ["x"]}, "groups"), ("parts", {"opinion": True}, "opinion")):
        answer = client.api("POST", f"{place}/{path}", body, token=token)
        assert (answer.status, [each["field"] for each in answer.json()["errors"]]) == (422, [field])
    assert client.api("POST", "/opinion-groups/999999/responses", FOR_REFERENCE, token=token).status == 404
