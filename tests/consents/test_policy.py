"""Every role at every arrow of a version's states: the secretariat alone publishes; its controller stops asking."""
import pytest

from participation.consents.models import VersionState
from participation.consents.policy import may_enter_service, may_look, may_manage, may_move_version, may_write_version
from participation.policy import ANONYMOUS, Actor

DRAFT, SUBMITTED, PUBLISHED, RETIRED = VersionState
CONTROLLER = 7
PEOPLE = {"anonymous": ANONYMOUS, "citizen": Actor(id=1)} | {
    name: Actor(id=1, roles=frozenset({role})) for name, role in {
        "representative": ("representative", "organisation", CONTROLLER),
        "signatory": ("signatory", "organisation", CONTROLLER), "other": ("representative", "organisation", 8),
        "secretariat": ("secretariat", "platform", 0), "administrator": ("administrator", "platform", 0),
        "auditor": ("auditor", "platform", 0)}.items()}
MANAGERS, DESK = {"representative", "secretariat"}, {"secretariat"}
ARROWS = {(DRAFT, SUBMITTED): MANAGERS, (DRAFT, PUBLISHED): DESK, (SUBMITTED, DRAFT): MANAGERS,
          (SUBMITTED, PUBLISHED): DESK, (PUBLISHED, RETIRED): MANAGERS}


@pytest.mark.parametrize("state", VersionState)
@pytest.mark.parametrize("to", VersionState)
def test_who_may_take_which_step(state: VersionState, to: VersionState) -> None:
    allowed = {name for name, who in PEOPLE.items() if may_move_version(who, CONTROLLER, state, to)}
    assert allowed == ARROWS.get((state, to), set())


@pytest.mark.parametrize("state", VersionState)
def test_words_are_changed_in_a_draft_only(state: VersionState) -> None:
    allowed = {name for name, who in PEOPLE.items() if may_write_version(who, CONTROLLER, state)}
    assert allowed == (MANAGERS if state == DRAFT else set())


def test_who_manages_looks_on_and_enters() -> None:
    asked = [{name for name, who in PEOPLE.items() if question(who)} for question in (
        lambda who: may_manage(who, CONTROLLER), lambda who: may_look(who, CONTROLLER), may_enter_service)]
    assert asked == [MANAGERS, MANAGERS | {"auditor", "administrator"}, MANAGERS | {"other"}]
