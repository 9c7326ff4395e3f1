"""Every step of a workshop by state and role in one table, asked of the policy and played through page and API."""
from itertools import product
from typing import Any

import pytest

from participation.policy import Actor, Refused
from tests.support.client import Client
from tests.support.databases import on_sqlite
from tests.workshops.scene import Scene, begin_now
from workshops.members import add_member
from workshops.models import TRANSITIONS, State, Workshop
from workshops.policy import may_step

CELLS = tuple(product(State, State))
STEPS = [(state, to) for state, to in CELLS if to != State.PLANNED]  # no form and no call leads back to a plan
ORGANISERS = {"facilitator", "secretariat"}


@pytest.fixture
def rows(scene: Scene) -> dict[State, Workshop]:
    """One workshop in each state, which has begun and has somebody who takes part."""
    made = {state: scene.workshop(state) for state in State}
    scene.do(add_member, None, made[State.DRAWING].id, name="Hana")
    scene.do(begin_now, made[State.CONFIRMED].id)
    return made


@pytest.fixture
def people(scene: Scene, rows: dict[State, Workshop]) -> dict[str, Actor]:
    everywhere = tuple(("facilitator", "workshop", row.id) for row in rows.values())
    return {"citizen": scene.person(), "facilitator": scene.person(roles=everywhere),
            **{name: scene.person(roles=(name,)) for name in ("secretariat", "administrator", "auditor")}}


def test_the_table_says_who_may_take_which_step(
        scene: Scene, rows: dict[State, Workshop], people: dict[str, Actor]) -> None:
    expected = {(state, to): ORGANISERS if to in TRANSITIONS[state] else set() for state, to in CELLS}
    for row in rows.values():
        row.starts_at = scene.clock()
    allowed = {
        (state, to): {name for name, who in people.items()
                      if may_step(who, rows[state], to, scene.clock(), people=4, reason="because")}
        for state, to in CELLS}
    assert allowed == expected


@on_sqlite
def test_page_and_api_take_the_same_steps_as_the_table(
        scene: Scene, rows: dict[State, Workshop], people: dict[str, Actor], client: Client) -> None:
    tokens = {name: client.people.token(who) for name, who in people.items()}
    browsers = {name: client.another().sign_in(who) for name, who in people.items()}

    def page(who: str, state: State, to: State) -> int:
        return browsers[who].get(f"/workshops/{rows[state].slug}/desk/state/{to}").status

    def call(who: str, state: State, to: State) -> int:
        body = {"to": to, "reason": "because"}
        return client.api("POST", f"/workshops/{rows[state].slug}/transitions", body, token=tokens[who]).status

    offered = {(state, to): page("secretariat", state, to) for state, to in STEPS}
    assert offered == {(state, to): 200 if to in TRANSITIONS[state] else 409 for state, to in STEPS}
    impossible = [(state, to) for state, to in STEPS if to not in TRANSITIONS[state]]
    assert {call("facilitator", state, to) for state, to in impossible} == {409}
    possible = [(state, to) for state, to in STEPS if to in TRANSITIONS[state]]
    for who, unseen in (("citizen", 404), ("administrator", 403), ("auditor", 403)):
        for state, to in possible:
            wanted = unseen if state == State.PLANNED else 403
            assert (page(who, state, to), call(who, state, to)) == (wanted, wanted), (who, state, to)
    assert call("facilitator", State.HELD, State.PUBLISHED) == 422  # its record is missing
    for state, to in possible:  # each is taken once, by page or API, and what follows it is called off the other way
        if to in (State.PUBLISHED, State.CALLED_OFF):
            continue
        by_page = state in (State.PLANNED, State.DRAWING)
        taken = [take(browsers["secretariat"], rows[state], to) if by_page else call("facilitator", state, to)]
        if State.CALLED_OFF in TRANSITIONS[to]:
            back = State.CALLED_OFF
            taken += [call("facilitator", state, back) if by_page else take(browsers["secretariat"], rows[state], back)]
        assert set(taken) <= {200, 303}, (state, to, taken)
    ends = scene.ask(lambda session: {state: session.get_one(Workshop, row.id).state for state, row in rows.items()})
    called_off = dict.fromkeys((State.PLANNED, State.RECRUITING, State.DRAWING), State.CALLED_OFF)
    assert ends == {state: state for state in State} | called_off | {State.CONFIRMED: State.HELD}


def take(browser: Client, row: Workshop, to: State) -> Any:
    """A step at the desk."""
    path = f"/workshops/{row.slug}/desk/state/{to}"
    return browser.submit(browser.open(path), {"reason": "because"}, form=path).status


def test_a_facilitator_of_another_workshop_is_nobody_here(scene: Scene) -> None:
    row = scene.workshop()
    other = scene.person(roles=(("facilitator", "workshop", row.id + 1),))
    with pytest.raises(Refused):
        scene.move(row, State.CALLED_OFF, other, "because")
