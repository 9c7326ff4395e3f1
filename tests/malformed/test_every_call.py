"""Every call that the API describes, each field of its body wrong in turn: the problem names the field (RFC 9457)."""
import json
from collections.abc import Iterator
from typing import Any

import pytest

from participation.web.routing import Route
from tests.malformed.test_api import fault
from tests.security import gathering
from tests.security.requests import BODIES, address
from tests.security.world import ROUTES, World, name_of
from tests.support.databases import on_sqlite
from tests.support.page import Page

SENTENCE = "People wait long in the sun and would like to sit."
ROLES = ("author", "secretariat", "citizen", "service")
NO_ENTRY = (401, 403, 404)
Json = dict[str, Any]
# Every value is wrong for a field of the types that do not stand beside it.
OF_NO_TYPE = {"string": (7.5, True, [], {}, ["a"]), "integer": ("x", 1.5, True, [], {}, 10**30, float("nan")),
              "number": ("x", True, [], {}, 10**400, float("inf")), "boolean": ("yes", 2, [], {}),
              "array": ("x", 7, {}, [{}], [None]), "object": ("x", 7, [], None, {"type": 7, "id": "x"}, {})}


def bad_values(schema: Json, required: bool) -> Iterator[Any]:
    """What no field of this description may take."""
    may_be_empty = "additionalProperties" in schema and not required  # numbers by name: none is an answer too
    wrong = OF_NO_TYPE[schema["type"]] if "type" in schema else (7.5, True)  # several types: what is none of them
    yield from (value for value in wrong if not (may_be_empty and value in (None, {})))
    if required:
        yield None
        yield from ("", "  ") if schema.get("type") == "string" else ()
    if "maxLength" in schema:
        yield "x" * (schema["maxLength"] + 1)
    if "enum" in schema:
        yield "no-such-option"
    if "maximum" in schema:
        yield schema["maximum"] + 1
        yield schema["minimum"] - 1
    if "format" in schema:
        yield from ("2026-02-30", "yesterday", "9" * 40)


def good_body(world: World, route: Route, schema: Json) -> Json:
    """A body as the description asks for it; what only this city knows stands in the table of requests."""
    body = {}
    for field in schema["required"]:
        asked = schema["properties"][field]
        asked = asked.get("oneOf", [asked])[0]
        body[field] = {"string": asked.get("enum", [SENTENCE])[0], "integer": asked.get("minimum", 1), "number": 1,
                       "boolean": True, "array": [], "object": {}}[asked["type"]]
    body |= {**BODIES.get(name_of(route), {}), **gathering.more(world, route)}
    if schema["properties"].get("on", {}).get("type") == "object":
        body["on"] = {"type": "proposal", "id": world.things["proposal", "published"]}
    other = world.things["backlog", "other"] if "/backlog/" in route.path else world.other_proposal
    return body | ({"into": other} if "into" in schema["properties"] else {})


def call(world: World, method: str, path: str, role: str, body: Any) -> Page:
    """One call, undone if it changed something."""
    before = world.services.db.version()
    headers = {"Authorization": f"Bearer {world.tokens[role]}", "Content-Type": "application/json"}
    page = world.browsers["anonymous"].request(method, path, content=json.dumps(body), headers=headers)
    if world.services.db.version() != before:
        world.restore()
    return page


def calls(world: World) -> Iterator[tuple[str, str, Json]]:
    """Method, address as described, and the description of the body, of every call that has one."""
    document = world.browsers["anonymous"].get("/api/v1/openapi.json").json()
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            if "requestBody" in operation:
                yield method.upper(), path, operation["requestBody"]["content"]["application/json"]["schema"]


@pytest.mark.asvs("2.2.1", "2.2.2")
@on_sqlite
def test_every_field_of_every_call_is_named_when_it_is_wrong(world: World) -> None:
    wrong, asked = [], 0
    for method, path, schema in calls(world):
        route = next(each for each in ROUTES if (each.method, each.path.replace(":int", "")) == (method, path))
        place, good = address(world, route, "published"), good_body(world, route, schema)
        answers = {role: call(world, method, place, role, good).status for role in ROLES}
        role = min(answers, key=lambda each: (answers[each] in NO_ENTRY, answers[each]))
        if answers[role] in NO_ENTRY:
            wrong.append(f"{method} {path}: nobody may send {good}")
            continue
        for field, description in schema["properties"].items():
            for value in bad_values(description, field in schema["required"]):
                page = call(world, method, place, role, {**good, field: value})
                asked += 1
                wrong += fault(page, f"{method} {path} {field}={value!r:.40}")
                if page.status == answers[role] == 409:  # it is not the time for it, whatever it says
                    continue
                if page.status != 422 or field not in [each["field"] for each in page.json()["errors"]]:
                    wrong.append(f"{method} {path} {field}={value!r:.40}: {page.status} {page.html[:150]}")
    assert not wrong, "\n".join(wrong)
    assert asked > 100
