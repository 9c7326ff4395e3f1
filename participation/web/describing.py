"""How a route of the API describes itself; the same forms that read a body describe it."""

from dataclasses import dataclass, field
from typing import Any

from participation.web.forms import Form

TEXT: dict[str, Any] = {"type": "string"}
NUMBER: dict[str, Any] = {"type": "integer"}
MOMENT: dict[str, Any] = {"type": "string", "format": "date-time"}
FLAG: dict[str, Any] = {"type": "boolean"}


def maybe(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema, or null."""
    return {**schema, "type": [schema["type"], "null"]} if "type" in schema else {"anyOf": [schema, {"type": "null"}]}


def record_of(**fields: dict[str, Any]) -> dict[str, Any]:
    """An object whose fields are all there."""
    return {"type": "object", "properties": fields, "required": sorted(fields)}


def list_of(item: dict[str, Any]) -> dict[str, Any]:
    """A page of a list."""
    return record_of(items={"type": "array", "items": item}, total=NUMBER, next=maybe(TEXT))


@dataclass(frozen=True)
class Doc:
    """`answer` is the JSON Schema of what a success returns; `query` names parameters with a word on each."""

    answer: dict[str, Any]
    body: type[Form] | None = None
    more_body: dict[str, dict[str, Any]] = field(default_factory=dict)  # properties beside the form's, all required
    query: dict[str, str] = field(default_factory=dict)
    status: int = 200
    signed_in: bool = False


PAGES = {"page": "Number of the page, from 1", "per_page": "Items per page, at most 100"}
