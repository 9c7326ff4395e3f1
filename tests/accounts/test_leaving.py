"""A person with a history leaves: what they published stays without them, what is theirs alone goes."""

import json

import pytest
from sqlalchemy import func, select

from participation.accounts.erasure import erase_account, export
from participation.audit.models import AuditNode
from participation.comments.models import Comment
from participation.notifications.models import Follow, Notice
from participation.subjects import Subject
from proposals.models import Proposal, State
from tests.proposals.scene import Scene, scene  # noqa: F401
from tests.support.client import BASE_URL

OURS = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def history(scene: Scene, client, person, deliver):  # noqa: F811
    """Hanako has a published proposal, a draft, a support and a comment on Taro's proposal; (hanako, hers, taro's)."""
    hanako, taro = person("Hanako"), person("Taro")
    hers, his = scene.proposal(hanako), scene.proposal(taro, title="A bus at night")
    scene.proposal(hanako, state=State.DRAFT, title="My half-baked idea", process=scene.current)
    client.sign_in(hanako)
    page = client.open(f"/proposals/{his}")
    client.submit(page, form=f"/proposals/{his}/support")
    client.submit(page, {"body": "I would take it."}, form=f"/subjects/{his}/comments")
    client.sign_in(taro)
    client.submit(client.open(f"/proposals/{hers}"), {"body": "Good idea."}, form=f"/subjects/{hers}/comments")
    deliver()
    return hanako, hers, his


def count(db, model, *where) -> int:
    with db.read() as session:
        return session.scalar(select(func.count()).select_from(model).where(*where))


def test_everything_of_every_part_is_taken_along(history, db, services):
    hanako, hers, his = history
    with db.read() as session:
        data = json.loads(json.dumps(export(session, hanako, services.registry)))
    titles = [each["title"] for each in data["proposals"]["proposals"]]
    assert titles == ["A seat at every bus stop", "My half-baked idea"]
    assert [each["proposal_id"] for each in data["proposals"]["supports"]] == [his]
    assert [each["body"] for each in data["comments"]["written"]] == ["I would take it."]
    assert his in [each["subject_id"] for each in data["notifications"]["follows"]]
    assert hers in [each["about_id"] for each in data["notifications"]["notices"]]
    assert {"proposal.supported", "comment.written"} <= {each["type"] for each in data["account"]["activity"]}


def test_who_leaves_leaves_their_public_words_behind(history, client, db, services, clock, deliver):
    hanako, hers, his = history
    clock.advance(hours=1)
    db.write(lambda session: erase_account(session, hanako, services.registry, clock()))
    clock.advance(seconds=5)
    deliver()
    assert count(db, Proposal, Proposal.state == State.DRAFT) == 0
    assert count(db, Comment) == 2
    assert count(db, Follow, Follow.account_id == hanako.id) == count(db, Notice, Notice.account_id == hanako.id) == 0
    with db.read() as session:
        assert session.get(Proposal, his).supports_count == 1
        assert session.get(Subject, his).followers_count == count(db, Follow, Follow.subject_id == his)
    assert count(db, AuditNode) > 0
    reader = client.another()
    page = reader.open(f"/proposals/{hers}")
    assert ("Hanako" in page.text, "退会した参加者" in page.text) == (False, True)
    page = reader.open(f"/proposals/{his}")
    assert ("I would take it." in page.text, "Hanako" in page.text, "退会した参加者" in page.text) == (True, False, True)
