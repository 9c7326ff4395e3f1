"""Official answers: who may give them, what they need, that every one stays, and that page and API agree."""

import pytest
from sqlalchemy import select

from participation.events import Event, EventPrivate
from participation.policy import ANONYMOUS, Actor, Refused
from participation.subjects import Subject
from participation.web import NotFound
from proposals.answering.actions import answer, begin_review
from proposals.answering.policy import answers_from, may_answer, may_answer_with, may_begin_review
from proposals.answering.queries import answers_to
from proposals.models import Proposal, State
from proposals.queries import standing
from tests.proposals.doors import Doors
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.client import Client
from tests.support.databases import on_sqlite

REASONS = "We will try this on two routes for six months."
FULL = {"state": "accepted", "reasons": REASONS, "department": "Traffic policy, 078-000-0001",
        "next_report_on": "2026-09-01"}
DECISIONS = (State.ACCEPTED, State.PARTLY_ACCEPTED, State.REJECTED)
SAYABLE = {
    State.PUBLISHED: DECISIONS,
    State.UNDER_REVIEW: DECISIONS,
    State.ACCEPTED: (*DECISIONS, State.IN_PROGRESS, State.DONE),
    State.PARTLY_ACCEPTED: (*DECISIONS, State.IN_PROGRESS, State.DONE),
    State.REJECTED: DECISIONS,
    State.IN_PROGRESS: (State.REJECTED, State.IN_PROGRESS, State.DONE),
    State.DONE: (State.DONE,),
    State.WITHDRAWN: (),
}


@pytest.fixture
def desk(person: People) -> Actor:
    return person("Desk", roles=("secretariat",))


def state_of(scene: Scene, proposal: int) -> str:
    return scene.ask(lambda session: session.scalar(select(Proposal.state).where(Proposal.id == proposal)))


def test_what_an_answer_can_say_in_each_state() -> None:
    assert {state: answers_from(state) for state in SAYABLE} == SAYABLE


def test_only_the_secretariat_answers(scene: Scene, person: People, desk: Actor) -> None:
    author = person()
    people = {"nobody": ANONYMOUS, "citizen": person(), "author": author, "administrator": person(
        roles=("administrator",)), "auditor": person(roles=("auditor",)), "secretariat": desk}
    for state, sayable in SAYABLE.items():
        case = scene.ask(standing, scene.proposal(author, state=state), scene.clock())
        for role, actor in people.items():
            for to in State:
                kind = may_answer_with(actor, case, to).kind
                expected = "sign_in" if role == "nobody" else "forbidden" if role != "secretariat" else (
                    "allowed" if to in sayable else "conflict")
                assert (role, state, to, kind) == (role, state, to, expected)
            assert bool(may_begin_review(actor, case)) == (role == "secretariat" and state == State.PUBLISHED)


def test_every_answer_stays_and_the_newest_decides(scene: Scene, desk: Actor) -> None:
    proposal = scene.proposal()
    for state in (State.PARTLY_ACCEPTED, State.IN_PROGRESS, State.IN_PROGRESS, State.DONE):
        scene.do(answer, desk, proposal, state=state, reasons=f"{REASONS} {state}")
        scene.clock.advance(days=30)
    assert [(given.number, given.state) for given in scene.ask(answers_to, proposal)] == [
        (4, "done"), (3, "in_progress"), (2, "in_progress"), (1, "partly_accepted")]
    assert state_of(scene, proposal) == "done"
    kinds = scene.ask(lambda s: s.execute(select(Event.type, Event.leaf_hash.is_not(None))).all())
    assert [tuple(row) for row in kinds] == [("proposal.answered", True)] * 4
    assert scene.ask(lambda s: len(s.scalars(select(EventPrivate.uid)).all())) == 4


def test_a_review_closes_the_text_and_can_only_begin_once(scene: Scene, desk: Actor) -> None:
    proposal = scene.proposal()
    scene.do(begin_review, desk, proposal)
    assert state_of(scene, proposal) == "under_review"
    with pytest.raises(Refused):
        scene.do(begin_review, desk, proposal)


def test_what_is_not_public_cannot_be_answered(scene: Scene, desk: Actor) -> None:
    draft, hidden = scene.proposal(state=State.DRAFT), scene.proposal()
    scene.set(Subject, hidden, hidden_at=scene.clock())
    with pytest.raises(NotFound):
        scene.do(answer, desk, draft, state=State.ACCEPTED, reasons=REASONS)
    with pytest.raises(Refused):
        scene.do(answer, desk, hidden, state=State.ACCEPTED, reasons=REASONS)
    assert may_answer(desk, scene.ask(standing, hidden, scene.clock())).kind == "conflict"


