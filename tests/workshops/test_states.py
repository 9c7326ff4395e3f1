"""Every step of a workshop by state and role in one table: the same by action, page and API."""
from itertools import product

import pytest

from participation.policy import Refused
from tests.workshops.scene import Scene
from workshops.models import TRANSITIONS, State
from workshops.policy import may_step


def test_the_table_says_who_may_take_which_step(scene: Scene) -> None:
    rows = {state: scene.workshop(state) for state in State}
    expected = {
        (state, to): {"facilitator", "secretariat"} if to in TRANSITIONS[state] else set()
        for state, to in product(State, State)
    }
    everywhere = tuple(("facilitator", "workshop", row.id) for row in rows.values())
    people = {"citizen": scene.person(), "facilitator": scene.person(roles=everywhere),
              **{name: scene.person(roles=(name,)) for name in ("secretariat", "administrator", "auditor")}}
    for row in rows.values():
        row.starts_at = scene.clock()
    allowed = {
        (state, to): {name for name, who in people.items()
                      if may_step(who, rows[state], to, scene.clock(), people=4, reason="because")}
        for state, to in expected}
    assert allowed == expected


def test_a_facilitator_of_another_workshop_is_nobody_here(scene: Scene) -> None:
    row = scene.workshop()
    other = scene.person(roles=(("facilitator", "workshop", row.id + 1),))
    with pytest.raises(Refused):
        scene.move(row, State.CALLED_OFF, other, "because")
