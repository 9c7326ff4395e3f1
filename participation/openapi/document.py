"""The OpenAPI 3.1 document, made from the routes themselves: their paths, their forms, their docstrings."""

import inspect
import re
from typing import Any

from participation.component import Registry
from participation.web import Route
from participation.web.describing import Doc
from participation.web.forms import Form

PARAMETER = re.compile(r"\{(\w+)(?::(\w+))?\}")
PROBLEM = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                "required": ["field", "message"],
            },
        },
    },
    "required": ["type", "title", "status", "detail", "errors"],
}
REFUSALS = {
    400: "The request cannot be read",
    401: "The token is missing or not valid",
    403: "Refused, with the reason",
    404: "There is nothing here, or you may not see it",
    405: "Not this way",
    409: "Not in the present state, or changed by somebody at the same moment",
    413: "Too large",
    422: "Something in it cannot be used; `errors` says which field",
    429: "Too many at once; see Retry-After",
    503: "Busy or restarting; see Retry-After",
}


def document(registry: Registry, base_url: str, version: str) -> dict[str, Any]:
    """The description of every route of the API."""
    paths: dict[str, dict[str, Any]] = {}
    for component in registry.components:
        for route in component.routes:
            if route.api:
                path = PARAMETER.sub(r"{\1}", route.path)
                paths.setdefault(path, {})[route.method.lower()] = _operation(route, component.name)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Sanpo",
            "version": version,
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": base_url}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": {"Problem": PROBLEM},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "responses": {str(status): _problem(text) for status, text in REFUSALS.items()},
        },
    }


def _operation(route: Route, component: str) -> dict[str, Any]:
    doc: Doc = route.doc or Doc({"type": "object"})
    words = inspect.getdoc(route.handler) or ""
    summary = words.split("\n")[0]
    operation: dict[str, Any] = {
        "operationId": _name(route),
        "tags": [component],
        "summary": summary,
        "parameters": [*_path_parameters(route), *_query_parameters(doc), *_headers(route)],
        "responses": {
            str(doc.status): {
                "description": "Done",
                "content": {"application/json": {"schema": doc.answer}},
            },
            **{str(status): {"$ref": f"#/components/responses/{status}"} for status in REFUSALS},
        },
        "security": [{"token": []}] if doc.signed_in else [{}, {"token": []}],
    }
    if doc.body is not None or doc.more_body:
        schema = body_schema(doc.body, doc.more_body)
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": schema}}}
    return operation


def body_schema(form: type[Form] | None, more: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """The JSON Schema of a form's fields and what comes beside them."""
    fields = form.fields if form is not None else {}
    properties = {name: field.schema() for name, field in fields.items()}
    required = [name for name, field in fields.items() if field.required and field.json_type != "array"]
    return {"type": "object", "properties": {**properties, **more}, "required": sorted([*required, *more])}


def _name(route: Route) -> str:
    parts = re.sub(r"[^a-z0-9]+", "_", PARAMETER.sub(r"\1", route.path.removeprefix("/api/v1")).lower()).strip("_")
    return f"{route.method.lower()}_{parts}"


def _path_parameters(route: Route) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "integer", "minimum": 0} if kind == "int" else {"type": "string"},
        }
        for name, kind in PARAMETER.findall(route.path)
    ]


def _query_parameters(doc: Doc) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "query", "required": False, "description": text, "schema": {"type": "string"}}
        for name, text in doc.query.items()
    ]


def _headers(route: Route) -> list[dict[str, Any]]:
    if route.method != "POST":
        return []
    text = "Sending the same request again with the same key answers it again without doing it again (24 hours)."
    schema = {"type": "string", "maxLength": 200}
    return [{"name": "Idempotency-Key", "in": "header", "required": False, "description": text, "schema": schema}]


def _problem(text: str) -> dict[str, Any]:
    reference = {"$ref": "#/components/schemas/Problem"}
    return {"description": text, "content": {"application/problem+json": {"schema": reference}}}
