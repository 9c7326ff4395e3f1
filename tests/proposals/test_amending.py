"""Amendments: everybody may suggest other words, only the authors decide, and never about a text they have not seen."""

import pytest
from sqlalchemy import select

from participation.events import Event
from participation.policy import ANONYMOUS, Actor, Refused
from participation.subjects import Subject
from participation.web import NotFound
from proposals.actions import edit
from proposals.amending.actions import accept, reject, suggest, take_back
from proposals.amending.policy import may_accept, may_decide, may_suggest, may_take_back
from proposals.amending.queries import amendment_view, amendments_on
from proposals.models import Amendment, Proposal, ProposalVersion, State
from proposals.queries import standing
from tests.proposals.doors import Doors
from tests.proposals.scene import OPEN, Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

WORDS = {"title": "Two seats at every bus stop", "body": "Old people wait long.\n\nThey need two seats and a roof."}
WHY = "One seat is not enough."


@pytest.fixture
def author(person: People) -> Actor:
    return person("Hanako")


@pytest.fixture
def amender(person: People) -> Actor:
    return person("Taro")


def texts(scene: Scene, proposal: int) -> list[tuple[int, str, int]]:
    return [tuple(row) for row in scene.ask(lambda s: s.execute(
        select(ProposalVersion.number, ProposalVersion.title, ProposalVersion.editor_id)
        .where(ProposalVersion.proposal_id == proposal).order_by(ProposalVersion.number)).all())]


