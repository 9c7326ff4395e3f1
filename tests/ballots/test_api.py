"""The whole life of a ballot over the API, and what the file of it says."""

from typing import Any

from sqlalchemy import select

from participation.idempotency import StoredAnswer
from proposals.ballots.counting import Ballot, Option, Rules, tally
from proposals.ballots.sealing import list_sha256, tie_seed
from participation.events import canonical
from tests.ballots.scene import Scene

DRAFT = {"slug": "lamps", "title_ja": "灯り", "title_en": "Lamps", "pledge_ja": "上位に決めます。",
         "method": "approval", "max_choices": 1, "opens_at": "2026-06-01T12:00", "closes_at": "2026-06-08T12:00",
         "hidden": True, "secret": True, "needs": ["resident"],
         "options": [{"id": "a", "title_ja": "甲", "cost": 6}, {"id": "b", "title_ja": "乙", "cost": 5}]}


def test_a_ballot_is_drafted_opened_voted_closed_counted_and_exported(
        scene: Scene, client: Any, clock: Any, deliver: Any) -> None:
    desk = client.people.token(scene.desk)
    process = f"process-{scene.process_id}"
    made = client.api("POST", "/ballots", {**DRAFT, "process": process}, token=desk)
    assert (made.status, made.json()["state"], made.json()["rules"]) == (201, "draft", {"max_choices": 1})
    assert client.api("GET", "/ballots/lamps").status == 404
    opened = client.api("POST", "/ballots/lamps/transitions", {"to": "open"}, token=desk)
    assert (opened.status, opened.json()["state"], len(opened.json()["seed_sha256"])) == (200, "open", 64)
    people = scene.voters(12, verifications=("resident",))
    for number, person in enumerate(people):
        sent = {"choice": ["a"] if number % 3 else ["b"]}
        token = client.people.token(person)
        answers = [client.api("PUT", "/ballots/lamps/vote", sent, token=token, idempotency_key="k")
                   for _ in range(2)]
        assert [answer.status for answer in answers] == [200, 200]
        assert answers[0].json() == answers[1].json()
    assert scene.ask(lambda session: session.scalars(select(StoredAnswer.body)).all()) == []
    assert client.api("GET", "/ballots/lamps/export", token=desk).status == 403
    clock.advance(days=7)
    deliver()
    assert client.api("GET", "/ballots/lamps/export").status == 401
    published = client.api("POST", "/ballots/lamps/transitions", {"to": "published"}, token=desk)
    assert (published.status, published.json()["result"]["winners"]) == (200, ["a"])
    file = client.api("GET", "/ballots/lamps/export").json()
    ballots = [Ballot(each["choice"]) for each in file["ballots"]]
    options = [Option(each["id"], each["cost"]) for each in file["options"]]
    assert tally(ballots, options, Rules.from_json(file["rules"])).to_json() == file["result"]
    listed = [(each["receipt"], canonical(each["choice"])) for each in file["ballots"]]
    assert listed == sorted(listed)
    assert list_sha256(listed) == file["ballots_sha256"]
    assert tie_seed(file["seed"], file["ballots_sha256"]) == file["rules"]["seed"]
    found = {query: client.api("GET", f"/ballots?{query}").json()["total"] for query in (
        "q=lamps&state=published&method=approval&sort=closes", "q=bench", "method=stv", "state=open", "per_page=1")}
    assert list(found.values()) == [1, 0, 0, 0, 1]
    rows = client.get("/ballots/lamps/result.csv").text
    assert '"a","甲","6","8","1","1"' in rows


def test_a_vote_that_cannot_be_counted_is_answered_with_the_field(scene: Scene, client: Any) -> None:
    scene.ballot("approval", needs=["resident"], rules={"max_choices": 1})
    address, stranger = "/ballots/park-1/vote", client.people.token(scene.person())
    refused = client.api("PUT", address, {"choice": ["bench"]}, token=stranger)
    assert (refused.status, refused.json()["detail"][:9]) == (403, "この投票は、在住の")
    assert client.api("PUT", address, {"choice": ["bench"]}).status == 401
    voter = client.people.token(scene.person(verifications=("resident",)))
    for sent in ({"choice": ["bench", "lamps"]}, {"choice": {"a": 1}}, {"choice": None}, {}, [], {"choice": [[["x"]]]}):
        answer = client.api("PUT", address, sent, token=voter)
        assert (answer.status, answer.json()["errors"][0]["field"]) == (422, "choice")


def test_a_draft_that_is_not_complete_is_not_opened_and_says_what_is_missing(scene: Scene, client: Any) -> None:
    desk = client.people.token(scene.desk)
    made = client.api("POST", "/ballots", {"slug": "empty", "process": f"process-{scene.process_id}",
                                                  "title_ja": "空の投票", "method": "greedy"}, token=desk)
    assert made.status == 201, made.json()["errors"]
    answer = client.api("POST", "/ballots/empty/transitions", {"to": "open"}, token=desk)
    fields = {each["field"] for each in answer.json()["errors"]}
    assert (answer.status, fields) == (422, {"pledge", "opens_at", "closes_at", "options", "budget"})
    sent = {"budget": "much", "closes_at": "soon", "options": [{"title_ja": ""}]}
    answer = client.api("PATCH", "/ballots/empty", sent, token=desk)
    assert (answer.status, {each["field"] for each in answer.json()["errors"]}) == (422, {"budget", "closes_at"})
