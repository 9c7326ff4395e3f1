"""The description of the API is true: every route is in it, and what the routes answer fits it."""

import json

import pytest

from participation.openapi.document import body_schema, document
from participation.web.describing import Doc
from proposals.forms import ApiDraft
from tests.support.databases import on_sqlite


@pytest.fixture
def described(services):
    return document(services.registry, "https://example.test", "1")


@on_sqlite
def test_every_route_of_the_api_says_what_it_does_and_answers(services):
    routes = [route for c in services.registry.components for route in c.routes if route.api]
    silent = [f"{route.method} {route.path}" for route in routes if not isinstance(route.doc, Doc)]
    wordless = [f"{route.method} {route.path}" for route in routes if not route.handler.__doc__]
    assert (silent, wordless) == ([], [])


@on_sqlite
def test_every_operation_has_a_name_of_its_own(described):
    names = [operation["operationId"] for path in described["paths"].values() for operation in path.values()]
    assert len(names) == len(set(names))


@on_sqlite
def test_the_promised_paths_are_there(described):
    promised = {
        ("get", "/api/v1/me"),
        ("get", "/api/v1/processes"),
        ("get", "/api/v1/processes/{slug}"),
        ("post", "/api/v1/processes/{slug}/proposals"),
        ("get", "/api/v1/proposals"),
        ("get", "/api/v1/proposals/{id}"),
        ("patch", "/api/v1/proposals/{id}"),
        ("put", "/api/v1/proposals/{id}/support"),
        ("delete", "/api/v1/proposals/{id}/support"),
        ("post", "/api/v1/proposals/{id}/answer"),
        ("get", "/api/v1/proposals/{id}/comments"),
        ("post", "/api/v1/comments"),
        ("get", "/api/v1/search"),
        ("get", "/api/v1/organisations"),
        ("post", "/api/v1/organisations"),
        ("get", "/api/v1/rules/{key}/signatures"),
        ("post", "/api/v1/rules/{key}/versions/{number}/signatures"),
        ("get", "/api/v1/audit/head"),
        ("get", "/api/v1/audit/entries"),
        ("get", "/api/v1/audit/proof"),
        ("get", "/api/v1/audit/consistency"),
    }
    there = {(method, path) for path, operations in described["paths"].items() for method in operations}
    assert promised - there == set()


def test_the_form_that_reads_a_body_describes_it():
    schema = body_schema(ApiDraft, {})
    assert schema["properties"]["title"] == {
        "type": "string",
        "description": "Title",
        "minLength": 0,
        "maxLength": 1000,
    }
    assert schema["properties"]["lat"]["maximum"] == 90


@on_sqlite
def test_the_description_is_served_to_programs_and_to_people(client):
    assert client.get("/api/v1/openapi.json").json()["openapi"] == "3.1.0"
    page = client.another(language="en").open("/api")
    assert "PUT /api/v1/proposals/{id}/support" in page.text


@on_sqlite
def test_a_program_finds_no_cookie_and_no_secret_in_it(client):
    assert "csrf" not in json.dumps(client.get("/api/v1/openapi.json").json())
