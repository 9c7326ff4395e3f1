"""Whatever the API is sent, it answers with a document that says what is wrong (RFC 9457), on either database."""
import json

import pytest

from tests.malformed.test_pages import HUMAN
from tests.malformed.values import BODIES as WHOLE
from tests.malformed.values import JSONS
from tests.security.requests import BODIES, address
from tests.security.test_csrf import role_for
from tests.security.world import ROUTES, World, name_of
from tests.support.databases import on_sqlite
from tests.support.page import Page

CALLS = [route for route in ROUTES if route.api and route.method != "GET"]


def call(world: World, route, body: bytes, **headers: str) -> Page:
    role = "secretariat" if route.path.endswith("/merge") else role_for(route.path)
    said = {"Authorization": f"Bearer {world.tokens[role]}", "Content-Type": "application/json", **headers}
    return world.browsers["anonymous"].request(
        route.method, address(world, route, "published"), content=body, headers=said)


def fault(page: Page, where: str) -> list[str]:
    if page.status >= 500 or any(word in page.html for word in HUMAN):
        return [f"{where}: {page.status} {page.html[:200]}"]
    if page.status < 400:
        return []
    document = page.json()
    told = document["detail"] and document["status"] == page.status and isinstance(document["errors"], list)
    kind = page.headers["content-type"]
    return [] if told and kind == "application/problem+json" else [f"{where}: no problem document but {kind}"]


@pytest.mark.asvs("2.2.1")
def test_every_field_of_every_call_with_what_nobody_asked_for(world: World) -> None:
    wrong, every = [], 11 if world.services.db.sqlite else 19
    for number, route in enumerate(CALLS):
        good = {**BODIES.get(name_of(route), {}), "on": {"type": "proposal", "id": 5}, "into": 9, "parent_id": None,
                "lat": 34.7, "lng": 135.2, "category": "transport", "living_area": "nada", "alignment": "for"}
        for at, field in enumerate(good):
            for turn, (what, value) in enumerate(JSONS.items()):
                if (number + at + turn) % every == 0:
                    page = call(world, route, json.dumps({**good, field: value}).encode())
                    wrong += fault(page, f"{name_of(route)} {field}: {what}")
    assert wrong == []


@on_sqlite
def test_bodies_that_are_no_document(world: World) -> None:
    wrong = []
    for route in CALLS:
        for what, body in WHOLE.items():
            wrong += fault(call(world, route, body), f"{name_of(route)}: {what}")
        for kind in ("text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "\u00e9"):
            page = call(world, route, b"a=1", **{"Content-Type": kind.encode("ascii", "replace").decode()})
            wrong += fault(page, f"{name_of(route)} as {kind}")
        page = call(world, route, b"{}", **{"Idempotency-Key": "k" * 5_000})
        wrong += fault(page, f"{name_of(route)} with a long key")
    assert wrong == []


@on_sqlite
@pytest.mark.asvs("15.3.3")
def test_fields_that_are_not_asked_for_change_nothing(world: World) -> None:
    """Whose it is, its state and its numbers are never taken from what was sent."""
    role = {"author_id": 1, "state": "accepted", "supports_count": 999, "id": 77, "version": 9, "party": "city",
            "hidden_at": None, "published_at": "2020-01-01T00:00:00Z", "roles": ["administrator"]}
    body = {"title": "A bench at the station", "body": "People wait long and there is nowhere to sit.", "publish": True}
    made = world.browsers["anonymous"].api(
        "POST", "/processes/process-2/proposals", {**body, **role}, token=world.tokens["citizen"]).json()
    assert (made["state"], made["author"]["name"], made["supports_count"]) == ("published", "Citizen", 0)
    assert made["id"] != 77
