"""The state machine of an improvement: each state x each step x each role, the same through page and API."""
from itertools import product

import pytest

from consortium.backlog.models import TRANSITIONS, WITH_REASON, ItemState
from tests.backlog.scene import NOTE, Works
from tests.proposals.doors import Doors
from tests.support.databases import on_sqlite

# As DOMAIN.md draws it, with two steps back and a second look at what was declined.
ARROWS = {
    ("new", "triaged"), ("new", "declined"), ("triaged", "planned"), ("triaged", "declined"),
    ("planned", "in_progress"), ("planned", "triaged"), ("planned", "declined"), ("in_progress", "released"),
    ("in_progress", "planned"), ("in_progress", "declined"), ("declined", "triaged")}
WHY = {"reason": "予算がつきません", "release_note": NOTE}
PAGE, API = {200: 303}, {}


def roles(works: Works) -> dict[str, tuple[object, int]]:
    """Who -> (the actor, what they get instead of an answer; 0: whatever the state says)."""
    catalogue = works.catalogue
    _, other = catalogue.member()
    return {"nobody": (None, 401), "citizen": (catalogue.person(), 403), "other member": (other, 403),
            "auditor": (catalogue.person(roles=("auditor",)), 403), "owner": (works.owner, 0),
            "secretariat": (catalogue.desk, 0)}


@on_sqlite
@pytest.mark.parametrize("state", list(ItemState))
def test_an_improvement_moves_along_the_table_only(works: Works, doors: Doors, state: ItemState) -> None:
    for (role, (actor, refusal)), to in product(roles(works).items(), ItemState):
        wanted = refusal or (200 if (state, to) in ARROWS else 409)
        if to == ItemState.NEW and not refusal:
            wanted = 422  # nothing goes back to where it began: it is no choice
        for door, more in ((doors.form, {200: 303, 401: 303}), (doors.api, {})):
            item = works.item(state)
            answer = door(actor, "POST", f"/backlog/{item}/transitions", {"to": str(to), **WHY})
            got = 303 if answer.status == 401 and door == doors.form else answer.status
            assert got == more.get(wanted, wanted), (state, to, role)
            assert works.row(item).state == (to if wanted == 200 else state), (state, to, role)


def test_the_table_is_the_one_of_the_domain() -> None:
    assert {(str(state), str(to)) for state, steps in TRANSITIONS.items() for to in steps} == ARROWS


@on_sqlite
def test_a_step_that_people_will_ask_about_needs_its_words(works: Works, doors: Doors) -> None:
    for state, to in sorted(ARROWS):
        need = "release_note" if to == "released" else "reason" if (state, to) in WITH_REASON else ""
        item = works.item(ItemState(state))
        path = f"/backlog/{item}/transitions"
        page, api = doors.form(works.owner, "POST", path, {"to": to}), None
        if need:
            api = doors.api(works.owner, "POST", path, {"to": to})
            assert [error["field"] for error in api.json()["errors"]] == [need], (state, to)
            assert doors.form(works.owner, "POST", path, {"to": to}, htmx=True).status == 422
        assert (page.status, api and api.status) == ((422, 422) if need else (303, None)), (state, to)
        assert works.row(item).state == (state if need else to)


def test_every_step_is_kept_with_who_when_and_why(works: Works, doors: Doors) -> None:
    item = works.item(ItemState.IN_PROGRESS)
    works.clock.advance(days=3)
    body = {"to": "released", "release_note": NOTE}
    assert doors.form(works.owner, "POST", f"/backlog/{item}/transitions", body).status == 303
    answer = doors.api(None, "GET", f"/backlog/{item}").json()
    assert [(step["from"], step["to"]) for step in answer["steps"]] == [
        (None, "new"), ("new", "triaged"), ("triaged", "planned"), ("planned", "in_progress"),
        ("in_progress", "released")]
    row = works.row(item)
    assert (row.release_note, row.released_at, answer["since"]) == (NOTE, works.clock(), works.clock().isoformat())
    assert NOTE in doors.client.sign_out().open(f"/backlog/{item}").text
