"""Who may do what with a proposal: role x phase x state -> verdict."""
from itertools import product

import pytest

from participation.policy import ANONYMOUS, Actor, Refused
from participation.web import NotFound
from proposals import actions
from proposals.models import Proposal, State
from proposals.policy import Standing, may_edit, may_propose, may_publish, may_read, may_save_draft, may_withdraw
from tests.proposals.scene import Scene
from tests.support.application import People

AUTHOR, CO_AUTHOR, STRANGER = Actor(id=1), Actor(id=2), Actor(id=3)
SECRETARIAT = Actor(id=4, roles=frozenset({("secretariat", "platform", 0)}))
WHO = {"nobody": ANONYMOUS, "author": AUTHOR, "co-author": CO_AUTHOR, "stranger": STRANGER, "secretariat": SECRETARIAT}
PHASES = {"closed": frozenset(), "propose": frozenset({"propose"}), "amend": frozenset({"amend"})}
AUTHORS = {"author", "co-author"}


def standing(state: State, phase: str = "propose", *, hidden: bool = False, supported: bool = False) -> Standing:
    return Standing(
        id=7, state=state, process_id=5, author_id=1, authors=frozenset({1, 2}), version=1,
        published=state != State.DRAFT, hidden=hidden, hidden_reason="", supported_by_others=supported,
        merged_into_id=None, features=PHASES[phase])


MATRIX = list(product(WHO, PHASES, State, (False, True)))


@pytest.mark.parametrize("who", WHO)
def test_the_matrix_of_verdicts(who: str) -> None:
    actor = WHO[who]
    for name, phase, state, hidden in MATRIX:
        if name != who or (hidden and state == State.DRAFT):
            continue
        case = standing(state, phase, hidden=hidden)
        own, draft = who in AUTHORS, state == State.DRAFT
        said = {rule.__name__: bool(rule(actor, case))
                for rule in (may_read, may_save_draft, may_publish, may_edit, may_withdraw)}
        assert said == {
            "may_read": own or (not draft and not hidden) or (who == "secretariat" and not draft),
            "may_save_draft": own and draft,
            "may_publish": own and draft and phase == "propose",
            "may_edit": own and not hidden and state == State.PUBLISHED and phase in ("propose", "amend"),
            "may_withdraw": own and not hidden and state == State.PUBLISHED,
        }, (who, phase, state, hidden)


@pytest.mark.parametrize(("who", "phase", "kind"), [
    ("nobody", "propose", "sign_in"), ("stranger", "propose", "allowed"), ("stranger", "amend", "closed"),
    ("secretariat", "closed", "closed"),
])
def test_who_may_begin_a_proposal(who: str, phase: str, kind: str) -> None:
    assert may_propose(WHO[who], PHASES[phase]).kind == kind


def test_a_supported_proposal_stays() -> None:
    verdict = may_withdraw(AUTHOR, standing(State.PUBLISHED, supported=True))
    assert (verdict.kind, "Other people support" in verdict.reason) == ("conflict", True)


def test_the_database_says_the_same_as_the_rules(scene: Scene, person: People) -> None:
    author, friend, stranger = person(), person(), person()
    scene.process()
    draft = scene.do(actions.create_draft, author, scene.current, {"title": "Benches"}, locale="en")
    for other in (stranger, person(roles=("secretariat",))):
        with pytest.raises(NotFound):
            scene.do(actions.save_draft, other, draft, {"title": "Mine"})
    scene.do(actions.publish, author, draft)
    with pytest.raises(Refused):
        scene.do(actions.edit, stranger, draft, {"title": "Mine"}, reason="")
    shared = scene.proposal(author, co_authors=(friend,))
    assert scene.do(actions.edit, friend, shared, {"title": "Ours"}, reason="") == 2
    scene.set(Proposal, shared, state=State.UNDER_REVIEW)
    with pytest.raises(Refused):
        scene.do(actions.edit, author, shared, {"title": "Too late"}, reason="")
