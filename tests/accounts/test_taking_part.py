"""Supporting and commenting before there is an account: kept, confirmed by the mailed link, carried out."""

from urllib.parse import unquote

import pytest
from sqlalchemy import select

from participation.accounts.models import Account
from participation.comments.models import Comment
from participation.spaces.models import Phase
from proposals.models import Proposal
from tests.accounts.conftest import PASSWORD
from tests.proposals.scene import Scene, scene  # noqa: F401
from tests.support.client import BASE_URL

OURS = {"Origin": BASE_URL, "Sec-Fetch-Site": "same-origin"}


def supports(db, proposal: int) -> int:
    with db.read() as session:
        return session.scalar(select(Proposal.supports_count).where(Proposal.id == proposal))


def comments(db) -> list[str]:
    with db.read() as session:
        return list(session.scalars(select(Comment.body)))


@pytest.fixture
def proposal(scene: Scene) -> int:  # noqa: F811
    return scene.proposal()


def begin_support(client, proposal: int, email: str = "hanako@example.test"):
    page = client.request("POST", f"/proposals/{proposal}/support", headers=OURS)
    assert page.status == 401
    return client.submit(page, {"email": email}, form="/take-part")


def test_a_support_is_carried_out_when_the_button_behind_the_link_is_pressed(client, db, proposal, newest_link):
    answer = begin_support(client, proposal)
    assert (answer.status, answer.location) == (303, "/check-your-mail")
    assert supports(db, proposal) == 0
    page = client.open(newest_link("hanako@example.test", "/take-part/"))
    assert supports(db, proposal) == 0  # scanners open links, they press no buttons
    done = client.submit(page, form="/take-part/")
    assert (done.status, done.location) == (303, f"/proposals/{proposal}")
    assert supports(db, proposal) == 1
    assert "hanako@example.test" not in client.open("/me").title
    assert client.get(page.path).status == 409


def test_who_has_an_account_supports_with_it(client, db, proposal, newest_link, join):
    join("hanako@example.test")
    other = client.another()
    begin_support(other, proposal)
    other.submit(other.open(newest_link("hanako@example.test", "/take-part/")), form="/take-part/")
    assert supports(db, proposal) == 1
    with db.read() as session:
        assert session.scalars(select(Account.email)).all().count("hanako@example.test") == 1


def test_a_comment_is_kept_word_for_word(client, db, proposal, newest_link):
    text = "Seats, please.\r\n\r\nAnd <b>roofs</b> & \"shade\"."
    sent = {"body": text, "alignment": "for"}
    page = client.request("POST", f"/subjects/{proposal}/comments", data=sent, headers=OURS)
    assert "And <b>roofs</b>" not in page.html
    assert 'And <b>roofs</b> & "shade".' in page.text
    client.submit(page, {"email": "hanako@example.test"}, form="/take-part")
    page = client.open(newest_link("hanako@example.test", "/take-part/"))
    assert 'And <b>roofs</b> & "shade".' in page.text
    done = client.submit(page, form="/take-part/")
    assert done.location.startswith("/comments/")
    assert comments(db) == [text.replace("\r\n", "\n")]


def test_a_wrong_address_loses_nothing(client, db, proposal, newest_link):
    sent = {"body": "Seats with roofs, please.", "alignment": "for"}
    page = client.request("POST", f"/subjects/{proposal}/comments", data=sent, headers=OURS)
    again = client.submit(page, {"email": "hanako"}, form="/take-part")
    assert (again.status, "Seats with roofs, please." in again.text) == (422, True)
    client.submit(again, {"email": "hanako@example.test"}, form="/take-part")
    client.submit(client.open(newest_link("hanako@example.test", "/take-part/")), form="/take-part/")
    assert comments(db) == ["Seats with roofs, please."]


def test_two_comments_wait_for_their_links_side_by_side(client, db, proposal, deliver, mailbox):
    for text in ("Seats with roofs, please.", "And lamps at night."):
        page = client.request("POST", f"/subjects/{proposal}/comments", data={"body": text}, headers=OURS)
        client.submit(page, {"email": "hanako@example.test"}, form="/take-part")
    deliver()
    for mail in mailbox.to("hanako@example.test"):
        link = mail.link("/take-part/").removeprefix(BASE_URL)
        client.submit(client.open(link), form="/take-part/")
    assert sorted(comments(db)) == ["And lamps at night.", "Seats with roofs, please."]


def test_what_is_closed_meanwhile_is_refused_and_the_words_are_shown(client, db, scene, newest_link):  # noqa: F811
    proposal = scene.proposal()
    page = client.request("POST", f"/subjects/{proposal}/comments", data={"body": "Seats, please."}, headers=OURS)
    client.submit(page, {"email": "hanako@example.test"}, form="/take-part")
    scene.set(Phase, 1, features=[])
    answer = client.submit(client.open(newest_link("hanako@example.test", "/take-part/")), form="/take-part/")
    assert (answer.status, "Seats, please." in answer.text, comments(db)) == (200, True, [])
    assert client.get("/me").status == 200  # the address is proved all the same


def test_signing_in_first_keeps_what_was_sent(client, db, proposal, join):
    join("hanako@example.test")
    client.cookies.clear()
    sent = {"body": "Seats with roofs, please.", "alignment": "against"}
    page = client.request("POST", f"/subjects/{proposal}/comments", data=sent, headers=OURS)
    to_sign_in = client.submit(page, form="/take-part/sign-in")
    page = client.open(to_sign_in.location)
    done = client.submit(page, {"email": "hanako@example.test", "password": PASSWORD}, form="password")
    client.submit(client.open(done.location), form="/comments")
    assert comments(db) == ["Seats with roofs, please."]


def test_nobody_can_be_sent_a_link_that_makes_them_send_something(client, db, proposal, join):
    stranger = client.another()
    page = stranger.request("POST", f"/subjects/{proposal}/comments", data={"body": "Not my words."}, headers=OURS)
    trap = unquote(stranger.submit(page, form="/take-part/sign-in").location.partition("next=")[2])
    join("hanako@example.test")
    assert client.get(trap).status == 409


def test_htmx_swaps_the_whole_content(client, proposal):
    page = client.request("POST", f"/proposals/{proposal}/support", headers={**OURS, "HX-Request": "true"})
    assert (page.status, page.headers["hx-retarget"]) == (200, "#main")


@pytest.mark.parametrize("values", [
    {"payload": "["}, {"payload": "[]"}, {"payload": '{"a": []}'}, {"intent": "nothing"}, {"payload": '{"id": "x"}'},
    {"payload": '{"id": 99999999999999999999}'},
])
def test_what_was_tampered_with_is_refused_politely(client, proposal, newest_link, values):
    page = client.request("POST", f"/proposals/{proposal}/support", headers=OURS)
    answer = client.submit(page, {"email": "hanako@example.test", **values}, form="/take-part")
    if answer.status == 303:
        answer = client.submit(client.open(newest_link("hanako@example.test", "/take-part/")), form="/take-part/")
    assert answer.status in (200, 400, 404)


def test_a_number_that_no_row_can_have_is_not_found(client):
    assert client.get(f"/proposals/{2**63}").status == 404
    assert client.api("GET", f"/proposals/{2**63}").status == 404
