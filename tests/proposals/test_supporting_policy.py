"""Role x phase x state -> verdict, asked of the policy, of the page's form and of the API: all say the same."""

import pytest

from participation.policy import ANONYMOUS
from participation.spaces.models import Phase
from proposals.models import State
from proposals.supporting.policy import may_support, may_withdraw_support
from proposals.supporting.queries import support_case
from tests.proposals.scene import Scene
from tests.support.databases import on_sqlite

pytestmark = on_sqlite

ROLES = ("nobody", "citizen", "author", "secretariat", "auditor")
PHASES = {"open": ("support",), "closed": ("propose", "comment"), "none": ()}
OPEN_STATES = (State.PUBLISHED, State.UNDER_REVIEW)
STATES = tuple(state for state in State if state not in (State.DRAFT, State.MERGED))
STATUS = {"allowed": 200, "sign_in": 401, "closed": 403, "forbidden": 403}


def expected(role: str, phase: str, state: State) -> str:
    if state not in OPEN_STATES or phase != "open":
        return "closed"
    return {"nobody": "sign_in", "auditor": "forbidden"}.get(role, "allowed")


@pytest.fixture
def cast(person):
    made = {"nobody": ANONYMOUS, "citizen": person(), "author": person(),
            "secretariat": person(roles=("secretariat",)), "auditor": person(roles=("auditor",))}
    assert set(made) == set(ROLES)
    return made


@pytest.mark.parametrize("phase", PHASES)
def test_the_policy_says(scene: Scene, cast, phase: str) -> None:
    process = scene.process(PHASES[phase])
    for state in STATES:
        proposal = scene.proposal(cast["author"], state=state, process=process)
        for role, actor in cast.items():
            case = scene.ask(support_case, actor, proposal, scene.clock())
            assert (role, state, may_support(actor, case).kind) == (role, state, expected(role, phase, state))
            assert may_withdraw_support(actor, case) == may_support(actor, case)


@pytest.mark.asvs("2.2.2", "2.3.1", "8.3.1")
@pytest.mark.parametrize("phase", PHASES)
def test_page_and_api_say_the_same(scene: Scene, doors, cast, phase: str) -> None:
    process = scene.process(PHASES[phase])
    for state in STATES:
        proposal = scene.proposal(cast["author"], state=state, process=process)
        for role, actor in cast.items():
            who, verdict = actor if actor.signed_in else None, expected(role, phase, state)
            for method in ("PUT", "DELETE"):
                answer = doors.api(who, method, f"/proposals/{proposal}/support")
                assert (role, state, answer.status) == (role, state, STATUS[verdict])
            for method in ("POST", "DELETE"):
                answer = doors.form(who, method, f"/proposals/{proposal}/support")
                assert (role, state, answer.status) == (role, state, {**STATUS, "allowed": 303}[verdict])
                assert ("/take-part/sign-in" in answer.html) == (verdict == "sign_in")


@pytest.mark.asvs("2.3.1")
def test_a_phase_that_ended_or_has_not_begun_opens_nothing(scene: Scene, cast) -> None:
    process, now = scene.process(("support",)), scene.clock()
    proposal = scene.proposal(process=process)
    for changes in ({"ends_at": now}, {"ends_at": None, "starts_at": now.replace(year=now.year + 1)}):
        scene.set(Phase, 1, **changes)
        case = scene.ask(support_case, cast["citizen"], proposal, now)
        assert may_support(cast["citizen"], case).kind == "closed"


def test_a_process_that_is_no_longer_published_opens_nothing(scene: Scene, cast) -> None:
    proposal = scene.proposal(process=scene.process(("support",), state="archived"))
    case = scene.ask(support_case, cast["citizen"], proposal, scene.clock())
    assert may_support(cast["citizen"], case).kind == "closed"