def test_an_accepted_amendment_is_the_next_version_in_the_name_of_its_author(
        scene: Scene, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    amendment = scene.do(suggest, amender, proposal, **WORDS, reason=WHY)
    assert scene.do(accept, author, amendment, seen_version=1) == 2
    assert texts(scene, proposal) == [
        (1, "A seat at every bus stop", author.id), (2, WORDS["title"], amender.id)]
    shown = scene.ask(amendment_view, amendment)
    assert (shown.state, shown.author, shown.stale) == ("accepted", "Taro", False)
    assert any(kind == "ins" and "roof" in text for kind, text in shown.body_parts)
    kinds = scene.ask(lambda s: s.execute(select(Event.type, Event.leaf_hash.is_not(None)).order_by(Event.id)).all())
    assert [tuple(row) for row in kinds] == [
        ("amendment.suggested", True), ("proposal.edited", True), ("amendment.accepted", True)]


def test_only_the_authors_decide(scene: Scene, person: People, author: Actor, amender: Actor) -> None:
    """Role x state of the proposal x phase, for accepting and for saying no."""
    co_author = person()
    roles = {"nobody": ANONYMOUS, "citizen": person(), "amender": amender, "author": author, "co-author": co_author,
             "secretariat": person(roles=("secretariat",)), "administrator": person(roles=("administrator",)),
             "auditor": person(roles=("auditor",))}
    waiting = Amendment(author_id=amender.id, state="open")
    for features in (OPEN, ("amend",), ("support",), ()):
        process = scene.process(features)
        for state in (State.PUBLISHED, State.UNDER_REVIEW, State.ACCEPTED, State.WITHDRAWN):
            proposal = scene.proposal(author, state=state, process=process, co_authors=[co_author])
            case = scene.ask(standing, proposal, scene.clock())
            changeable = state == State.PUBLISHED and "amend" in features
            for role, actor in roles.items():
                own, outside = role in ("author", "co-author"), role in ("nobody", "auditor")
                found = (bool(may_accept(actor, case, waiting, 1)), bool(may_decide(actor, case, waiting)),
                         bool(may_suggest(actor, case)), bool(may_take_back(actor, waiting)))
                assert (role, state, features, found) == (role, state, features, (
                    own and changeable, own, changeable and not own and not outside, role == "amender"))


def test_strangers_cannot_decide_through_any_door(
        scene: Scene, doors: Doors, person: People, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    amendment = scene.do(suggest, amender, proposal, **WORDS, reason=WHY)
    strangers = [None, person(), amender, person(roles=("secretariat", "administrator"))]
    values = {"seen_version": 1, "note": "No thank you"}
    for actor in strangers:
        for verb in ("acceptance", "rejection"):
            refused = 401 if actor is None else 403
            assert doors.api(actor, "POST", f"/amendments/{amendment}/{verb}", values).status == refused
            assert doors.form(actor, "POST", f"/amendments/{amendment}/{verb}", values).status in (303, refused)
    assert scene.ask(amendment_view, amendment).state == "open"
    assert texts(scene, proposal) == [(1, "A seat at every bus stop", author.id)]


def test_a_text_that_changed_meanwhile_is_compared_anew(scene: Scene, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    amendment = scene.do(suggest, amender, proposal, **WORDS, reason=WHY)
    scene.do(edit, author, proposal, {"body": "Old people wait long.\n\nThey need a bench."}, reason="Clearer words")
    shown = scene.ask(amendment_view, amendment)
    assert (shown.stale, any(kind == "del" and "bench" in text for kind, text in shown.body_parts)) == (True, True)
    with pytest.raises(Refused):
        scene.do(accept, author, amendment, seen_version=1)
    assert scene.do(accept, author, amendment, seen_version=2) == 3


def test_an_amendment_is_decided_once(scene: Scene, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    first, second = (scene.do(suggest, amender, proposal, **WORDS, reason=WHY) for _ in range(2))
    scene.do(reject, author, first, note="We want one seat at each stop first.")
    scene.do(take_back, amender, second)
    for amendment in (first, second):
        for again in (lambda a=amendment: scene.do(accept, author, a, seen_version=1),
                      lambda a=amendment: scene.do(reject, author, a, note="No"),
                      lambda a=amendment: scene.do(take_back, amender, a)):
            with pytest.raises(Refused):
                again()
    assert [(item.id, item.state) for item in scene.ask(amendments_on, proposal)] == [
        (second, "withdrawn"), (first, "rejected")]


def test_what_is_hidden_or_missing_is_not_there(scene: Scene, author: Actor, amender: Actor) -> None:
    proposal, draft = scene.proposal(author), scene.proposal(author, state=State.DRAFT)
    amendment = scene.do(suggest, amender, proposal, **WORDS, reason=WHY)
    scene.set(Subject, amendment, hidden_at=scene.clock())
    assert scene.ask(amendments_on, proposal) == ()
    for attempt in (lambda: scene.do(accept, author, amendment, seen_version=1),
                    lambda: scene.do(accept, author, 10**6, seen_version=1),
                    lambda: scene.do(suggest, amender, draft, **WORDS, reason=WHY)):
        with pytest.raises(NotFound):
            attempt()


@on_sqlite
def test_a_citizen_suggests_and_an_author_accepts_in_the_browser(
        scene: Scene, client: Client, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    page = client.sign_in(amender).open(f"/proposals/{proposal}/amendments/new")
    assert dict(page.form("amendments").fields)["title"] == "A seat at every bus stop"
    unchanged = client.submit(page, {"reason": WHY}, form="amendments")
    assert (unchanged.status, 'id="body-error"' in unchanged.html, WHY in unchanged.html) == (422, True, True)
    made = client.submit(page, {**WORDS, "reason": WHY}, form="amendments", follow=True)
    assert "<ins>" in made.html and "<del>" in made.html
    address = made.path
    assert address in client.open(f"/proposals/{proposal}").html
    seen = client.sign_in(author).open(address)
    silent = client.submit(seen, {"note": ""}, form=f"{address}/rejection")
    assert (silent.status, 'id="note-error"' in silent.html) == (422, True)
    done = client.submit(seen, form=f"{address}/acceptance", follow=True)
    assert "受け入れ" in done.text
    assert WORDS["title"] in client.sign_out().open(f"/proposals/{proposal}").text
    assert "Taro" in client.open(f"/proposals/{proposal}/versions").text


@on_sqlite
def test_the_api_does_the_same(scene: Scene, doors: Doors, author: Actor, amender: Actor) -> None:
    proposal = scene.proposal(author)
    made = doors.api(amender, "POST", f"/proposals/{proposal}/amendments", {**WORDS, "reason": WHY})
    assert (made.status, made.json()["state"], made.json()["base_version"]) == (201, "open", 1)
    number = made.json()["id"]
    listed = doors.api(None, "GET", f"/proposals/{proposal}/amendments").json()
    assert [(item["id"], item["state"]) for item in listed["items"]] == [(number, "open")]
    assert doors.api(author, "POST", f"/amendments/{number}/acceptance", {}).status == 422
    taken = doors.api(author, "POST", f"/amendments/{number}/acceptance", {"seen_version": 1})
    assert (taken.status, taken.json()["state"], taken.json()["version"]) == (200, "accepted", 2)
    assert doors.api(author, "POST", f"/amendments/{number}/rejection", {"note": "Too late"}).status == 409
    assert doors.api(author, "POST", f"/proposals/{proposal}/amendments", {**WORDS, "reason": WHY}).status == 409
    assert scene.ask(lambda s: s.scalar(select(Proposal.version))) == 2
    path, body = f"/proposals/{proposal}/amendments", {**WORDS, "reason": WHY}
    assert doors.api(amender, "POST", path, {**body, "title": "Seats"}).status == 422
    own = doors.api(amender, "POST", path, {**body, "title": "Three seats"})
    assert doors.api(author, "DELETE", f"/amendments/{own.json()['id']}").status == 403
    assert doors.api(amender, "DELETE", f"/amendments/{own.json()['id']}").json()["state"] == "withdrawn"