@on_sqlite
def test_a_preview_publishes_nothing_and_the_next_step_does(
        scene: Scene, client: Client, desk: Actor) -> None:
    proposal = scene.proposal()
    form = client.sign_in(desk).open(f"/proposals/{proposal}/answer")
    preview = client.submit(form, FULL, form=f"/proposals/{proposal}/answer", button="内容を確かめる")
    assert (preview.status, REASONS in preview.text, state_of(scene, proposal)) == (200, True, "published")
    done = client.submit(preview, form=f"/proposals/{proposal}/answer", button="回答を公開する")
    assert (done.status, done.location) == (303, f"/proposals/{proposal}")
    shown = client.sign_out().open(f"/proposals/{proposal}")
    for part in ("市はこの提案を採用します", REASONS, "Traffic policy, 078-000-0001", "2026年9月1日"):
        assert part in shown.text


@on_sqlite
@pytest.mark.parametrize(("changes", "field"), [
    ({"reasons": ""}, "reasons"), ({"department": ""}, "department"), ({"next_report_on": ""}, "next_report_on"),
    ({"next_report_on": "2026-05-31"}, "next_report_on"), ({"next_report_on": "soon"}, "next_report_on"),
    ({"state": "done"}, "state"), ({"state": ""}, "state"), ({"state": "published"}, "state")])
def test_what_is_missing_blocks_publishing_and_keeps_what_was_typed(
        scene: Scene, doors: Doors, desk: Actor, changes: dict[str, str], field: str) -> None:
    proposal = scene.proposal()
    page = doors.form(desk, "POST", f"/proposals/{proposal}/answer", {**FULL, **changes, "do": "publish"})
    assert (page.status, page.title.startswith("エラー"), f'id="{field}-error"' in page.html) == (422, True, True)
    assert ("reasons" in changes or REASONS in page.html) and state_of(scene, proposal) == "published"


@on_sqlite
def test_a_refusal_needs_no_next_report(scene: Scene, doors: Doors, desk: Actor) -> None:
    proposal = scene.proposal()
    values = {**FULL, "state": "rejected", "next_report_on": "", "do": "publish"}
    assert doors.form(desk, "POST", f"/proposals/{proposal}/answer", values).status == 303
    assert state_of(scene, proposal) == "rejected"


@on_sqlite
def test_the_api_takes_state_and_reasons(scene: Scene, doors: Doors, person: People, desk: Actor) -> None:
    proposal, path = scene.proposal(), "/proposals/{}/answer"
    made = doors.api(desk, "POST", path.format(proposal), {"state": "accepted", "reasons": REASONS})
    assert made.status == 201
    assert {name: made.json()[name] for name in ("number", "state", "reasons", "next_report_on")} == {
        "number": 1, "state": "accepted", "reasons": REASONS, "next_report_on": None}
    assert doors.api(person(), "POST", path.format(proposal), FULL).status == 403
    assert doors.api(None, "POST", path.format(proposal), FULL).status == 401
    assert doors.api(desk, "POST", path.format(10**6), FULL).status == 404
    wrong = doors.api(desk, "POST", path.format(proposal), {"state": "published"})
    assert (wrong.status, [error["field"] for error in wrong.json()["errors"]]) == (422, ["state", "reasons"])
    beyond = scene.proposal()
    assert doors.api(desk, "POST", path.format(beyond), {**FULL, "state": "done"}).status == 409


@on_sqlite
def test_the_form_is_for_the_secretariat(scene: Scene, doors: Doors, client: Client, person: People) -> None:
    proposal = scene.proposal()
    assert client.get(f"/proposals/{proposal}/answer").status == 303
    for role in ((), ("administrator",), ("auditor",)):
        actor = person(roles=role)
        assert client.sign_in(actor).get(f"/proposals/{proposal}/answer").status == 403
        assert doors.form(actor, "POST", f"/proposals/{proposal}/answer", {**FULL, "do": "publish"}).status == 403
        assert doors.form(actor, "POST", f"/proposals/{proposal}/review").status == 403


@on_sqlite
def test_the_desk_shows_the_longest_wait_first(scene: Scene, client: Client, desk: Actor, person: People) -> None:
    now = scene.clock()
    new = scene.proposal(title="New one", at=now)
    old = scene.proposal(title="Old one", at=scene.clock.advance(days=-79))
    scene.clock.set(now)
    answered = scene.proposal(title="Answered one")
    scene.do(answer, desk, answered, state=State.ACCEPTED, reasons=REASONS, more={"next_report_on": now.date()})
    page = client.sign_in(desk).open("/secretariat/proposals")
    assert "79" in page.text and "Answered one" not in page.text
    assert page.html.index(f"/proposals/{old}") < page.html.index(f"/proposals/{new}")
    assert "Answered one" in client.open("/secretariat/proposals?show=all").text
    assert "Answered one" not in client.open("/secretariat/proposals?show=due").text
    scene.clock.advance(days=2)
    assert "Answered one" in client.open("/secretariat/proposals?show=due").text
    assert client.sign_in(person()).get("/secretariat/proposals").status == 403
