"""Which step each kind of person may take from each state: one table, asked of the actions, the API and the pages."""

from collections.abc import Iterator
from typing import Any

import pytest

from participation.policy import ANONYMOUS, Actor, Refused
from proposals.ballots.actions import call_off, cast, close_ballot, open_ballot, publish_ballot
from proposals.ballots.closing import count, keep_result
from proposals.ballots.models import Ballot, CountedBallot
from tests.ballots.scene import Scene
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

STEPS: dict[str, Any] = {
    "vote": lambda session, actor, ballot, now: cast(session, actor, ballot, "yes", now=now),
    "open": lambda session, actor, ballot, now: open_ballot(session, actor, ballot, now=now),
    "closed": lambda session, actor, ballot, now: close_ballot(session, actor, ballot, now=now, reason="All voted."),
    "published": lambda session, actor, ballot, now: publish_ballot(session, actor, ballot, now=now),
    "called_off": lambda session, actor, ballot, now: call_off(session, actor, ballot, "It was sold.", now=now),
}
# o done · f not this person · s sign in first · c not from this state · x closed for everybody
ROLES = ("anonymous", "citizen", "auditor", "administrator", "manager", "secretariat")
TABLE = """
draft       vote xxxxxx  open sfffoo  closed sfffcc  published sfffcc  called_off sfffoo
open        vote sofooo  open sfffcc  closed sfffoo  published sfffcc  called_off sfffoo
closed      vote xxxxxx  open sfffcc  closed sfffcc  published sfffoo  called_off sfffcc
published   vote xxxxxx  open sfffcc  closed sfffcc  published sfffcc  called_off sfffcc
called_off  vote xxxxxx  open sfffcc  closed sfffcc  published sfffcc  called_off sfffcc
"""
STATES = ("draft", "open", "closed", "published", "called_off")
LETTERS = {"forbidden": "f", "sign_in": "s", "conflict": "c", "closed": "x"}
STATUS = {"o": {200}, "f": {403}, "s": {401}, "c": {409}, "x": {401, 403, 409}}
ON_PAGES = {**STATUS, "x": {401, 403, 404, 409}}


class Undone(Exception):
    """Takes back what an attempt has changed."""


def expected() -> Iterator[tuple[str, str, str, str]]:
    for line in TABLE.split("\n")[1:-1]:
        state, *cells = line.split()
        for step, letters in zip(cells[::2], cells[1::2], strict=True):
            for role, letter in zip(ROLES, letters, strict=True):
                yield state, step, role, letter


def in_state(scene: Scene, state: str) -> int:
    """A new ballot that went the way to this state."""
    if state == "draft":
        return scene.draft()
    ballot = scene.ballot()
    if state == "called_off":
        scene.do(call_off, scene.desk, ballot, "It was sold.")
    elif state != "open":
        scene.do(close_ballot, scene.desk, ballot, reason="All have voted.")

        def tallied(session: Any) -> None:
            result, seed = count(session, session.get(Ballot, ballot), CountedBallot)
            keep_result(session, ballot, result, seed, now=scene.clock())
        scene.db.write(tallied)
        if state == "published":
            scene.do(publish_ballot, scene.desk, ballot)
    return ballot


@pytest.fixture
def ballots(scene: Scene) -> dict[str, int]:
    return {state: in_state(scene, state) for state in STATES}


def people(scene: Scene) -> dict[str, Actor]:
    manager = scene.person(roles=(("manager", "process", scene.process_id),))
    return {"anonymous": ANONYMOUS, "citizen": scene.person(), "manager": manager, "secretariat": scene.desk,
            **{role: scene.person(roles=(role,)) for role in ("auditor", "administrator")}}


def attempt(scene: Scene, step: str, actor: Actor, ballot: int) -> str:
    def work(session: Any) -> None:
        STEPS[step](session, actor, ballot, scene.clock())
        raise Undone
    try:
        scene.db.write(work)
    except Undone:
        return "o"
    except Refused as refused:
        return LETTERS[refused.verdict.kind]
    raise AssertionError("neither done nor refused")


@on_sqlite
def test_every_step_from_every_state_is_for_whom_the_table_says(scene: Scene, ballots: dict[str, int]) -> None:
    who = people(scene)
    wrong = [(state, step, role, found, letter) for state, step, role, letter in expected()
             if (found := attempt(scene, step, who[role], ballots[state])) != letter]
    assert wrong == []


@on_sqlite
def test_the_api_refuses_what_the_table_refuses(scene: Scene, ballots: dict[str, int], client: Any) -> None:
    tokens = {role: client.people.token(actor) for role, actor in people(scene).items() if actor.id}
    slugs = {state: f"park-{number}" for number, state in enumerate(ballots, 1)}
    wrong = []
    for state, step, role, letter in expected():
        if letter == "o" or (state == "draft" and role in ("anonymous", "citizen")):
            continue  # a draft is not there for them
        path, body = (f"/ballots/{slugs[state]}/vote", {"choice": "yes"}) if step == "vote" else (
            f"/ballots/{slugs[state]}/transitions", {"to": step, "reason": "It was sold."})
        answer = client.api("PUT" if step == "vote" else "POST", path, body, token=tokens.get(role, ""))
        if answer.status not in STATUS[letter]:
            wrong.append((state, step, role, answer.status, letter))
    assert wrong == []


@on_sqlite
@pytest.mark.parametrize("state", STATES)
def test_the_forms_of_the_pages_do_what_the_table_says(scene: Scene, client: Any, state: str) -> None:
    doors, who, wrong = Doors(client), people(scene), []
    ballot = in_state(scene, state)
    for where, step, role, letter in expected():
        if where != state:
            continue
        each = in_state(scene, state) if letter == "o" and step != "vote" else ballot
        path = "/ballots/park-1/vote" if step == "vote" else f"/secretariat/ballots/{each}/state/{step}"
        sent = {"choice": "yes"} if step == "vote" else {"reason": "It was sold."}
        answer = doors.form(who[role] if who[role].id else None, "POST", path, sent)
        done = letter == "o" and step != "vote"  # a vote is answered with its receipt, a step leads on
        if answer.status not in ({303} if done else ON_PAGES[letter]):
            wrong.append((step, role, answer.status, letter))
    assert wrong == []
