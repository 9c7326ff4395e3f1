"""A request that is sent again is answered again, not done again."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from participation.accounts.models import ApiToken
from participation.accounts.sessions import hash_key
from participation.comments.models import Comment
from participation.idempotency import KEEP, Answered, OtherRequest, StoredAnswer, answer_once, forget_answers
from tests.proposals.scene import doors, scene  # noqa: F401 - fixtures
from tests.support.databases import on_sqlite


@pytest.fixture
def token(db, person, now):
    hanako = person("Hanako")
    db.write(lambda session: session.add(ApiToken(key_hash=hash_key("key"), account_id=hanako.id, created_at=now)))
    return "key"


def comments(db) -> int:
    with db.read() as session:
        return session.execute(select(func.count()).select_from(Comment)).scalar_one()


def test_the_same_request_with_the_same_key_is_done_once(client, db, scene, token):  # noqa: F811
    body = {"on": {"type": "proposal", "id": scene.proposal()}, "body": "I agree."}
    first, again = (client.api("POST", "/comments", body, token=token, idempotency_key="one") for _ in range(2))
    assert (first.status, again.status) == (201, 201)
    assert first.json() == again.json()
    assert comments(db) == 1
    client.api("POST", "/comments", body, token=token, idempotency_key="two")
    assert comments(db) == 2


@on_sqlite
def test_another_request_with_the_same_key_is_refused(client, db, scene, token):  # noqa: F811
    body = {"on": {"type": "proposal", "id": scene.proposal()}, "body": "I agree."}
    client.api("POST", "/comments", body, token=token, idempotency_key="one")
    other = client.api("POST", "/comments", {**body, "body": "No."}, token=token, idempotency_key="one")
    assert (other.status, other.json()["errors"][0]["field"]) == (422, "Idempotency-Key")
    assert comments(db) == 1


@on_sqlite
def test_a_refused_request_may_be_corrected_under_the_same_key(client, db, scene, token):  # noqa: F811
    body = {"on": {"type": "proposal", "id": scene.proposal()}, "body": ""}
    assert client.api("POST", "/comments", body, token=token, idempotency_key="one").status == 422
    assert client.api("POST", "/comments", {**body, "body": "Yes."}, token=token, idempotency_key="one").status == 201


@on_sqlite
def test_a_form_sent_twice_by_a_double_click_writes_one_comment(client, db, person, scene):  # noqa: F811
    proposal = scene.proposal()
    browser = client.sign_in(person("Taro"))
    page = browser.open(f"/proposals/{proposal}")
    answers = [browser.submit(page, {"body": "Twice."}, form=f"/subjects/{proposal}/comments") for _ in range(2)]
    assert [answer.status for answer in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert comments(db) == 1


def test_many_at_once_do_it_once(db, now):
    done = []

    def send(_):
        def work(session):
            return answer_once(session, 1, "key", b"r" * 32, now, lambda: done.append(1) or Answered(201, b"x", "", ""))

        return db.write(work)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(24)))
    assert {answer.body for answer in answers} == {b"x"}
    assert len(done) == 1


def test_the_key_belongs_to_a_person_and_is_kept_for_a_day(services, db, now):
    def send(account_id, request=b"r" * 32):
        return db.write(
            lambda session: answer_once(
                session, account_id, "key", request, now, lambda: Answered(200, b"%d" % account_id, "", "")
            )
        )

    assert (send(1).body, send(2).body, send(1).body) == (b"1", b"2", b"1")
    with pytest.raises(OtherRequest):
        send(1, b"o" * 32)
    forget_answers(services, now + KEEP * 2)
    with db.read() as session:
        assert session.execute(select(func.count()).select_from(StoredAnswer)).scalar_one() == 0
