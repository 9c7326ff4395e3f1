"""Sixty people at once, on both databases: the counter equals the rows, no cap is passed, nobody counts twice."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from participation.events import Event
from participation.policy import Actor, Refused
from proposals.models import Proposal, Support
from proposals.supporting.actions import support, withdraw_support
from proposals.supporting.queries import counter_mismatches
from tests.proposals.scene import Scene
from tests.support.application import People

PEOPLE, THREADS = 60, 16


def at_once(works: list[Callable[[], Any]]) -> list[Any]:
    with ThreadPoolExecutor(THREADS) as pool:
        return [future.result() for future in [pool.submit(work) for work in works]]


def attempt(scene: Scene, action: Any, actor: Actor, proposal: int) -> str:
    try:
        return "yes" if scene.do(action, actor, proposal).supported else "no"
    except Refused as error:
        return error.verdict.kind


def counted(scene: Scene, proposal: int) -> tuple[int, int]:
    """The counter, and the rows it stands for."""
    return scene.ask(lambda session: (
        session.scalar(select(Proposal.supports_count).where(Proposal.id == proposal)),
        session.scalar(select(func.count()).select_from(Support).where(Support.proposal_id == proposal))))


def test_sixty_people_support_withdraw_and_support_at_once(scene: Scene, person: People) -> None:
    proposal, people = scene.proposal(), [person() for _ in range(PEOPLE)]
    at_once([lambda actor=actor: [attempt(scene, action, actor, proposal)
                                  for action in (support, withdraw_support, support)] for actor in people])
    assert counted(scene, proposal) == (PEOPLE, PEOPLE)
    kinds = Counter(scene.ask(lambda session: session.scalars(select(Event.type)).all()))
    assert kinds == {"proposal.supported": 2 * PEOPLE, "proposal.support_withdrawn": PEOPLE}
    assert scene.ask(counter_mismatches) == []


@pytest.mark.asvs("2.3.4")
def test_one_person_in_many_windows_counts_once(scene: Scene, person: People) -> None:
    proposal, hanako = scene.proposal(), person("Hanako")
    assert set(at_once([lambda: attempt(scene, support, hanako, proposal)] * 40)) == {"yes"}
    assert counted(scene, proposal) == (1, 1)
    assert scene.ask(lambda session: session.scalar(select(func.count()).select_from(Event))) == 1


@pytest.mark.asvs("2.3.4")
def test_the_cap_holds_when_one_person_spends_it_in_many_windows(scene: Scene, person: People) -> None:
    process, hanako = scene.process(cap=3), person("Hanako")
    proposals = [scene.proposal(process=process) for _ in range(12)]
    answers = at_once([lambda target=target: attempt(scene, support, hanako, target) for target in proposals])
    assert Counter(answers) == {"yes": 3, "conflict": 9}
    assert scene.ask(counter_mismatches) == []


def test_a_crowd_that_changes_its_mind_under_a_cap_leaves_exact_counters(
        scene: Scene, person: People) -> None:
    process, people, chance = scene.process(cap=2), [person() for _ in range(12)], random.Random(7)
    proposals = [scene.proposal(process=process) for _ in range(4)]
    steps = [(chance.choice((support, support, withdraw_support)), actor, chance.choice(proposals))
             for actor in people * 10]
    at_once([lambda step=step: attempt(scene, *step) for step in steps])
    given = scene.ask(lambda session: session.execute(
        select(Support.account_id, func.count()).group_by(Support.account_id)).all())
    assert max(count for _, count in given) <= 2
    assert scene.ask(counter_mismatches) == []
