"""What the home page and a process's page say of proposals."""

from datetime import timedelta

from proposals.home import voices, way
from proposals.models import Answer, Proposal, State
from tests.proposals.scene import Scene


def answer(scene: Scene, proposal: int, reasons: str, *, number: int = 1, at=None) -> None:
    by = scene.person()
    scene.db.write(lambda session: session.add(Answer(
        proposal_id=proposal, number=number, state="accepted", reasons=reasons, department="Transport",
        answered_by_id=by.id, at=at or scene.clock())))


def test_nothing_is_said_while_nothing_is_public(scene):
    scene.proposal(state=State.DRAFT)
    assert scene.ask(way, scene.clock(), "en") is None
    assert scene.ask(voices, scene.clock(), "en") is None


def test_the_way_counts_each_stage_and_all_supports(scene):
    states = (State.PUBLISHED, State.UNDER_REVIEW, State.REJECTED, State.IN_PROGRESS, State.DONE, State.DRAFT,
              State.WITHDRAWN)
    for supports, state in enumerate(states[:5]):
        scene.set(Proposal, scene.proposal(state=state), supports_count=supports)
    for state in states[5:]:
        scene.proposal(state=state)
    said = scene.ask(way, scene.clock(), "en")
    assert (said.heard, said.supports, said.answered, said.in_progress, said.done) == (5, 10, 3, 1, 1)


def test_the_latest_answer_of_a_proposal_stands_for_it(scene):
    one, other = scene.proposal(state=State.ACCEPTED, title="First"), scene.proposal(state=State.DONE, title="Second")
    answer(scene, one, "We look into it.", at=scene.clock() - timedelta(days=3))
    answer(scene, one, "We begin in May.", number=2, at=scene.clock() - timedelta(days=1))
    answer(scene, other, "It runs.", at=scene.clock() - timedelta(days=2))
    said = scene.ask(way, scene.clock(), "en").answers
    assert [(each.title, each.reasons) for each in said] == [("First", "We begin in May."), ("Second", "It runs.")]


def test_newest_and_most_supported_stand_in_their_own_order(scene):
    ids = [scene.proposal(title=f"Number {n}", at=scene.clock() - timedelta(days=9 - n)) for n in range(6)]
    for number, proposal in enumerate(ids):
        scene.set(Proposal, proposal, supports_count=50 - number)
    said = scene.ask(voices, scene.clock(), "en")
    assert [item.id for item in said.newest] == ids[:1:-1]
    assert [item.id for item in said.most_supported] == ids[:4]


def test_the_number_of_queries_does_not_grow_with_the_proposals(scene, count_queries):
    def asked() -> int:
        with scene.db.read() as session, count_queries(session) as count:
            way(session, scene.clock(), "en")
            voices(session, scene.clock(), "en")
        return count.total

    answer(scene, scene.proposal(state=State.ACCEPTED), "Yes.")
    few = asked()
    for _ in range(8):
        answer(scene, scene.proposal(state=State.ACCEPTED), "Yes.")
    assert (few, asked()) == (8, 8)


def test_a_process_shows_its_own_proposals_and_the_way_to_write_one(scene, client):
    first = scene.process()
    scene.proposal(title="A seat at every bus stop", process=first)
    scene.process()
    scene.proposal(title="Elsewhere altogether")
    page = client.another(language="en").get("/processes/process-1")
    assert "A seat at every bus stop" in page.text
    assert "Elsewhere altogether" not in page.text
    assert page.link("Write a proposal") == "/proposals/new?process=process-1"
    assert page.link("All proposals of this process") == "/proposals?process=process-1"
