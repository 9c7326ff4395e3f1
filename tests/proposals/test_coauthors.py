"""Writing together: invited by the first author, asked first, with equal rights to the text; no account is betrayed."""

import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.events import Event
from participation.policy import ANONYMOUS, Actor, Refused
from participation.web import NotFound
from proposals.actions import edit
from proposals.coauthors.actions import decline, invite, join, leave
from proposals.coauthors.policy import MOST_AUTHORS, may_invite, may_join, may_leave
from proposals.coauthors.queries import invitations_of, is_invited
from proposals.models import State
from proposals.queries import standing
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite


@pytest.fixture
def author(person: People) -> Actor:
    return person("Hanako")


def test_an_invited_person_becomes_an_author_and_may_change_the_text(
        scene: Scene, person: People, author: Actor) -> None:
    taro, proposal = person("Taro", email="taro@example.test"), scene.proposal(author)
    scene.do(invite, author, proposal, "Taro@Example.test")
    assert [one.proposal_id for one in scene.ask(invitations_of, taro)] == [proposal]
    with pytest.raises(Refused):
        scene.do(edit, taro, proposal, {"title": "Two seats at every stop"}, reason="More people wait")
    scene.do(join, taro, proposal)
    assert scene.ask(standing, proposal, scene.clock()).authors == {author.id, taro.id}
    assert scene.do(edit, taro, proposal, {"title": "Two seats at every stop"}, reason="More people wait") == 2
    scene.do(leave, taro, proposal)
    assert scene.ask(standing, proposal, scene.clock()).authors == {author.id}
    kinds = scene.ask(lambda s: s.scalars(select(Event.type).order_by(Event.id)).all())
    assert kinds == ["proposal.author_invited", "proposal.author_joined", "proposal.edited", "proposal.author_left"]


def test_who_declined_is_not_asked_again(scene: Scene, person: People, author: Actor) -> None:
    taro, proposal = person("Taro"), scene.proposal(author)
    scene.do(invite, author, proposal, "Taro")
    scene.do(decline, taro, proposal)
    scene.do(invite, author, proposal, "Taro")
    assert scene.ask(is_invited, taro, proposal) is False
    with pytest.raises(Refused):
        scene.do(join, taro, proposal)


@pytest.mark.parametrize("whom", ["nobody@example.test", "Nobody", "Jiro", "blocked@example.test", "Hanako"])
def test_nobody_is_asked_where_nobody_fits(scene: Scene, person: People, author: Actor, whom: str) -> None:
    """No such person, two of that name, blocked, oneself: the same silence."""
    jiros, blocked = [person("Jiro"), person("Jiro")], person("Blocked", email="blocked@example.test")
    scene.set(Account, blocked.id, blocked_at=scene.clock())
    proposal = scene.proposal(author)
    assert scene.do(invite, author, proposal, whom) is None
    assert [scene.ask(is_invited, each, proposal) for each in (*jiros, blocked, author)] == [False] * 4


def test_who_may_invite_join_and_leave(scene: Scene, person: People, author: Actor) -> None:
    other, desk = person(), person(roles=("secretariat",))
    for state in State:
        if state == State.MERGED:
            continue
        case = scene.ask(standing, scene.proposal(author, state=state, co_authors=[other]), scene.clock())
        written = state in (State.DRAFT, State.PUBLISHED)
        assert (state, bool(may_invite(author, case))) == (state, written)
        assert [may_invite(actor, case).kind for actor in (ANONYMOUS, other, desk)] == [
            "sign_in", "forbidden", "forbidden"]
        assert (bool(may_join(desk, case, True)), may_join(desk, case, False).kind) == (written, "forbidden")
        assert [bool(may_leave(actor, case)) for actor in (author, other, desk)] == [False, True, False]


def test_there_is_a_limit_to_authors(scene: Scene, person: People, author: Actor) -> None:
    proposal = scene.proposal(author, co_authors=[person() for _ in range(MOST_AUTHORS - 1)])
    assert may_invite(author, scene.ask(standing, proposal, scene.clock())).kind == "conflict"


def test_an_invitation_to_a_draft_shows_it_to_the_invited_only(
        scene: Scene, person: People, author: Actor) -> None:
    taro, stranger = person("Taro"), person()
    draft = scene.proposal(author, state=State.DRAFT)
    scene.do(invite, author, draft, "Taro")
    with pytest.raises(NotFound):
        scene.do(join, stranger, draft)
    scene.do(join, taro, draft)
    assert scene.ask(standing, draft, scene.clock()).authors == {author.id, taro.id}


@on_sqlite
def test_the_pages_say_the_same_whether_somebody_has_an_account_or_not(
        scene: Scene, client: Client, person: People, author: Actor) -> None:
    person("Taro", email="taro@example.test")
    proposal = scene.proposal(author)
    client.sign_in(author)
    answers = []
    for whom in ("taro@example.test", "nobody@example.test"):
        page = client.open(f"/proposals/{proposal}/authors")
        sent = client.submit(page, {"whom": whom}, button="招待する", follow=True)
        answers.append((sent.status, sent.path, sent.text))
    assert answers[0] == answers[1]


@on_sqlite
def test_an_invitation_is_answered_from_ones_own_page(
        scene: Scene, client: Client, person: People, author: Actor) -> None:
    taro, proposal = person("Taro"), scene.proposal(author)
    scene.do(invite, author, proposal, "Taro")
    page = client.sign_in(taro).open("/me")
    accepted = client.submit(page, form=f"/proposals/{proposal}/invitation", button="引き受ける")
    assert accepted.location == f"/proposals/{proposal}"
    shown = client.sign_out().open(f"/proposals/{proposal}")
    assert "Hanako" in shown.text and "Taro" in shown.text


@on_sqlite
def test_strangers_find_no_door(scene: Scene, doors: Doors, client: Client, person: People, author: Actor) -> None:
    proposal, draft, stranger = scene.proposal(author), scene.proposal(author, state=State.DRAFT), person()
    asked = {"whom": "Hanako"}
    assert doors.form(stranger, "POST", f"/proposals/{proposal}/authors", asked).status == 403
    assert doors.form(stranger, "POST", f"/proposals/{proposal}/invitation").status == 403
    assert doors.form(stranger, "DELETE", f"/proposals/{proposal}/authors/me").status == 403
    for method, path in (("POST", "authors"), ("POST", "invitation"), ("DELETE", "invitation"),
                         ("DELETE", "authors/me")):
        assert (path, doors.form(stranger, method, f"/proposals/{draft}/{path}", asked).status) == (path, 404)
    assert client.sign_in(stranger).get(f"/proposals/{draft}/authors").status == 404
    assert doors.form(author, "POST", f"/proposals/{proposal}/authors", {"whom": ""}).status == 422
