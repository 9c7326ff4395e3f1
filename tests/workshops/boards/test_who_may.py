"""Who may look, write, give a dot and arrange in each state: one table, asked of the actions, the pages and the API."""
from collections.abc import Iterator
from typing import Any

import pytest

from participation.policy import ANONYMOUS, Actor, Refused
from tests.support.databases import on_sqlite
from tests.workshops.boards.scene import SLUG, Scene
from workshops.boards.cases import find_case
from workshops.boards.dots import give_dot
from workshops.boards.queries import board
from workshops.boards.saving import save_field
from workshops.boards.teams import make_team

# o done · f not this person · s sign in first · c the state stands in the way · x closed for everybody who may look
ROLES = ("anonymous", "citizen", "other_team", "team", "facilitator", "secretariat", "administrator", "auditor")
TABLE = """
planned     look sfoooooo  write sffxxxff  dot sfxxxfff  arrange sfffooff
drawing     look sfoooooo  write sffxxxff  dot sfxxxfff  arrange sfffooff
confirmed   look sfoooooo  write sffoooff  dot sfooofff  arrange sfffooff
held        look sfoooooo  write sffoooff  dot sfooofff  arrange sfffooff
published   look sfoooooo  write sffxxxff  dot sfxxxfff  arrange sfffccff
called_off  look sfoooooo  write sffxxxff  dot sfxxxfff  arrange sfffccff
"""
LETTERS = {"forbidden": "f", "sign_in": "s", "conflict": "c", "closed": "x"}
STEPS: dict[str, Any] = {
    "look": lambda session, who, case, now: board(session, case),
    "write": lambda session, who, case, now: save_field(
        session, who, case, "note", "note-0001", "text", "A long bench", version=0, now=now),
    "dot": lambda session, who, case, now: give_dot(session, who, case, "note", "note-0001", now=now),
    "arrange": lambda session, who, case, now: make_team(session, who, case, "Z", now=now),
}
REQUESTS: dict[str, Any] = {
    "look": ("GET", "/workshops/harbour/teams/{}/board", None),
    "write": ("PUT", "/workshops/harbour/teams/{}/board/note/note-0001/text", {"value": "A red bench", "version": 0}),
    "dot": ("PUT", "/workshops/harbour/dots/note/note-0001", None),
}
STATUS = {"f": {403}, "s": {401}, "x": {403}}


class Undone(Exception):
    """Takes back what an attempt has changed."""


def expected() -> Iterator[tuple[str, str, str, str]]:
    for line in TABLE.split("\n")[1:-1]:
        state, *cells = line.split()
        for step, letters in zip(cells[::2], cells[1::2], strict=True):
            for role, letter in zip(ROLES, letters, strict=True):
                yield state, step, role, letter


@pytest.fixture
def who(scene: Scene) -> dict[str, Actor]:
    scene.note(scene.people["A"][0], "A", "note-0001", "A bench")
    return {"anonymous": ANONYMOUS, "citizen": scene.person(), "other_team": scene.people["B"][0],
            "team": scene.people["A"][0], "facilitator": scene.facilitator, "secretariat": scene.desk,
            **{role: scene.person(roles=(role,)) for role in ("administrator", "auditor")}}


def attempt(scene: Scene, step: str, actor: Actor) -> str:
    def work(session: Any) -> None:
        STEPS[step](session, actor, find_case(session, actor, SLUG, team_id=scene.team["A"]), scene.clock())
        raise Undone
    try:
        scene.db.write(work)
    except Undone:
        return "o"
    except Refused as refused:
        return LETTERS[refused.verdict.kind]
    raise AssertionError("neither done nor refused")


@on_sqlite
def test_every_step_in_every_state_is_for_whom_the_table_says(
        scene: Scene, who: dict[str, Actor], client: Any) -> None:
    tokens = {role: client.people.token(actor) for role, actor in who.items() if actor.id}
    wrong, present = [], ""
    for state, step, role, letter in expected():
        if state != present:
            scene.state(present := state)
        if (found := attempt(scene, step, who[role])) != letter:
            wrong.append((state, step, role, found, letter))
        if letter != "o" and step in REQUESTS and state in ("confirmed", "published"):
            method, path, body = REQUESTS[step]
            answer = client.api(method, path.format(scene.team["A"]), body, token=tokens.get(role, ""))
            if answer.status not in STATUS[letter]:
                wrong.append((state, step, role, answer.status, letter))
    assert wrong == []
