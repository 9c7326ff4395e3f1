"""A support is one row, one step of the counter, one event; the cap holds; closed is closed."""

import pytest
from sqlalchemy import event as listening
from sqlalchemy import func, select

from participation.db import Database
from participation.events import Event
from participation.policy import ANONYMOUS, Refused
from participation.spaces.models import Process
from participation.subjects import Subject
from participation.web import Conflict, NotFound
from proposals.models import Proposal, State, Support, SupportUse
from proposals.supporting.actions import Supported, support, withdraw_support
from proposals.supporting.queries import counter_mismatches, support_case
from tests.proposals.scene import Scene
from tests.support.application import People
from tests.support.databases import on_sqlite


def events(scene: Scene) -> list[tuple[str, int | None, bool]]:
    rows = scene.ask(lambda s: s.execute(select(Event.type, Event.actor_id, Event.leaf_hash).order_by(Event.id)).all())
    return [(row.type, row.actor_id, row.leaf_hash is not None) for row in rows]


def test_a_support_counts_once_however_often_it_is_said(scene: Scene, person: People) -> None:
    proposal, hanako, taro = scene.proposal(), person("Hanako"), person("Taro")
    assert [scene.do(support, who, proposal) for who in (hanako, hanako, taro)] == [
        Supported(1, True), Supported(1, True), Supported(2, True)]
    assert events(scene) == [("proposal.supported", hanako.id, True), ("proposal.supported", taro.id, True)]
    assert scene.ask(counter_mismatches) == []


def test_a_support_taken_back_leaves_the_count_as_it_was(scene: Scene, person: People) -> None:
    proposal, hanako = scene.proposal(), person("Hanako")
    before = scene.do(support, person("Taro"), proposal)
    scene.do(support, hanako, proposal)
    assert scene.do(withdraw_support, hanako, proposal) == Supported(before.supports_count, False)
    assert scene.do(withdraw_support, hanako, proposal) == Supported(before.supports_count, False)
    assert [kind for kind, _, _ in events(scene)] == [
        "proposal.supported", "proposal.supported", "proposal.support_withdrawn"]
    assert scene.ask(counter_mismatches) == []


def test_the_cap_of_a_process_is_refused_with_a_reason_and_a_withdrawal_frees_one(
        scene: Scene, person: People) -> None:
    process, hanako = scene.process(cap=2), person("Hanako")
    first, second, third = (scene.proposal(process=process) for _ in range(3))
    elsewhere = scene.proposal(process=scene.process())
    for proposal in (first, second, elsewhere):
        scene.do(support, hanako, proposal)
    with pytest.raises(Refused) as refused:
        scene.do(support, hanako, third)
    assert (refused.value.verdict.kind, dict(refused.value.verdict.values)) == ("conflict", {"cap": 2})
    assert scene.do(support, hanako, first) == Supported(1, True)  # who supports already is not one too many
    scene.do(withdraw_support, hanako, second)
    assert scene.ask(support_case, hanako, third, scene.clock()).left == 1
    assert scene.do(support, hanako, third) == Supported(1, True)
    assert scene.ask(counter_mismatches) == []


def test_a_cap_that_comes_later_counts_the_supports_of_before(scene: Scene, person: People) -> None:
    process, hanako = scene.process(), person("Hanako")
    first, second, third = (scene.proposal(process=process) for _ in range(3))
    scene.do(support, hanako, first)
    scene.do(support, hanako, second)
    scene.set(Process, process, support_cap=1)
    assert scene.ask(support_case, hanako, third, scene.clock()).left == 0
    with pytest.raises(Refused):
        scene.do(support, hanako, third)
    scene.set(Process, process, support_cap=3)
    scene.do(support, hanako, third)
    scene.set(Process, process, support_cap=None)
    scene.do(withdraw_support, hanako, first)
    assert scene.ask(lambda s: s.scalar(select(SupportUse.used))) == 2
    assert scene.ask(counter_mismatches) == []


@pytest.mark.parametrize("action", [support, withdraw_support])
def test_what_is_not_public_is_not_there(scene: Scene, person: People, action) -> None:
    hidden, draft, hanako = scene.proposal(), scene.proposal(state=State.DRAFT), person("Hanako")
    scene.set(Subject, hidden, hidden_at=scene.clock())
    for proposal in (hidden, draft, 999_999):
        with pytest.raises(NotFound):
            scene.do(action, hanako, proposal)


def test_a_proposal_that_closes_between_the_look_and_the_act_refuses_the_support(
        scene: Scene, person: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another transaction of PostgreSQL can do between two statements, done here in the same one."""
    proposal, hanako = scene.proposal(), person("Hanako")

    def look_then_close(session, *arguments):
        case = support_case(session, *arguments)
        session.get(Proposal, proposal).state = State.ACCEPTED
        session.flush()
        return case

    monkeypatch.setattr("proposals.supporting.actions.support_case", look_then_close)
    with pytest.raises(Conflict):
        scene.do(support, hanako, proposal)
    assert scene.ask(lambda s: s.scalar(select(func.count()).select_from(Support))) == 0


def test_nobody_supports_without_an_account(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        scene.do(support, ANONYMOUS, scene.proposal())
    assert refused.value.verdict.kind == "sign_in"


def statements(db: Database, work) -> int:
    said = []
    listening.listen(db.engines.write, "before_cursor_execute", lambda *a: said.append(a[2]))
    work()
    return len([text for text in said if not text.startswith(("BEGIN", "SAVEPOINT", "RELEASE"))])


@on_sqlite
def test_a_support_is_four_statements_and_five_with_a_cap(scene: Scene, person: People) -> None:
    hanako = person("Hanako")
    free, capped = scene.proposal(process=scene.process()), scene.proposal(process=scene.process(cap=3))
    assert statements(scene.db, lambda: scene.do(support, hanako, free)) == 4
    assert statements(scene.db, lambda: scene.do(support, hanako, capped)) == 5
