"""Who may shape a process: role x state."""

import itertools

import pytest

from participation.policy import ANONYMOUS, Actor
from participation.spaces.models import Phase, Process, ProcessState
from participation.spaces.policy import TRANSITIONS, may_manage, may_see_process, may_set_frame, may_set_state


def with_role(number: int, role: str, scope: str = "platform", scope_id: int = 0) -> Actor:
    return Actor(id=number, roles=frozenset({(role, scope, scope_id)}))


PEOPLE = {
    "anonymous": ANONYMOUS,
    "citizen": Actor(id=1),
    "secretariat": with_role(2, "secretariat"),
    "administrator": with_role(3, "administrator"),
    "auditor": with_role(4, "auditor"),
    "manager": with_role(5, "manager", "process", 7),
    "manager of another": with_role(6, "manager", "process", 8),
}
MANAGE = {"secretariat", "manager"}


@pytest.mark.parametrize("who", PEOPLE)
def test_the_secretariat_and_its_manager_shape_a_process(who):
    expected = "allowed" if who in MANAGE else "sign_in" if who == "anonymous" else "forbidden"
    assert may_manage(PEOPLE[who], Process(id=7)).kind == expected


@pytest.mark.parametrize(("who", "state"), list(itertools.product(PEOPLE, ProcessState)))
def test_a_draft_is_seen_by_those_who_shape_it_and_the_auditor(who, state):
    allowed = state != ProcessState.DRAFT or who in MANAGE | {"auditor"}
    assert bool(may_see_process(PEOPLE[who], Process(id=7, state=state))) is allowed


@pytest.mark.parametrize(("who", "state", "to"), list(itertools.product(PEOPLE, ProcessState, ProcessState)))
def test_a_state_follows_the_table(who, state, to):
    verdict = may_set_state(PEOPLE[who], Process(id=7, state=state), to, [Phase()])
    assert bool(verdict) is (who in MANAGE and to in TRANSITIONS[state])


def test_a_process_without_a_phase_is_not_published():
    verdict = may_set_state(PEOPLE["secretariat"], Process(id=7, state="draft"), ProcessState.PUBLISHED, [])
    assert verdict.kind == "conflict"


@pytest.mark.parametrize("who", PEOPLE)
def test_the_frame_is_set_by_secretariat_and_administrator(who):
    assert bool(may_set_frame(PEOPLE[who])) is (who in {"secretariat", "administrator"})
